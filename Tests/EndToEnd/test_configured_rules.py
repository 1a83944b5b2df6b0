"""What the configuration says of checks and sizes reaches the jobs."""
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
