"""Metrics of batches against DuckDB on the same rows, and what a failing batch check does to a batch."""
import json
import math

import duckdb
import pytest

from conftest import ROOT

ALWAYS = "min: -1.0e300"
EDITS = "when: {column: event_type, in: [edit, new]}"

# name -> (the check's declaration, DuckDB's expression over the rows of the batch)
FREQUENCIES = "(select {value} from (select count(*) c from rows where {some} group by {columns}))"


def frequencies(value, *columns):
    some = " or ".join(f"{column} is not null" for column in columns)
    return FREQUENCIES.format(value=value, some=some, columns=", ".join(columns))


METRICS = {
    "m_size": ("metric: size", "count(*)"),
    "m_size_edits": (f"metric: size, {EDITS}", "count(*) filter (event_type in ('edit', 'new'))"),
    "m_completeness": ("metric: completeness, column: log_type", "count(log_type) / count(*)"),
    "m_completeness_edits": (
        f"metric: completeness, column: comment, {EDITS}",
        "count(comment) filter (event_type in ('edit', 'new')) / count(*) filter (event_type in ('edit', 'new'))"),
    "m_uniqueness": ("metric: uniqueness, column: title", frequencies("count(*) filter (c = 1) / sum(c)", "title")),
    "m_uniqueness_two": (
        "metric: uniqueness, columns: [user_name, log_type]",
        frequencies("count(*) filter (c = 1) / sum(c)", "user_name", "log_type")),
    "m_uniqueness_numbers": (
        "metric: uniqueness, columns: [log_id, namespace]",
        frequencies("count(*) filter (c = 1) / sum(c)", "log_id", "namespace")),
    "m_distinctness": ("metric: distinctness, column: user_name", frequencies("count(*) / sum(c)", "user_name")),
    "m_ratio": (
        "metric: unique_value_ratio, column: user_name", frequencies("count(*) filter (c = 1) / count(*)", "user_name")),
    "m_entropy": (
        "metric: entropy, column: wiki",
        "(select -sum(p * ln(p)) from (select count(*) / sum(count(*)) over () p from rows where wiki is not null "
        "group by wiki))"),
    "m_entropy_flags": (
        "metric: entropy, column: is_bot",
        "(select -sum(p * ln(p)) from (select count(*) / sum(count(*)) over () p from rows group by is_bot))"),
    "m_min": ("metric: min, column: bytes_changed", "min(bytes_changed)"),
    "m_max": ("metric: max, column: revision_new", "max(revision_new)"),
    "m_mean": ("metric: mean, column: bytes_changed", "avg(bytes_changed)"),
    "m_deviation": ("metric: standard_deviation, column: bytes_changed", "stddev_pop(bytes_changed)"),
    "m_deviation_time": (
        "metric: standard_deviation, column: event_time", "stddev_pop(epoch_us(event_time) - min_us)"),
    "m_sum": ("metric: sum, column: revision_new", "sum(revision_new)"),
    "m_sum_edits": (
        f"metric: sum, column: bytes_changed, {EDITS}", "sum(bytes_changed) filter (event_type in ('edit', 'new'))"),
    "m_compliance": (
        "metric: compliance, rule: {check: between, column: bytes_changed, min: 0}",
        "1 - count(*) filter (bytes_changed < 0) / count(*)"),
    "m_compliance_edits": (
        "metric: compliance, rule: {check: length, column: comment, max: 20, when: {column: event_type, in: [edit]}}",
        "1 - count(*) filter (event_type = 'edit' and length(comment) > 20) / "
        "nullif(count(*) filter (event_type = 'edit'), 0)"),
    "m_correlation": ("metric: correlation, columns: [length_old, length_new]", "corr(length_old, length_new)"),
    "m_integral": (
        "metric: data_type, column: user_name, type: integral",
        r"count(*) filter (regexp_full_match(user_name, '(-|\+)? ?[0-9]+')) / count(user_name)"),
    "m_string": (
        "metric: data_type, column: comment, type: string",
        r"1 - count(*) filter (regexp_full_match(comment, '(-|\+)? ?[0-9]+([.][0-9]+)?([eE][-+]?[0-9]+)?|true|false')) "
        "/ count(comment)"),
    "m_min_length": ("metric: min_length, column: title", "min(length(title))"),
    "m_max_length": ("metric: max_length, column: comment", "max(length(comment))"),
}
QUANTILES = {
    f"m_quantile_{column}_{int(share * 1000)}": (column, share)
    for column in ("bytes_changed", "event_timestamp") for share in (0, 0.25, 0.5, 0.9, 0.999, 1)
}


def configuration(folder, checks, name="silver.yaml"):
    """`name` with other batch checks in the place of its own."""
    folder.mkdir(exist_ok=True)
    text = (ROOT / "jobs" / name).read_text()
    own = "    meta_id_unique: {metric: uniqueness, column: meta_id, equals: 1}\n"
    assert text.count(own) == 1 or name != "silver.yaml"
    block = "".join(f"    {name}: {{{text}}}\n" for name, text in checks.items())
    text = text.replace(own, own + block) if name == "silver.yaml" else text.replace("  batch: off\n", "  batch:\n" + block)
    assert block in text
    (folder / name).write_text(text)
    return folder


def every_metric(folder):
    checks = {name: f"{text}, {ALWAYS}" for name, (text, _) in METRICS.items()}
    for name, (column, share) in QUANTILES.items():
        checks[name] = f"metric: approx_quantile, column: {column}, quantile: {share}, {ALWAYS}"
    return configuration(folder, checks)


def values(pipeline):
    """{batch: {check: value}} as the job wrote them."""
    found = {}
    columns = ["batch_id", "layer", "kind", "status", "check_name", "metric_value"]
    for row in pipeline.rows("quality_check_results", columns).to_pylist():
        if row["layer"] == "silver" and row["kind"] == "batch":
            assert row["status"] == "passed"
            assert row["check_name"] not in found.setdefault(row["batch_id"], {}), "each result once"
            found[row["batch_id"]][row["check_name"]] = row["metric_value"]
    return found


def compare(connection, batch, found):
    connection.execute(
        "create or replace temp view rows as select *, (select min(epoch_us(event_time)) from silver where batch_id = "
        f"'{batch}') min_us from silver where batch_id = '{batch}'")
    expressions = ", ".join(f"({expression})::double" for _, expression in METRICS.values())
    wanted = dict(zip(METRICS, connection.sql(f"select {expressions} from rows").fetchone()))
    for name, value in wanted.items():
        if value is None or math.isnan(value):
            assert name not in found, f"{batch} {name}"
        else:
            assert found.get(name) == pytest.approx(value, rel=1e-9, abs=1e-12), f"{batch} {name}"
    return connection.sql("select count(*) from rows").fetchone()[0]


def rank_error(connection, column, share, value):
    """How far the rank of `value` is from that of the quantile, as a share of all values."""
    count, below, up_to = connection.sql(
        f"select count({column}), count(*) filter ({column} < {value!r}), count(*) filter ({column} <= {value!r}) from rows"
    ).fetchone()
    rank = max(1, math.ceil(share * count))
    return max(0, below + 1 - rank, rank - up_to) / count


def silver_rows(pipeline):
    connection = duckdb.connect()
    connection.execute("set timezone = 'UTC'")
    connection.register("silver", pipeline.rows("silver_events"))
    return connection


def test_every_metric_of_fifty_batches(pipeline, tmp_path):
    folder = every_metric(tmp_path / "configuration")
    pipeline.environment["WIKIGUARD_SILVER_LIMITS_ROWS"] = "120"
    pipeline.generate(6_000, seed=61)
    pipeline.job("bronze", "--drain")
    pipeline.job("silver", "--drain", "--waive", "freshness", "--config", folder)
    found, connection, rows = values(pipeline), silver_rows(pipeline), 0
    assert len(found) == 50
    for batch, checks in found.items():
        rows += compare(connection, batch, checks)
        assert checks["meta_id_unique"] == 1
        for name, (column, share) in QUANTILES.items():
            # Exact for so few values.
            exact = connection.sql(f"select quantile_disc({column}, {share}) from rows").fetchone()[0]
            assert checks[name] == exact, f"{batch} {name}"
    assert rows == pipeline.rows("silver_events", ["batch_id"]).num_rows > 5_000


def test_every_metric_of_a_large_batch(pipeline, tmp_path):
    folder = every_metric(tmp_path / "configuration")
    pipeline.generate(15_000, seed=62)
    pipeline.job("bronze", "--drain")
    pipeline.job("silver", "--drain", "--waive", "freshness", "--config", folder)
    (batch, checks), = values(pipeline).items()
    connection = silver_rows(pipeline)
    assert compare(connection, batch, checks) > 12_000
    for name, (column, share) in QUANTILES.items():
        # Two levels of a sketch of 4096 values.
        assert rank_error(connection, column, share, checks[name]) <= 2 / 4096, name


def test_bronze_and_gold_are_measured(pipeline, tmp_path):
    folder = configuration(
        tmp_path / "configuration",
        {"records": "metric: size, min: 1", "keys": "metric: uniqueness, columns: [kafka_partition, kafka_offset], equals: 1"},
        "bronze.yaml")
    configuration(
        folder, {
            "rows": "metric: size, tables: [gold_entity_metrics_10min, gold_user_metrics_10min], min: 1",
            "health": "metric: mean, column: health_score, min: 0, max: 100",
        }, "gold.yaml")
    pipeline.generate(3_000, seed=63)
    pipeline.drain("--config", folder)
    results = {
        (row["layer"], row["check_name"]): row
        for row in pipeline.rows("quality_check_results").to_pylist() if row["kind"] == "batch"
    }
    assert results["bronze", "records"]["metric_value"] == pipeline.rows("bronze_events", ["event_id"]).num_rows
    assert results["bronze", "keys"]["metric_value"] == 1
    for table in ("gold_entity_metrics_10min", "gold_user_metrics_10min"):
        assert results["gold", f"rows_{table}"]["metric_value"] == pipeline.rows(table, ["window_start"]).num_rows
    scores = pipeline.rows("gold_global_metrics_10min", ["health_score"]).column(0).to_pylist()
    assert results["gold", "health"]["metric_value"] == pytest.approx(sum(scores) / len(scores))


def test_a_suspended_batch(pipeline, tmp_path):
    folder = configuration(
        tmp_path / "configuration", {"enough": "metric: size, min: 100000, mode: suspend"})
    pipeline.generate(400, seed=64)
    pipeline.job("bronze", "--drain")
    arguments = ("silver", "--waive", "freshness", "--config", folder)
    said = {pipeline.job(*arguments, expect=65).stderr.splitlines()[-1] for _ in range(2)}
    for line in said:
        for words in ("silver-000001", "enough (size is ", "at least 100000 is wanted", "batches retry silver-000001",
                      "--waive enough", "batches quarantine silver-000001"):
            assert words in line
    assert pipeline.rows("silver_events").num_rows == 0
    assert pipeline.job("run", "--config", folder, expect=65)
    run = json.loads(pipeline.job("batches", "show", "silver-000001", "--output", "json").stdout)["runs"][0]
    assert run["status"] == "blocked"
    assert [check["name"] for check in run["outcome"]["checks"]] == ["enough"]
    assert "silver is blocked: silver-000001" in pipeline.job("status", "--check", expect=2).stdout
    # Judged again by the same rules it is suspended again.
    pipeline.job("batches", "retry", "silver-000001", "--config", folder)
    pipeline.job(*arguments, expect=65)
    assert "no check is called" in pipeline.job(
        "batches", "retry", "silver-000001", "--waive", "enogh", "--config", folder, expect=64).stderr
    pipeline.job("batches", "retry", "silver-000001", "--waive", "enough", "--config", folder)
    done = pipeline.job(*arguments, "--output", "json", "--drain").stdout
    batch = json.loads(done)["batches"][0]
    assert batch["batch"] == "silver-000001" and batch["severity"] == "SUCCESS"
    assert pipeline.rows("silver_events").num_rows == batch["passed"] > 300


def test_a_suspended_batch_goes_to_quarantine(pipeline, tmp_path):
    folder = configuration(
        tmp_path / "configuration", {"enough": "metric: size, min: 100000, mode: suspend"})
    pipeline.generate(400, seed=65)
    pipeline.job("bronze", "--drain")
    arguments = ("silver", "--drain", "--waive", "freshness", "--config", folder)
    pipeline.job(*arguments, expect=65)
    assert "all of its rows go, for enough," in pipeline.job("batches", "quarantine", "silver-000001").stdout
    assert "CRITICAL" in pipeline.job(*arguments).stdout
    assert pipeline.rows("silver_events").num_rows == 0
    refused = pipeline.rows("silver_quarantine", ["quarantine_reason", "failed_checks", "original_record"]).to_pylist()
    # What cannot be parsed has its own reason.
    assert len(refused) == 400 and {row["quarantine_reason"] for row in refused} == {"enough", "parse"}
    assert sum(row["quarantine_reason"] == "enough" for row in refused) > 300
    assert all(row["failed_checks"][0] == row["quarantine_reason"] for row in refused)
    metrics = [row for row in pipeline.rows("quality_metrics").to_pylist() if row["layer"] == "silver"]
    assert [(row["severity"], row["passed_count"]) for row in metrics] == [("CRITICAL", 0)]
    assert "enough" in metrics[0]["failed_checks"]


def test_a_row_check_suspends(pipeline, tmp_path):
    folder = tmp_path / "configuration"
    folder.mkdir()
    text = (ROOT / "jobs" / "silver.yaml").read_text()
    rule = "    no_bots: {check: not_in, column: user_kind, values: [bot], mode: suspend}\n"
    (folder / "silver.yaml").write_text(text.replace("\n  rows:\n", "\n  rows:\n" + rule, 1))
    pipeline.generate(400, seed=66)
    pipeline.job("bronze", "--drain")
    arguments = ("silver", "--drain", "--waive", "freshness", "--config", folder)
    assert "no_bots (" in pipeline.job(*arguments, expect=65).stderr
    assert "the rows that fail no_bots go" in pipeline.job("batches", "quarantine", "silver-000001").stdout
    pipeline.job(*arguments)
    kinds = set(pipeline.rows("silver_events", ["user_kind"]).column(0).to_pylist())
    assert kinds and "bot" not in kinds
    reasons = set(pipeline.rows("silver_quarantine", ["quarantine_reason"]).column(0).to_pylist())
    assert "no_bots" in reasons


@pytest.mark.parametrize("check, words", [
    ("metric: mean, column: title, min: 1", "batch check mine: column title has no numbers"),
    ("metric: completeness, column: titel, min: 1, tables: [silver_events]", "batch check mine: no column titel"),
    ("metric: completeness, column: titel, min: 1", "batch check mine: no table of the job has titel"),
    ("metric: size, min: 1, tables: [silver]", "batch check mine: the job has no such table: silver"),
    ("metric: maen, column: title, min: 1", 'did you mean "mean"?'),
    ("metric: size", "needs one of min and max, equals, or history"),
])
def test_a_wrong_batch_check_stops_the_job_when_it_starts(pipeline, tmp_path, check, words):
    folder = configuration(tmp_path / "configuration", {"mine": check})
    pipeline.job("init")
    assert words in pipeline.job("silver", "--config", folder, expect=78).stderr
