"""Each event once, whoever runs what with which state."""
import json

from conftest import NOW, Pipeline
from equality import assert_equal, contents


def event(identifier, number, dt="2026-01-16T11:30:00Z", **changes):
    return {
        "$schema": "/mediawiki/recentchange/1.0.0",
        "meta": {"uri": "https://en.wikipedia.org/wiki/P", "request_id": "r", "id": identifier, "dt": dt,
                 "domain": "en.wikipedia.org", "stream": "mediawiki.recentchange"},
        "id": number, "type": "edit", "namespace": 0, "title": f"P{number}", "comment": "c",
        "timestamp": 1768563000, "user": "Alice", "bot": False, "minor": False, "length": {"old": 1, "new": 2},
        "revision": {"old": 1, "new": 2}, "server_url": "https://en.wikipedia.org", "server_name": "en.wikipedia.org",
        "server_script_path": "/w", "wiki": "enwiki", "parsedcomment": "c", **changes,
    }


def replay(pipeline, folder, name, events):
    file = folder / name
    file.write_text("".join(json.dumps(each) + "\n" for each in events))
    pipeline.ingest("--replay", file)


def test_copies_with_another_dt_are_dropped(pipeline, tmp_path):
    first, second = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"
    replay(pipeline, tmp_path, "first.jsonl", [event(first, 1), event(second, 2)])
    pipeline.drain()
    # Sent again with a later time of receipt; and a stale copy from before it was accepted.
    replay(pipeline, tmp_path, "again.jsonl", [
        event(first, 1, dt="2026-01-16T11:59:00Z"), event(second, 2, dt="2026-01-15T23:00:00Z"),
        event("00000000-0000-4000-8000-000000000003", 3),
    ])
    pipeline.drain()
    silver = pipeline.rows("silver_events", ["meta_id", "event_time"]).to_pylist()
    assert sorted(row["meta_id"] for row in silver) == [first, second, "00000000-0000-4000-8000-000000000003"]
    assert {row["event_time"].minute for row in silver} == {30}
    assert pipeline.rows("bronze_events").num_rows == 5
    assert pipeline.rows("silver_quarantine").num_rows == 0
    ledger = pipeline.rows("quality_metrics", ["layer", "duplicate_count"]).to_pylist()
    assert sum(row["duplicate_count"] for row in ledger if row["layer"] == "silver") == 2


def test_two_silvers_with_two_states_at_once(pipeline):
    pipeline.environment["WIKIGUARD_SILVER_LIMITS_ROWS"] = "400"
    pipeline.generate(4000, seed=5)
    pipeline.job("bronze", "--drain")
    tasks = [task(pipeline, name) for name in ("one", "two")]
    while True:
        running = [each.start("wikiguard-job", "silver", "--waive", "freshness") for each in tasks]
        results = [(process.wait(), process.stderr.read(), process.stdout.read()) for process in running]
        assert {code for code, _, _ in results} <= {0, 75}, results
        assert any(code == 0 for code, _, _ in results), "one of the two must have been first"
        if all("nothing new" in output for _, _, output in results):
            break
    silver = pipeline.rows("silver_events", ["meta_id"]).to_pylist()
    bronze = pipeline.rows("bronze_events", ["event_id"]).to_pylist()
    assert len({row["meta_id"] for row in silver}) == len(silver)
    quarantine = pipeline.rows("silver_quarantine", ["row_id", "meta_id"]).to_pylist()
    assert len({row["row_id"] for row in quarantine}) == len(quarantine)
    known = {row["meta_id"] for row in silver} | {row["meta_id"] for row in quarantine}
    assert {row["event_id"] for row in bronze if row["event_id"]} <= known


def test_two_golds_with_two_states_at_once(pipeline, tmp_path):
    pipeline.environment["WIKIGUARD_GOLD_LIMITS_WINDOWS"] = "1"
    pipeline.generate(4000, seed=6)
    alone = pipeline.beside(tmp_path / "alone")
    alone.drain()
    for job in ("bronze", "silver"):
        pipeline.job(job, "--drain", "--waive", "freshness")
    tasks = [task(pipeline, name) for name in ("one", "two")]
    while True:
        running = [each.start("wikiguard-job", "gold") for each in tasks]
        results = [(process.wait(), process.stderr.read(), process.stdout.read()) for process in running]
        assert {code for code, _, _ in results} <= {0, 75}, results
        if all("nothing new" in output for _, _, output in results):
            break
    assert_equal(contents(pipeline, quality=False), contents(alone, quality=False))


def test_bronze_without_its_state_goes_on_where_the_table_says(pipeline):
    pipeline.environment["WIKIGUARD_BRONZE_LIMITS_ROWS"] = "300"
    pipeline.generate(1000, seed=8)
    pipeline.job("bronze")
    forget(pipeline)
    second = pipeline.job("bronze")
    assert "bronze-000002: 300 rows" in second.stdout
    forget(pipeline)
    pipeline.job("bronze", "--drain")
    offsets = [(row["kafka_topic"], row["kafka_offset"]) for row in pipeline.rows(
        "bronze_events", ["kafka_topic", "kafka_offset"]).to_pylist()]
    assert len(offsets) == len(set(offsets)) == max(offset for topic, offset in offsets if topic == "cleaned_events") + 1
    numbers = [int(s["wikiguard.batch-id"].removeprefix("bronze-")) for s in pipeline.snapshot_summaries("bronze_events")]
    assert numbers == sorted(set(numbers))


def test_the_state_deleted_between_any_two_commands(tmp_path):
    limits = {"WIKIGUARD_NOW": NOW, "WIKIGUARD_BRONZE_LIMITS_ROWS": "250", "WIKIGUARD_SILVER_LIMITS_ROWS": "200"}
    source = Pipeline(tmp_path / "kept", **limits)
    source.generate(1200, seed=9)
    forgetful = source.beside(tmp_path / "forgetful")
    source.drain()
    for _ in range(8):
        for job in ("bronze", "silver", "gold"):
            forgetful.job(job, "--waive", "freshness")
            forget(forgetful)
    forgetful.drain()
    assert_equal(contents(forgetful, quality=False), contents(source, quality=False))


def task(pipeline, name):
    """The same tables with a state and locks of its own, as a task on another host."""
    folder = pipeline.home.parent / name
    folder.mkdir()
    return Pipeline(
        pipeline.home, **pipeline.environment, WIKIGUARD_ENVIRONMENT_STATE_URI=str(folder / "state.sqlite"),
        WIKIGUARD_ENVIRONMENT_LOCKS_PATH=str(folder / "locks"))


def forget(pipeline):
    for file in pipeline.home.glob("state.sqlite*"):
        file.unlink()
