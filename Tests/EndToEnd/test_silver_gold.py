"""Late data, many small batches against one, and windows that become final."""
import datetime
import json

from conftest import NOW, Pipeline
from equality import assert_equal, contents
from test_exactly_once import event


def test_many_small_batches_are_one_large(tmp_path):
    large = Pipeline(tmp_path / "large", WIKIGUARD_NOW=NOW)
    large.generate(6000, seed=31)
    small = large.beside(
        tmp_path / "small", WIKIGUARD_BRONZE_LIMITS_ROWS="333", WIKIGUARD_SILVER_LIMITS_ROWS="257",
        WIKIGUARD_GOLD_LIMITS_WINDOWS="1")
    large.drain()
    small.drain()
    assert_equal(contents(small, quality=False), contents(large, quality=False))
    ledgers = [counts(pipeline) for pipeline in (small, large)]
    assert ledgers[0]["bronze"] == ledgers[1]["bronze"] and ledgers[0]["silver"] == ledgers[1]["silver"]


def counts(pipeline):
    result = {}
    for row in pipeline.rows("quality_metrics").to_pylist():
        total = result.setdefault(row["layer"], [0, 0, 0, 0])
        for position, name in enumerate(("total_count", "passed_count", "failed_count", "duplicate_count")):
            total[position] += row[name]
    return result


def test_interleaved_jobs_are_one_drain(tmp_path):
    """Silver and Gold after every Bronze batch: windows are amended again and again, and end the same."""
    large = Pipeline(tmp_path / "large", WIKIGUARD_NOW=NOW)
    large.generate(3000, seed=32)
    small = large.beside(tmp_path / "small", WIKIGUARD_BRONZE_LIMITS_ROWS="500")
    large.drain()
    for _ in range(7):
        for job in ("bronze", "silver", "gold"):
            small.job(job, "--waive", "freshness")
    small.drain()
    assert_equal(contents(small, quality=False), contents(large, quality=False))


def at(hour, minute):
    return f"2026-01-16T{hour:02}:{minute:02}:00Z"


def stamped(number, hour, minute, **changes):
    moment = datetime.datetime(2026, 1, 16, hour, minute, tzinfo=datetime.timezone.utc)
    return event(
        f"00000000-0000-4000-8000-{number:012}", number, dt=at(hour, minute), timestamp=int(moment.timestamp()), **changes)


def take(pipeline, folder, name, events, now):
    file = folder / name
    file.write_text("".join(json.dumps(each) + "\n" for each in events))
    pipeline.environment["WIKIGUARD_NOW"] = now
    pipeline.ingest("--replay", file)
    pipeline.drain()


def windows(pipeline, table="gold_global_metrics_10min", key=()):
    return {
        (row["window_start"].strftime("%H:%M"), *(row[name] for name in key)): row
        for row in pipeline.rows(table).to_pylist()
    }


def test_late_events_amend_a_window_that_was_final(pipeline, tmp_path):
    take(pipeline, tmp_path, "a", [stamped(n, 8, n, title="A") for n in range(1, 6)] + [stamped(9, 8, 15)], at(8, 20))
    assert {key: row["is_final"] for key, row in windows(pipeline).items()} == {("08:00",): False, ("08:10",): False}
    take(pipeline, tmp_path, "b", [stamped(20, 9, 30)], at(9, 31))
    after = windows(pipeline)
    # The watermark stands at 08:30: both old windows are final, with the values that they had.
    assert after[("08:00",)]["is_final"] and after[("08:10",)]["is_final"] and not after[("09:30",)]["is_final"]
    first = {key: row["revision"] for key, row in after.items()}
    entities = windows(pipeline, "gold_entity_metrics_10min", ("entity",))
    take(pipeline, tmp_path, "c", [stamped(6, 8, 7, title="A"), stamped(7, 8, 9, title="B")], at(9, 40))
    amended = windows(pipeline)
    assert amended[("08:00",)]["total_events"] == 7
    assert {key: row["revision"] - first[key] for key, row in amended.items()} == {
        ("08:00",): 1, ("08:10",): 0, ("09:30",): 0}
    assert amended[("08:00",)]["is_final"] and amended[("08:10",)]["is_final"]
    later = windows(pipeline, "gold_entity_metrics_10min", ("entity",))
    assert later[("08:00", "enwiki:A")]["total_events"] == 6
    assert later[("08:00", "enwiki:A")]["revision"] == entities[("08:00", "enwiki:A")]["revision"] + 1
    assert later[("08:00", "enwiki:B")]["total_events"] == 1
    untouched = [key for key in entities if key[0] != "08:00"]
    assert untouched and all(later[key] == entities[key] for key in untouched)


def test_windows_become_final_without_a_new_event_of_theirs(pipeline, tmp_path):
    take(pipeline, tmp_path, "a", [stamped(1, 8, 1), stamped(2, 8, 12)], at(8, 20))
    take(pipeline, tmp_path, "b", [stamped(3, 9, 15)], at(9, 16))
    final = {key[0]: row["is_final"] for key, row in windows(pipeline).items()}
    # 09:15 less an hour: the window that ends at 08:10 is past, that which ends at 08:20 is not.
    assert final == {"08:00": True, "08:10": False, "09:10": False}
    take(pipeline, tmp_path, "c", [stamped(4, 9, 21)], at(9, 22))
    assert {key[0]: row["is_final"] for key, row in windows(pipeline).items()} == {
        "08:00": True, "08:10": True, "09:10": False, "09:20": False}


def test_events_of_long_ago_and_of_the_future(pipeline, tmp_path):
    """Times that no window should have go to quarantine and stop nobody."""
    odd = [stamped(1, 8, 1), event("00000000-0000-4000-8000-000000000077", 77, dt="1960-02-03T04:05:06Z", timestamp=-312825294),
           event("00000000-0000-4000-8000-000000000078", 78, dt="2206-02-03T04:05:06Z", timestamp=7449595506)]
    take(pipeline, tmp_path, "odd", odd, at(8, 20))
    assert pipeline.rows("silver_events").num_rows == 1
    assert pipeline.rows("silver_quarantine").num_rows == 2
    take(pipeline, tmp_path, "more", [stamped(2, 8, 2)], at(8, 30))
    assert {key[0]: row["total_events"] for key, row in windows(pipeline).items()} == {"08:00": 2}
