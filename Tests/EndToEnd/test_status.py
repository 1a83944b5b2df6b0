"""What an operator sees: the quality of the last batches, how fresh the tables are, and what changed rules would do."""
import json

from conftest import NOW, ROOT, Pipeline


def status(pipeline, *arguments, **options):
    return json.loads(pipeline.job("status", "--output", "json", *arguments, **options).stdout)


def half_refused(pipeline):
    """Events of the last two hours, so that the older half is too old to be live."""
    pipeline.ingest("--generate", 2_000, "--seed", 3, "--ending", NOW, "--rate", "0.28")
    pipeline.job("run", "--drain")


def test_quality_of_the_last_day_agrees_with_the_tables(pipeline):
    half_refused(pipeline)
    document = status(pipeline)
    metrics = pipeline.rows("quality_metrics").to_pylist()
    results = pipeline.rows("quality_check_results").to_pylist()
    for trend in document["quality"]:
        rows = [row for row in metrics if row["layer"] == trend["job"]]
        assert [batch["batch"] for batch in trend["batches"]] == sorted(row["batch_id"] for row in rows)
        passed, failed = sum(row["passed_count"] for row in rows), sum(row["failed_count"] for row in rows)
        assert abs(trend["pass_rate"] - (passed / (passed + failed) if passed + failed else 1)) < 1e-12
        counted = {}
        for row in results:
            if row["layer"] == trend["job"] and row["kind"] == "row" and row["status"] == "failed":
                counted[row["check_name"]] = counted.get(row["check_name"], 0) + row["failed"]
        shown = {check["check"]: check["failed"] for check in trend["failed_checks"]}
        assert {name: shown.get(name) for name in counted} == counted
    silver = next(trend for trend in document["quality"] if trend["job"] == "silver")
    assert silver["failed_checks"][0]["check"] == "freshness" and 0.3 < silver["pass_rate"] < 0.7


def test_every_table_says_how_fresh_it_is(pipeline):
    half_refused(pipeline)
    tables = {table["table"]: table for table in status(pipeline)["tables"]}
    for name, table in tables.items():
        assert (table["committed_us"] is None) == (table["snapshots"] == 0), name
        assert (table["newest_row_us"] is None) == (table["rows"] == 0), name
    newest = max(row.timestamp() for row in pipeline.rows("silver_events", ["event_time"])["event_time"].to_pylist())
    assert tables["silver_events"]["newest_row_us"] == round(newest * 1e6)


def test_check_tells_a_monitor(pipeline):
    pipeline.generate(500)
    pipeline.drain()
    assert status(pipeline, "--check")["verdict"] == 0
    pipeline.ingest("--generate", 2_000, "--seed", 4, "--ending", NOW, "--rate", "0.28")
    later = Pipeline(pipeline.home, WIKIGUARD_NOW="2026-01-16T12:03:00Z")
    assert [finding["text"] for finding in status(later, "--check", expect=1)["findings"]] == ["bronze is late"]
    later = Pipeline(pipeline.home, WIKIGUARD_NOW="2026-01-16T12:05:00Z")
    assert [finding["text"] for finding in status(later, "--check", expect=2)["findings"]] == ["bronze is very late"]
    pipeline.job("run", "--drain")
    critical = status(pipeline, "--check", expect=2)
    assert [finding["text"] for finding in critical["findings"]] == ["silver-000002 is CRITICAL"]
    assert pipeline.job("status", "--check", expect=2).stdout.splitlines()[-1] == "silver-000002 is CRITICAL"


def test_changed_rules_are_tried_on_committed_batches(pipeline, tmp_path):
    half_refused(pipeline)
    before = {table: pipeline.metadata(table) for table in ("silver_events", "silver_quarantine", "quality_metrics")}
    same = json.loads(pipeline.job("silver", "--dry-run", "--output", "json").stdout)
    assert [batch["recorded"] for batch in same["batches"]] == [batch["today"] for batch in same["batches"]]
    waived = json.loads(
        pipeline.job("silver", "--dry-run", "--waive", "freshness", "--output", "json").stdout)
    freshness = next(check for check in waived["checks"] if check["check"] == "freshness")
    assert freshness["recorded"] > 500 and freshness["today"] == 0
    rules = (ROOT / "jobs" / "silver.yaml").read_text()
    (tmp_path / "silver.yaml").write_text(rules.replace("max: 1 h", "max: 10 min"))
    tight = json.loads(
        pipeline.job("silver", "--dry-run", "--config", tmp_path, "--output", "json").stdout)
    assert next(check for check in tight["checks"] if check["check"] == "freshness")["today"] > freshness["recorded"]
    assert before == {table: pipeline.metadata(table) for table in before}


def samples(pipeline, job):
    """The metrics left for node_exporter, by name and labels."""
    lines = (pipeline.home / "metrics" / f"wikiguard_{job}.prom").read_text().splitlines()
    return dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))


def test_each_call_leaves_metrics_for_a_monitor(pipeline):
    pipeline.generate(500)
    pipeline.drain()
    assert sorted(path.name for path in (pipeline.home / "metrics").iterdir()) == [
        "wikiguard_bronze.prom", "wikiguard_gold.prom", "wikiguard_silver.prom"]
    bronze = samples(pipeline, "bronze")
    assert bronze['wikiguard_job_last_run_exit_code{job="bronze"}'] == "0"
    assert bronze['wikiguard_job_last_run_rows{job="bronze",outcome="passed"}'] == str(len(pipeline.rows("bronze_events")))
    assert float(bronze['wikiguard_job_waiting{job="bronze"}']) == 0
    (pipeline.home / "events").rename(pipeline.home / "away")
    pipeline.generate(100)
    pipeline.job("bronze", expect=65)
    failed = samples(pipeline, "bronze")
    assert failed['wikiguard_job_last_run_exit_code{job="bronze"}'] == "65"
    assert failed['wikiguard_job_last_run_batches{job="bronze"}'] == "0"


def test_metrics_that_cannot_be_written_stop_nothing(pipeline):
    pipeline.generate(200)
    (pipeline.home / "metrics").write_text("a file in the way")
    assert "metrics are not written" in pipeline.drain().stderr
    assert len(pipeline.rows("silver_events")) > 0
