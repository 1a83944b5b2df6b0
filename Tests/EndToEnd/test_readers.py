"""Every table that the pipeline writes says the same in every engine as in our own reader."""
import gzip
import json

import pytest
from pyiceberg.types import LongType

import engines
from conftest import NOW, SHARED, TABLES, Pipeline

# Text that Latin-1 made of "é": no UTF-8, so that it can only be kept as bytes.
NOT_UTF8 = json.dumps({"$schema": "/mediawiki/recentchange/1.0.0", "meta": {"id": "x"}, "user": "Caf\xe9"}, ensure_ascii=False)


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    """Generated events in several batches, a recorded sample where there is one, and bytes that are no text."""
    folder = tmp_path_factory.mktemp("readers")
    pipeline = Pipeline(
        folder / "home", WIKIGUARD_NOW=NOW, WIKIGUARD_BRONZE_LIMITS_ROWS="7000", WIKIGUARD_SILVER_LIMITS_ROWS="6000")
    pipeline.generate(20_000, seed=7)
    pipeline.drain()
    recording = SHARED / "data" / "recentchange-2024-08-22-2387-raw.jsonl.gz"
    if recording.exists():
        sample = folder / "recorded.jsonl"
        sample.write_bytes(gzip.decompress(recording.read_bytes()))
        pipeline.ingest("--replay", sample, "--retime")
    else:
        print(f"skipped: recorded events, {recording} is not there")
    odd = folder / "odd.jsonl"
    odd.write_bytes(NOT_UTF8.encode("latin-1") + b"\n{\n")
    pipeline.ingest("--replay", odd)
    pipeline.drain()
    return pipeline


@pytest.fixture(scope="session")
def expected(home):
    """The digest of a table by our own reader."""
    known = {}

    def digest(name):
        if name not in known:
            known[name] = engines.digest(engines.ours(home.metadata(name)))
        return known[name]

    return digest


def compare(table, wanted):
    differences = engines.differences(engines.digest(table), wanted)
    assert not differences, "\n".join(differences)


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("engine", engines.ENGINES, ids=lambda engine: engine.__name__)
def test_engine_says_the_same(engine, name, home, expected):
    compare(engine(home, name), expected(name))


@pytest.mark.parametrize("name", TABLES)
def test_spark_says_the_same(name, home, expected, spark):
    compare(spark(home, name), expected(name))


def test_the_tables_are_worth_comparing(home, expected):
    """The comparison is not one of empty tables, and the column types that engines differ about hold values."""
    filled = {name: expected(name)[0] for name in TABLES}
    assert filled["bronze_events"] > 20_000 and filled["silver_events"] > 19_900 and filled["bronze_quarantine"] > 2
    assert filled["gold_entity_metrics_10min"] > 5_000 and filled["gold_global_metrics_10min"] > 0
    assert 0 in filled.values(), "no empty table is read"
    quarantine = expected("bronze_quarantine")[1]
    assert quarantine["original_bytes"]["max"] is not None, "no binary value is read"
    assert quarantine["failed_checks"]["max"], "no list is read"
    files = engines.lines(engines.table_cat(home.metadata("silver_events"), "--files"))
    assert len(files) > 3 and len({file["snapshot_id"] for file in files}) > 3, "one batch only"


def test_older_snapshots(home, spark):
    """A snapshot before the last, by ours, PyIceberg and Spark."""
    table = home.catalog().load_table(("wikiguard", "silver_events"))
    snapshot = table.snapshots()[1].snapshot_id
    wanted = engines.digest(engines.ours(home.metadata("silver_events"), "--snapshot", snapshot))
    assert 0 < wanted[0] < 20_000
    compare(table.scan(snapshot_id=snapshot).to_arrow(), wanted)
    schema = engines.our_schema(home.metadata("silver_events"))
    compare(engines.arrow_table(spark.ask(read=home.metadata("silver_events"), snapshot=snapshot), schema), wanted)


@pytest.fixture(scope="session")
def evolved(tmp_path_factory):
    """A home whose silver_events another engine changed between two batches: a column dropped (our job adds it again, as a new
    one) and one added that we do not know. The older files have neither."""
    pipeline = Pipeline(tmp_path_factory.mktemp("evolved") / "home", WIKIGUARD_NOW=NOW)
    pipeline.generate(1_000, seed=3)
    pipeline.drain()
    table = pipeline.catalog().load_table(("wikiguard", "silver_events"))
    with table.update_schema() as update:
        update.delete_column("is_large_edit")
        update.add_column("added_by_others", LongType())
    pipeline.generate(1_000, seed=4)
    pipeline.drain()
    return pipeline


@pytest.mark.parametrize("engine", engines.ENGINES, ids=lambda engine: engine.__name__)
def test_an_evolved_table(engine, evolved):
    compare(engine(evolved, "silver_events"), engines.digest(engines.ours(evolved.metadata("silver_events"))))


def test_an_evolved_table_in_spark(spark, evolved):
    compare(spark(evolved, "silver_events"), engines.digest(engines.ours(evolved.metadata("silver_events"))))


def test_what_evolved(evolved):
    """Older rows have nulls in the column that was added again, newer ones values; ours never writes a column of others."""
    rows = engines.ours(evolved.metadata("silver_events"))
    nulls = {batch: set() for batch in rows["batch_id"].to_pylist()}
    for batch, value in zip(rows["batch_id"].to_pylist(), rows["is_large_edit"].to_pylist()):
        nulls[batch].add(value is None)
    assert nulls == {"silver-000001": {True}, "silver-000002": {False}}
    assert rows["added_by_others"].null_count == rows.num_rows
