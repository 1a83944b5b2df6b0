#!/usr/bin/env python3
"""Whole processes, start to exit: a micro-batch, a drain, and commits over a growing history.

    bench.py [--events N] [--micro N] [--runs N] [--commits N] [--programs DIR] [--yardstick DIR]
    bench.py --gate [--events N] [--runs N] [--programs DIR]

micro: one invocation each of bronze, silver and gold on a table that has a history; the median of `runs`.
drain: `N` events through bronze, silver and gold; the median of `runs`.
commits: bronze micro-batches one after the other; the first against the last ten.
gate: only this: Silver with its checks against Silver without, in turn, on `N` events; exit 1 when the checks cost more than 15 % of CPU.

Wall is of the clock, CPU is user and system seconds of the process, peak its largest resident memory. With `--yardstick` (a folder with
`gen.py` and `baselines/duck.py`; ../shared/bench where it is there) the drain takes in the yardstick's events, and DuckDB does the same
events in three steps beside each drain, taken in turn, so that the ratios hold where the machine's speed drifts. The rows that come of
them are counted: other numbers end the comparison. DuckDB makes no commit, keeps no quarantine and looks nothing up.

The events are as old as they are, so `freshness` is waived.
"""
import argparse
import importlib.util
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
JOBS = ("bronze", "silver", "gold")
ENDING = "2026-01-16T12:00:00Z"


class Measure:
    """What a process took."""

    def __init__(self, wall, cpu, peak):
        self.wall, self.cpu, self.peak = wall, cpu, peak

    # Started from a small process: the peak of a child counts what its parent had before the child's program began.
    LAUNCHER = """
import os, sys, time
start = time.monotonic()
null = os.open(os.devnull, os.O_WRONLY)
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ,
                       file_actions=[(os.POSIX_SPAWN_DUP2, null, 1), (os.POSIX_SPAWN_DUP2, null, 2)])
_, status, usage = os.wait4(child, 0)
print(time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
sys.exit(os.waitstatus_to_exitcode(status))
"""

    @classmethod
    def of(cls, command, environment=None):
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", cls.LAUNCHER, shutil.which(str(command[0])), *map(str, command[1:])],
            env=environment, stdout=subprocess.PIPE, text=True)
        if done.returncode != 0:
            raise SystemExit(f"{' '.join(map(str, command))}: exit {done.returncode}")
        return cls(*map(float, done.stdout.split()))

    @classmethod
    def median(cls, measures):
        return cls(*(statistics.median(getattr(m, name) for m in measures) for name in ("wall", "cpu", "peak")))


class Home:
    """A home of its own for one series of runs."""

    def __init__(self, programs, path, now=ENDING):
        self.programs, self.path = programs, path
        clean = {k: v for k, v in os.environ.items() if not k.startswith("WIKIGUARD_")}
        self.environment = {**clean, "WIKIGUARD_HOME": str(path), "WIKIGUARD_NOW": now}

    def replay(self, recording):
        return Measure.of([self.programs / "wikiguard-ingest", "--replay", recording], self.environment)

    def ingest(self, count, seed, ending=ENDING):
        return Measure.of(
            [self.programs / "wikiguard-ingest", "--generate", count, "--seed", seed, "--ending", ending],
            self.environment)

    def job(self, name, *options):
        return Measure.of([self.programs / "wikiguard-job", name, *options], self.environment)

    def rows(self):
        """The rows of each table."""
        status = subprocess.run(
            [self.programs / "wikiguard-job", "status", "--output", "json"], env=self.environment, check=True, capture_output=True)
        return {table["table"]: table["rows"] for table in json.loads(status.stdout)["tables"]}


def micro_batches(programs, folder, count, runs):
    """The median measure of each job over `runs` micro-batches of `count` events; two before them make a history."""
    home = Home(programs, folder / "micro")
    seen = {job: [] for job in JOBS}
    for run in range(runs + 2):
        home.ingest(count, seed=run, ending=f"2026-01-16T{10 + run // 3:02}:{run % 3 * 20:02}:00Z")
        for job in JOBS:
            seen[job].append(home.job(job, "--waive", "freshness"))
    return {job: Measure.median(measures[2:]) for job, measures in seen.items()}


def drain(programs, folder, count, recording=None):
    """The measure of each job that takes the events of a recording, or `count` generated ones, all the way; and the rows of each table."""
    home = Home(programs, folder / "drain")
    if recording:
        home.replay(recording)
    else:
        home.ingest(count, seed=1)
    measures = {job: home.job(job, "--drain", "--waive", "freshness") for job in JOBS}
    rows = home.rows()
    shutil.rmtree(home.path)
    return measures, rows


def commits(programs, folder, count):
    """CPU and wall of `count` Bronze micro-batches on one table: those after the first ten, and the last ten."""
    home = Home(programs, folder / "commits")
    measures = []
    for run in range(count):
        home.ingest(100, seed=run)
        measures.append(home.job("bronze"))
    return Measure.median(measures[2:12]), Measure.median(measures[-10:])


# Every check of Silver that can be dropped; without meta.id or lag a row could not be stored.
UNCHECKED = """checks:
  rows:
    present: off
    event_type_in: off
    namespace_not_null: off
    wikimedia_id_not_null: off
    wikimedia_id_min: off
    freshness: off
    event_timestamp_min: off
    event_timestamp_not_in_future: off
  batch: off
"""
GATE_LIMIT = 0.15


def gate(programs, folder, count, runs):
    """What Silver takes on `count` events with its checks and without, in turn: (measures with, measures without)."""
    (folder / "unchecked").mkdir()
    (folder / "unchecked" / "silver.yaml").write_text(UNCHECKED)
    measures = ([], [])
    for run in range(runs + 1):
        for kind, options in enumerate([("--waive", "freshness"), ("--config", folder / "unchecked")]):
            home = Home(programs, folder / "gate")
            home.ingest(count, seed=1)
            home.job("bronze", "--drain")
            measures[kind].append(home.job("silver", "--drain", *options))
            shutil.rmtree(home.path)
    # The first round warms the machine up.
    return tuple(taken[1:] for taken in measures)


def show_gate(count, checked, unchecked):
    """Prints both and returns whether the checks are cheap enough."""
    print(f"\nSilver on {count:,} events, CPU s with its checks and without, in turn")
    for first, second in zip(checked, unchecked):
        print(f"  {first.cpu:8.3f} {second.cpu:8.3f}   {first.cpu / second.cpu - 1:+7.1%}")
    cost = Measure.median(checked).cpu / Measure.median(unchecked).cpu - 1
    print(f"  the medians: {cost:+.1%}, at most {GATE_LIMIT:.0%} is wanted", flush=True)
    return cost <= GATE_LIMIT


class Yardstick:
    """DuckDB's three steps on events that are there as its input and as a recording for ours."""

    def __init__(self, folder, work, count):
        self.script, self.work = folder / "baselines" / "duck.py", work / "duck"
        self.data, self.recording = work / "kafka.tsv", work / "events.jsonl"
        subprocess.run(
            [sys.executable, folder / "gen.py", str(count), self.data, "--jsonl", self.recording], check=True, stdout=subprocess.DEVNULL)

    def run(self):
        shutil.rmtree(self.work, ignore_errors=True)
        return {
            step: Measure.of([sys.executable, self.script, step, "--data", self.data, "--out", self.work])
            for step in JOBS
        }

    def check(self, rows):
        """Ends the program unless the rows of our tables are as many as DuckDB's. What is no event is a row of its Bronze."""
        import duckdb

        for step, ours in (("bronze", rows["bronze_events"] + rows["bronze_quarantine"]), ("silver", rows["silver_events"])):
            (theirs,) = duckdb.sql(f"SELECT count(*) FROM '{self.work / step}.parquet'").fetchone()
            print(f"{step}: {ours:,} rows against {theirs:,}")
            if ours != theirs:
                raise SystemExit("the comparison is of different work")

    @staticmethod
    def is_there(folder):
        return (folder / "baselines" / "duck.py").exists() and importlib.util.find_spec("duckdb") is not None


def medians(rounds):
    return {job: Measure.median([measures[job] for measures in rounds]) for job in JOBS}


def total(measures):
    return Measure(
        sum(m.wall for m in measures.values()), sum(m.cpu for m in measures.values()),
        max(m.peak for m in measures.values()))


def show(title, measures, beside=None):
    print(f"\n{title}")
    print(f"{'':8} {'wall s':>8} {'CPU s':>8} {'peak MiB':>9}" + ("   DuckDB: wall     CPU    peak   ratio wall" if beside else ""))
    for job, measure in [*measures.items(), ("in all", total(measures))]:
        line = f"{job:8} {measure.wall:8.3f} {measure.cpu:8.3f} {measure.peak:9.1f}"
        if beside:
            other = beside[job] if job in beside else total(beside)
            line += f"   {other.wall:12.3f} {other.cpu:7.3f} {other.peak:7.0f} {measure.wall / other.wall:12.2f}"
        print(line, flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--micro", type=int, default=1_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--commits", type=int, default=100)
    parser.add_argument("--programs", type=Path, default=ROOT / ".build" / "release")
    parser.add_argument("--yardstick", type=Path, default=ROOT.parent / "shared" / "bench")
    parser.add_argument("--gate", action="store_true", help="only what Silver's checks cost")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="wikiguard-bench-") as name:
        folder = Path(name)
        if options.gate:
            sys.exit(not show_gate(options.events, *gate(options.programs, folder, options.events, options.runs)))
        show(
            f"a micro-batch of {options.micro:,} events, one process a step",
            micro_batches(options.programs, folder, options.micro, max(5, options.runs)))
        yardstick = None
        if Yardstick.is_there(options.yardstick):
            yardstick = Yardstick(options.yardstick, folder, options.events)
        else:
            print(f"no DuckDB beside: {options.yardstick} or the module duckdb is not there")
        ours, theirs = [], []
        for _ in range(options.runs):
            measures, rows = drain(options.programs, folder, options.events, yardstick and yardstick.recording)
            ours.append(measures)
            if yardstick:
                theirs.append(yardstick.run())
        kind = "of the yardstick" if yardstick else "generated"
        show(f"a drain of {options.events:,} events, {kind}", medians(ours), medians(theirs) if theirs else None)
        if yardstick:
            yardstick.check(rows)
        first, last = commits(options.programs, folder, options.commits)
        print(f"\n{options.commits} Bronze batches on one table, first and last ten: "
              f"wall {first.wall:.3f} and {last.wall:.3f} s, CPU {first.cpu:.3f} and {last.cpu:.3f} s")


if __name__ == "__main__":
    main()
