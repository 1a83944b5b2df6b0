"""What the configuration says of checks and sizes reaches the jobs."""
import json
import re

import pytest

from conftest import ROOT


def test_the_size_of_a_large_edit(pipeline):
    pipeline.environment["WIKIGUARD_SILVER_LARGE_EDIT_BYTES"] = "100"
    pipeline.generate(500, seed=41)
    pipeline.drain()
    rows = pipeline.rows("silver_events", ["bytes_changed", "is_large_edit", "event_type"]).to_pylist()
    assert any(row["is_large_edit"] and abs(row["bytes_changed"]) < 10240 for row in rows)
    assert all(bool(row["is_large_edit"]) == (abs(row["bytes_changed"] or 0) > 100) for row in rows)


def configured(tmp_path, name, check):
    folder = tmp_path / "configuration"
    folder.mkdir(exist_ok=True)
    text = (ROOT / "jobs" / name).read_text()
    assert text.count("\n  rows:\n") == 1
    (folder / name).write_text(text.replace("\n  rows:\n", "\n  rows:\n" + check, 1))
    return folder


def test_a_check_of_gold_that_was_added(pipeline, tmp_path):
    folder = configured(
        tmp_path, "gold.yaml",
        "    lonely: {check: between, column: total_events, max: 1, tables: [gold_entity_metrics_10min]}\n")
    pipeline.generate(800, seed=42)
    pipeline.drain("--config", folder)
    counts = pipeline.rows("gold_entity_metrics_10min", ["total_events"]).column(0).to_pylist()
    assert counts and max(counts) == 1
    refused = pipeline.rows("gold_quarantine", ["quarantine_reason", "failed_checks"]).to_pylist()
    assert refused and {row["quarantine_reason"] for row in refused} == {"lonely"}
    results = pipeline.rows("quality_check_results", ["layer", "check_name", "failed"]).to_pylist()
    assert sum(row["failed"] for row in results if row["check_name"] == "lonely") == len(refused)


def test_a_check_of_gold_that_is_waived(pipeline, tmp_path):
    folder = configured(
        tmp_path, "gold.yaml",
        "    lonely: {check: between, column: total_events, max: 1, tables: [gold_entity_metrics_10min]}\n")
    pipeline.generate(800, seed=42)
    pipeline.drain("--config", folder, "--waive", "lonely")
    assert pipeline.rows("gold_quarantine").num_rows == 0
    assert max(pipeline.rows("gold_entity_metrics_10min", ["total_events"]).column(0).to_pylist()) > 1


def test_bronze_waivers_hold_in_silver(pipeline):
    """Old events, taken in with `freshness` waived: Silver holds their rows to it no more, but those of the next batch."""
    pipeline.generate(200, seed=43, )
    pipeline.environment["WIKIGUARD_NOW"] = "2026-01-17T12:00:00Z"
    pipeline.job("bronze", "--waive", "freshness")
    pipeline.ingest("--generate", 100, "--seed", 44, "--ending", "2026-01-16T12:00:00Z")
    pipeline.job("bronze")
    pipeline.job("silver", "--drain")
    refused = pipeline.rows("silver_quarantine", ["quarantine_reason", "kafka_offset"]).to_pylist()
    stale = [row["kafka_offset"] for row in refused if row["quarantine_reason"] == "freshness"]
    assert stale and min(stale) >= 190


ROW_CHECKS = """\
    human: {check: sql, expression: "NOT is_bot OR length_new IS NULL"}
    plain_title: {check: matches, column: title, pattern: '^[A-Z][A-Za-z ]*$'}
    small: {check: sql, expression: "abs(bytes_changed) < 50", mode: log}
    flat: {check: sql, expression: "json_extract(comment, '$') IS NULL", when: {column: event_type, in: [log]}}
"""


def expected_failures(event):
    """What the checks above say of an event, by Python."""
    length = event.get("length") or {}
    changed = (length.get("new") or 0) - (length.get("old") or 0)
    failed = []
    if event["bot"] and length.get("new") is not None:
        failed.append("human")
    if not re.search("^[A-Z][A-Za-z ]*$", event["title"]):
        failed.append("plain_title")
    errors = []
    if event["type"] == "log" and event.get("comment") is not None:
        failed.append("flat")
        errors.append("flat: malformed JSON")
    if failed and abs(changed) >= 50:
        failed.append("small")
    return failed + errors


def test_sql_and_pattern_checks_that_were_added(pipeline, tmp_path):
    folder = configured(tmp_path, "silver.yaml", ROW_CHECKS)
    pipeline.generate(1500, seed=45)
    pipeline.drain("--config", folder)
    own = {"human", "plain_title", "flat"}
    refused = pipeline.rows("silver_quarantine", ["quarantine_reason", "failed_checks", "original_record"]).to_pylist()
    seen = [row for row in refused if row["quarantine_reason"] in own]
    assert {name for row in seen for name in row["failed_checks"]} == own | {"small", "flat: malformed JSON"}
    for row in seen:
        assert row["failed_checks"] == expected_failures(json.loads(row["original_record"])), row
        assert row["quarantine_reason"] == row["failed_checks"][0]

    passed = pipeline.rows("silver_events", ["title", "is_bot", "bytes_changed", "length_new"]).to_pylist()
    assert all(re.search("^[A-Z][A-Za-z ]*$", row["title"]) for row in passed)
    assert not any(row["is_bot"] and row["length_new"] is not None for row in passed)
    large = [row for row in passed if abs(row["bytes_changed"]) >= 50]
    assert large, "what only logs lets rows pass"

    results = pipeline.rows("quality_check_results", ["check_name", "failed", "message"]).to_pylist()
    counted = {row["check_name"]: row for row in results if row["check_name"] in own | {"small"}}
    assert counted["small"]["failed"] == len(large) + sum("small" in row["failed_checks"] for row in refused)
    assert counted["flat"]["message"].endswith(": malformed JSON")
    for name in own:
        assert counted[name]["failed"] == sum(name in row["failed_checks"] for row in refused)


@pytest.mark.parametrize("check, words", [
    ('{check: sql, expression: "bytes_chnged < 5"}',
     'silver_events: check mine: no such column: bytes_chnged (did you mean "bytes_changed"?) at position 1'),
    ('{check: sql, expression: "is_bot AND (title ="}', "silver_events: check mine: not one whole SQL expression"),
    ('{check: sql, expression: "(SELECT max(namespace, 1) FROM batch) > 1"}',
     "silver_events: check mine: subqueries are not possible"),
    ("{check: sql, expression: \"load_extension('x')\"}", "function load_extension is not allowed in a check"),
    ("{check: matches, column: title, pattern: '(a'}", '"pattern" of check "mine" is no pattern: missing closing paren'),
    ("{check: matches, column: namespace, pattern: a}", "silver_events: check mine: namespace is no text"),
    ("{check: less_than, column: event_time, other: event_timestamp}",
     "silver_events: check mine: the two columns are of types that cannot be compared"),
])
def test_a_wrong_check_stops_the_job_when_it_starts(pipeline, tmp_path, check, words):
    folder = configured(tmp_path, "silver.yaml", f"    mine: {check}\n")
    pipeline.generate(10, seed=46)
    said = pipeline.job("run", "--config", folder, expect=78).stderr
    text = (folder / "silver.yaml").read_text().splitlines()
    line = next(number for number, line in enumerate(text, 1) if line.startswith("    mine: "))
    assert f"{folder}/silver.yaml:{line}: " in said and words in said, said
    assert pipeline.rows("bronze_events").num_rows == 0, "nothing was read"
