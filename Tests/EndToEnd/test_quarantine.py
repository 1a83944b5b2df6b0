"""Rows that failed a check: an outage whose events come too late, their release, and what is decided about the others."""
import json
import os
import random
import signal
import sqlite3
import time

import pytest

import engines
from conftest import NOW, Pipeline
from equality import assert_equal, contents, rows
from test_commands import held
from test_exactly_once import event, replay

# More than an hour before NOW.
OUTAGE = "2026-01-16T10:00:00Z"
RELEASED = [
    "silver_events", "gold_entity_metrics_10min", "gold_user_metrics_10min", "gold_global_metrics_10min", "gold_quarantine",
]
RELEASE = ["quarantine", "release", "--waive", "freshness"]


def outage(home, **limits):
    """Events of an outage that came at once when it was over, and fresh ones; taken by all jobs."""
    pipeline = Pipeline(home, WIKIGUARD_NOW=NOW, **limits)
    pipeline.ingest("--generate", 4000, "--seed", 21, "--ending", OUTAGE)
    pipeline.generate(1500, seed=22)
    calm = pipeline.beside(home.parent / "calm")
    pipeline.job("run", "--drain")
    calm.drain()
    return pipeline, calm


def assert_as_if_calm(pipeline, calm):
    """Silver and Gold are those of a run in which freshness was waived from the start."""
    assert_equal({name: rows(pipeline, name, {"batch_id", "revision"}) for name in RELEASED},
                 {name: rows(calm, name, {"batch_id", "revision"}) for name in RELEASED})
    ids = pipeline.rows("silver_events", ["meta_id"])["meta_id"].to_pylist()
    assert len(set(ids)) == len(ids)


def statuses(pipeline, table="silver_quarantine"):
    counts = {}
    for row in pipeline.rows(table, ["quarantine_reason", "status"]).to_pylist():
        key = (row["quarantine_reason"], row["status"])
        counts[key] = counts.get(key, 0) + 1
    return counts


def document(pipeline, *arguments):
    return json.loads(pipeline.job("quarantine", *arguments, "--output", "json").stdout)


def test_an_outage_is_released_once_and_gold_follows(tmp_path):
    pipeline, calm = outage(tmp_path / "home")
    late = statuses(pipeline)[("freshness", "open")]
    assert late > 3900 and pipeline.rows("silver_events").num_rows < 1500
    windows = pipeline.rows("gold_global_metrics_10min").num_rows
    done = pipeline.job(*RELEASE)
    assert f"{late:,} released" in done.stdout
    assert pipeline.job(*RELEASE).stdout.count(" released") <= 1
    assert (("freshness", "released"), late) in statuses(pipeline).items()
    assert ("freshness", "open") not in statuses(pipeline)
    pipeline.job("gold", "--drain")
    assert_as_if_calm(pipeline, calm)
    assert pipeline.rows("gold_global_metrics_10min").num_rows > windows
    # Each commit says what it is, and progress went on as it was.
    batch = json.loads(pipeline.job("batches", "--job", "silver", "--output", "json").stdout)["runs"]
    assert any(run["batch"].startswith("silver-x") and run["plan"]["kind"] == "release" for run in batch)
    summaries = pipeline.snapshot_summaries("silver_events")
    assert len({summary["wikiguard.progress"] for summary in summaries[-2:]}) == 1
    assert summaries[-1]["wikiguard.batch-id"].startswith("silver-x") and "wikiguard.windows" in summaries[-1]
    for engine in (engines.pyiceberg, engines.duckdb):
        table = engine(pipeline, "silver_quarantine")
        assert table.num_rows == len(set(table["row_id"].to_pylist())) == sum(statuses(pipeline).values())
    # Nothing is left to do for anybody.
    assert pipeline.job("run", "--drain").stdout.count("nothing new") == 3


@pytest.mark.parametrize("is_state_lost", [False, True])
def test_released_although_killed_at_random_moments(tmp_path, is_state_lost):
    pipeline, calm = outage(tmp_path / "home", WIKIGUARD_SILVER_LIMITS_ROWS="700")
    started = time.monotonic()
    pipeline.job(*RELEASE, "--dry-run")
    duration = 3 * (time.monotonic() - started)
    moments = random.Random(20260116)
    kills = 40 if os.environ.get("WIKIGUARD_SOAK") else 12
    killed = 0
    for _ in range(kills):
        process = pipeline.start("wikiguard-job", *RELEASE)
        time.sleep(moments.uniform(0, duration / 4))
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            killed += 1
        process.communicate()
        if is_state_lost:
            for file in pipeline.home.glob("state.sqlite*"):
                file.unlink()
    print(f"killed {killed} times")
    assert killed >= kills / 3
    pipeline.job(*RELEASE)
    assert ("freshness", "open") not in statuses(pipeline)
    pipeline.job("run", "--drain")
    assert_as_if_calm(pipeline, calm)
    ids = pipeline.rows("silver_quarantine", ["row_id"])["row_id"].to_pylist()
    assert len(set(ids)) == len(ids)
    if not is_state_lost:
        runs = pipeline.rows("quality_metrics", ["run"])["run"].to_pylist()
        assert len(set(runs)) == len(runs)


def test_the_next_run_of_the_job_finishes_a_release(tmp_path):
    """A release that is planned and killed is carried out by cron's next run of silver, or by gold as far as silver owes it."""
    pipeline, calm = outage(tmp_path / "home")
    process = pipeline.start("wikiguard-job", *RELEASE)
    while process.poll() is None and not unfinished(pipeline):
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert unfinished(pipeline), "the release was done before it could be killed"
    assert "silver-x" in pipeline.job("silver").stdout
    assert not unfinished(pipeline) and ("freshness", "open") not in statuses(pipeline)
    pipeline.job("run", "--drain")
    assert_as_if_calm(pipeline, calm)


def unfinished(pipeline):
    with sqlite3.connect(f"file:{pipeline.home}/state.sqlite?mode=ro", uri=True) as state:
        return state.execute("select id from runs where status in ('planned', 'prepared')").fetchall()


@pytest.fixture(scope="module")
def refused(tmp_path_factory):
    """A home with rows of every kind in quarantine; tests only read it, or copy it."""
    folder = tmp_path_factory.mktemp("refused")
    pipeline = Pipeline(folder / "home", WIKIGUARD_NOW=NOW)
    odd = folder / "odd.jsonl"
    text = json.dumps({"meta": {"id": "x"}, "user": "Caf\xe9"}, ensure_ascii=False)
    odd.write_bytes(text.encode("latin-1") + b"\n{\n")
    pipeline.ingest("--replay", odd)
    replay(pipeline, folder, "events.jsonl", [
        event("00000000-0000-4000-8000-000000000001", 1),
        event("00000000-0000-4000-8000-000000000002", 2, dt="2026-01-16T02:00:00Z", user="Bob"),
        event("00000000-0000-4000-8000-000000000003", 3, dt="2026-01-16T02:00:00Z", namespace=None, title="Both"),
        event("00000000-0000-4000-8000-000000000004", 4, namespace="none", comment="\x1b[31mred"),
    ])
    pipeline.job("run", "--drain")
    return pipeline


def test_list_agrees_with_the_tables(refused):
    listing = document(refused, "list")
    tables = {layer: refused.rows(f"{layer}_quarantine").to_pylist() for layer in ("bronze", "silver", "gold")}
    assert listing["version"] == 1 and listing["total"] == sum(len(table) for table in tables.values()) == 5
    for layer, table in tables.items():
        wanted = {row["row_id"]: row for row in table}
        found = {row["row_id"]: row for row in listing["rows"] if row["layer"] == layer}
        assert found.keys() == wanted.keys()
        for identifier, row in found.items():
            assert row["failed_checks"] == wanted[identifier]["failed_checks"]
            assert (row["reason"], row["status"], row["offset"], row["user"]) == tuple(
                wanted[identifier][name] for name in ("quarantine_reason", "status", "kafka_offset", "user_name"))
    groups = {(group["layer"], group["reason"]): group["count"] for group in listing["groups"]}
    assert groups[("bronze", "dead_letter")] == 2 and groups[("silver", "freshness")] == 1
    table = refused.job("quarantine", "list").stdout
    assert "2  bronze  dead_letter" in table and table.startswith("time")


def test_filters(refused):
    def users(*arguments):
        return sorted(row["user"] or "-" for row in document(refused, "list", *arguments)["rows"])
    assert users("--layer", "silver", "--reason", "freshness") == ["Bob"]
    assert users("--check", "freshness") == ["Alice", "Bob"]
    assert users("--user", "Bob", "--wiki", "enwiki") == ["Bob"]
    assert users("--entity", "enwiki:Both") == ["Alice"]
    assert users("--batch", "bronze-000001") == ["-", "-"]
    assert users("--since", NOW, "--layer", "silver") == ["Alice", "Alice", "Bob"]
    assert users("--until", NOW) == users("--since", "2026-01-17") == users("--status", "released") == []
    assert document(refused, "list", "--limit", "1")["total"] == 5


def test_show_gives_the_record_byte_for_byte(refused):
    quarantined = [row for layer in ("bronze", "silver") for row in refused.rows(f"{layer}_quarantine").to_pylist()]
    shown = document(refused, "show", *[row["row_id"][:16] for row in quarantined])["rows"]
    assert len(shown) == 5
    for row, wanted in zip(shown, quarantined):
        if wanted["original_bytes"] is not None:
            assert bytes.fromhex(row["original_bytes"]) == wanted["original_bytes"]
        else:
            assert row["original_record"] == wanted["original_record"]
    texts = {row["row_id"]: refused.job("quarantine", "show", row["row_id"]).stdout for row in quarantined}
    for row in quarantined:
        text = texts[row["row_id"]]
        assert row["row_id"] in text and all(check in text for check in row["failed_checks"]) and "\x1b" not in text
        if row["original_bytes"] is not None:
            assert f"{len(row['original_bytes'])} bytes" in text and row["original_bytes"].hex()[:64] in text
    both = next(row for row in quarantined if row["entity"] == "enwiki:Both")
    command = texts[both["row_id"]].split("to release it")[1].splitlines()[0].split()
    assert command[0] == "wikiguard-job" and command[1:3] == ["quarantine", "release"]
    assert command[3:] == [both["row_id"], "--waive", "namespace_not_null", "--waive", "freshness"] or set(command[4:]) == {
        "--waive", "namespace_not_null", "freshness"}


@pytest.mark.parametrize("arguments, code", [
    (["release"], 64), (["discard"], 64), (["release", "--layer", "silver"], 64), (["discard", "--layer", "gold"], 64),
    (["release", "--waive", "freshnes", "--all"], 64), (["release", "0000", "--all"], 64), (["release", "xyz"], 64),
    (["list", "--since", "yesterday"], 64), (["list", "--limit", "0"], 64), (["show"], 64),
    (["release", "0" * 32], 65), (["show", "0" * 32], 65), (["release", "--layer", "gold", "--all"], 65),
])
def test_a_wrong_command_line(refused, arguments, code):
    done = refused.job("quarantine", *arguments, expect=code)
    assert done.stdout == "" and len(done.stderr.strip().splitlines()) == 1
    if code == 65 and "gold" in arguments:
        assert "when their window is computed again" in done.stderr


def test_a_dry_run_changes_nothing(refused):
    before = {name: refused.metadata(name) for name in ("silver_events", "silver_quarantine", "bronze_events")}
    runs = refused.job("batches").stdout
    assert "1 would be released, still failing: namespace_not_null 1" in refused.job(*RELEASE, "--dry-run").stdout
    assert "3 would be discarded" in refused.job("quarantine", "discard", "--all", "--dry-run", "--layer", "silver").stdout
    assert before == {name: refused.metadata(name) for name in before} and refused.job("batches").stdout == runs


def test_decisions_by_id(tmp_path):
    pipeline = Pipeline(tmp_path / "home", WIKIGUARD_NOW=NOW)
    replay(pipeline, tmp_path, "events.jsonl", [
        event(f"00000000-0000-4000-8000-{number:012}", number, dt="2026-01-16T02:00:00Z") for number in range(1, 5)])
    pipeline.job("run", "--drain")
    first, second, third, fourth = sorted(row["row_id"] for row in document(pipeline, "list")["rows"])
    with held(pipeline, "silver"):
        assert "another process runs silver" in pipeline.job("quarantine", "discard", first, expect=75).stderr
    pipeline.job("quarantine", "discard", first, second)
    assert "no such rows" in pipeline.job("quarantine", "discard", first).stdout
    # What was discarded is released where it is named, and what was released is not discarded.
    assert "2 released" in pipeline.job(*RELEASE).stdout
    assert "1 released" in pipeline.job(*RELEASE, "--output", "text", second[:20]).stdout
    done = pipeline.job("quarantine", "discard", third, expect=65)
    assert third in done.stderr and "released" in done.stderr
    assert "1 released" in pipeline.job(*RELEASE, "--status", "discarded", "--wiki", "enwiki").stdout
    result = document(pipeline, "release", fourth, "--waive", "freshness")
    assert result == {"version": 1, "decision": "release", "dry_run": False, "runs": []}
    assert pipeline.rows("silver_events").num_rows == 4 and statuses(pipeline) == {("freshness", "released"): 4}


def test_dead_letters_are_read_again(tmp_path):
    """What ingest could not take stays where it is, until somebody waives what is wrong with it."""
    pipeline = Pipeline(tmp_path / "home", WIKIGUARD_NOW=NOW)
    odd = tmp_path / "odd.jsonl"
    odd.write_bytes(b"{\n[1]\n")
    pipeline.ingest("--replay", odd)
    pipeline.job("run", "--drain")
    result = document(pipeline, "release", "--layer", "bronze", "--all")["runs"]
    assert [run["decided"] for run in result] == [0] and result[0]["still_failing"] == {"event_id_not_null": 2}
    waived = ["--waive", "event_id_not_null", "--waive", "event_data_is_json"]
    assert document(pipeline, "release", "--reason", "dead_letter", *waived)["runs"][0]["added"] == 2
    bronze = pipeline.rows("bronze_events", ["event_data", "kafka_topic"]).to_pylist()
    assert sorted(row["event_data"] for row in bronze) == ["[1]", "{"]
    pipeline.job("run", "--drain")
    assert {key[0] for key in statuses(pipeline)} == {"parse"}
