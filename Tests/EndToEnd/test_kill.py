"""SIGKILL at random moments of a drain: running it again gives equal tables."""
import os
import random
import signal
import time

from conftest import NOW, Pipeline
from equality import assert_equal, contents

KILLS = 100 if os.environ.get("WIKIGUARD_SOAK") else 20
LIMITS = {
    "WIKIGUARD_NOW": NOW, "WIKIGUARD_BRONZE_LIMITS_ROWS": "150", "WIKIGUARD_SILVER_LIMITS_ROWS": "170",
    "WIKIGUARD_GOLD_LIMITS_WINDOWS": "1",
}


def test_killed_at_random_moments(tmp_path):
    """Every kill hits a running drain; a home whose drain was done before the moment came is compared, and the next one begins."""
    wanted, log, duration = undisturbed(tmp_path)
    moments = random.Random(20260116)
    killed = homes = 0
    while killed < KILLS:
        homes += 1
        home = log.beside(tmp_path / f"disturbed-{homes}")
        killed += kill(home, moments, duration, at_most=KILLS - killed)
        home.drain()
        assert_equal(contents(home, quality=False), wanted, f"home {homes}, {killed} kills:")
        assert_newest_metadata_is_the_catalogs(home)
        assert_every_batch_is_in_the_ledger_once(home)
    print(f"killed {killed} drains of {duration:.1f} s each, in {homes} homes")
    assert killed == KILLS


def kill(home, moments, duration, at_most):
    """Kills drains of a home until one is through, and says how many. The moments lie anywhere in what is left of a drain."""
    killed, left = 0, duration
    while killed < at_most:
        process = start(home)
        moment = moments.uniform(0, max(left, duration / 10))
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        process.wait()
        if process.returncode != -signal.SIGKILL:
            assert process.returncode == 0, process.stderr.read()[-2000:]
            break
        killed += 1
        left -= moment
    return killed


def test_killed_and_the_state_lost_each_time(tmp_path):
    wanted, log, duration = undisturbed(tmp_path)
    disturbed = log.beside(tmp_path / "disturbed")
    moments = random.Random(7)
    for _ in range(8):
        process = start(disturbed)
        time.sleep(moments.uniform(0, duration / 4))
        process.send_signal(signal.SIGKILL)
        process.wait()
        for file in disturbed.home.glob("state.sqlite*"):
            file.unlink()
    disturbed.drain()
    assert_equal(contents(disturbed, quality=False), wanted)


def undisturbed(tmp_path):
    """What an undisturbed drain makes of a log, a home with that log and nothing else, and how long the drain takes."""
    log = Pipeline(tmp_path / "log", **LIMITS)
    log.generate(3000, seed=11)
    home = log.beside(tmp_path / "undisturbed")
    started = time.monotonic()
    home.drain()
    return contents(home, quality=False), log, time.monotonic() - started


def start(pipeline):
    return pipeline.start("wikiguard-job", "run", "--drain", "--waive", "freshness")


def assert_newest_metadata_is_the_catalogs(pipeline):
    """Readers that list a folder take the file with the highest number for the newest."""
    for name in ("bronze_events", "silver_events", "gold_global_metrics_10min", "silver_quarantine", "quality_metrics"):
        current = pipeline.metadata(name).removeprefix("file://")
        folder = os.path.dirname(current)
        newest = max(file for file in os.listdir(folder) if file.endswith(".metadata.json"))
        assert newest == os.path.basename(current), name


def assert_every_batch_is_in_the_ledger_once(pipeline):
    ledger = pipeline.rows("quality_metrics", ["batch_id", "run", "layer", "total_count"]).to_pylist()
    runs = [row["run"] for row in ledger]
    assert len(runs) == len(set(runs))
    bronze = sum(row["total_count"] for row in ledger if row["layer"] == "bronze")
    assert bronze == pipeline.rows("bronze_events").num_rows + pipeline.rows("bronze_quarantine").num_rows
