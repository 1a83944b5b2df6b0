"""Tables and files that others wrote: our reader has their rows, or says why it cannot; never wrong rows."""
import datetime
import decimal
import json
import math
import os
import struct
import uuid
from pathlib import Path

import numpy
import pyarrow as pa
import pyarrow.parquet
import pytest
from pyiceberg.expressions import EqualTo
from pyiceberg.partitioning import PartitionField, PartitionSpec
from pyiceberg.schema import Schema
from pyiceberg.transforms import DayTransform, IdentityTransform
from pyiceberg.types import (
    BinaryType, BooleanType, DateType, DoubleType, FloatType, IntegerType, ListType, LongType, NestedField, StringType,
    TimestamptzType)

import engines
from conftest import SHARED

UTC = datetime.timezone.utc


# Written by PyIceberg.

@pytest.fixture(scope="module")
def catalog(tmp_path_factory):
    from pyiceberg.catalog.sql import SqlCatalog
    folder = tmp_path_factory.mktemp("pyiceberg")
    catalog = SqlCatalog("theirs", uri=f"sqlite:///{folder}/catalog.sqlite", warehouse=f"file://{folder}/warehouse")
    catalog.create_namespace("ns")
    return catalog


def rows_of(table):
    return sorted(table.to_pylist(), key=repr)


def ours(table, *options):
    """The rows of a table by our reader."""
    return rows_of(engines.ours(table.metadata_location, *options))


EDITS = Schema(
    NestedField(1, "id", LongType(), required=True), NestedField(2, "wiki", StringType()),
    NestedField(3, "at", TimestamptzType()), NestedField(4, "ratio", DoubleType()))


def edits(*ids):
    """Rows over three days and two wikis; every fifth lacks its wiki, every third its time."""
    start = datetime.datetime(2024, 12, 31, 22, 0, 0, 1, tzinfo=UTC)
    rows = [
        {
            "id": n, "wiki": None if n % 5 == 4 else ["dewiki", "fr/wiki é"][n % 2],
            "at": None if n % 3 == 2 else start + datetime.timedelta(hours=7 * (n % 9)), "ratio": n / 7,
        } for n in ids
    ]
    schema = pa.schema([
        pa.field("id", pa.int64(), nullable=False), ("wiki", pa.string()), ("at", pa.timestamp("us", tz="UTC")),
        ("ratio", pa.float64())])
    return pa.Table.from_pylist(rows, schema)


PARTITIONINGS = {
    "none": PartitionSpec(),
    "identity": PartitionSpec(PartitionField(2, 1000, IdentityTransform(), "wiki")),
    "day": PartitionSpec(PartitionField(3, 1000, DayTransform(), "at_day")),
    "both": PartitionSpec(
        PartitionField(3, 1000, DayTransform(), "at_day"), PartitionField(2, 1001, IdentityTransform(), "wiki")),
}


@pytest.mark.parametrize("kind", PARTITIONINGS)
def test_partitions_snapshots_and_overwrites(catalog, kind):
    table = catalog.create_table(f"ns.edits_{kind}", EDITS, partition_spec=PARTITIONINGS[kind])
    wanted = {}

    def committed(rows):
        wanted[table.current_snapshot().snapshot_id] = rows

    table.append(edits(*range(20)))
    committed(edits(*range(20)))
    table.append(edits(*range(20, 30)))
    committed(edits(*range(30)))
    table.overwrite(edits(100, 102), overwrite_filter=EqualTo("wiki", "dewiki"))
    others = [n for n in range(30) if n % 5 == 4 or n % 2]
    committed(edits(*others, 100, 102))
    table.delete(EqualTo("id", 100))  # copy on write
    committed(edits(*others, 102))
    assert len(table.snapshots()) >= 4
    for snapshot, rows in wanted.items():
        assert ours(table, "--snapshot", snapshot) == rows_of(rows), f"{kind}, snapshot {snapshot}"
    assert ours(table) == rows_of(edits(*others, 102))
    files = engines.lines(engines.table_cat(table.metadata_location, "--files"))
    assert sum(file["record_count"] for file in files) == len(others) + 1
    assert {name for file in files for name in file["partition"]} == {field.name for field in PARTITIONINGS[kind].fields}


def test_evolved_schema(catalog):
    """Added, renamed, dropped, dropped and added again under the old name, reordered and widened columns over older files."""
    table = catalog.create_table("ns.evolved", Schema(
        NestedField(1, "id", IntegerType()), NestedField(2, "name", StringType()), NestedField(3, "gone", LongType()),
        NestedField(4, "share", FloatType())))
    first = pa.schema([("id", pa.int32()), ("name", pa.string()), ("gone", pa.int64()), ("share", pa.float32())])
    table.append(pa.Table.from_pylist([{"id": 1, "name": "a", "gone": 7, "share": 0.1}, {"id": 2}], first))
    before = table.current_snapshot().snapshot_id
    with table.update_schema() as update:
        update.rename_column("name", "title")
        update.delete_column("gone")
        update.update_column("id", LongType())
        update.update_column("share", DoubleType())
        update.add_column("added", ListType(20, StringType(), element_required=False))
        update.move_first("share")
    with table.update_schema() as update:
        update.add_column("gone", StringType())
        update.add_column("name", BooleanType())
    table.append(pa.table({
        "share": pa.array([0.1], pa.float64()), "id": pa.array([1 << 40], pa.int64()), "title": ["b"],
        "added": pa.array([["x", None]], pa.list_(pa.string())), "gone": ["back"], "name": [True]}))
    tenth = struct.unpack("<f", struct.pack("<f", 0.1))[0]
    empty = {"added": None, "gone": None, "name": None}
    wanted = [
        {"share": 0.1, "id": 1 << 40, "title": "b", "added": ["x", None], "gone": "back", "name": True},
        {"share": None, "id": 2, "title": None, **empty}, {"share": tenth, "id": 1, "title": "a", **empty},
    ]
    assert ours(table) == sorted(wanted, key=repr)
    assert list(engines.our_schema(table.metadata_location)) == ["share", "id", "title", "added", "gone", "name"]
    assert ours(table, "--columns", "name,title") == sorted(
        ({"name": row["name"], "title": row["title"]} for row in wanted), key=repr)
    assert ours(table, "--snapshot", before) == sorted(
        [{"id": 1, "name": "a", "gone": 7, "share": tenth}, {"id": 2, "name": None, "gone": None, "share": None}], key=repr)


def test_evolved_partitions(catalog):
    table = catalog.create_table("ns.repartitioned", EDITS)
    table.append(edits(*range(10)))
    with table.update_spec() as update:
        update.add_field("at", DayTransform(), "at_day")
    table.append(edits(*range(10, 20)))
    with table.update_spec() as update:
        update.remove_field("at_day")
        update.add_identity("wiki")
    table.append(edits(*range(20, 30)))
    assert ours(table) == rows_of(edits(*range(30)))
    assert len({file["spec_id"] for file in engines.lines(engines.table_cat(table.metadata_location, "--files"))}) == 3


def test_every_type_of_our_tables(catalog):
    kinds = {
        "bool": BooleanType(), "int": IntegerType(), "long": LongType(), "float": FloatType(), "double": DoubleType(),
        "date": DateType(), "time": TimestamptzType(), "text": StringType(), "bytes": BinaryType(),
        "list": ListType(50, StringType(), element_required=False), "numbers": ListType(51, DoubleType(), element_required=False)}
    schema = Schema(*(NestedField(n, name, kind) for n, (name, kind) in enumerate(kinds.items(), 1)))
    table = catalog.create_table("ns.types", schema)
    rows = pa.Table.from_pylist(
        [value for _, value in zip(range(6), TYPICAL)], table.schema().as_arrow().remove_metadata())
    table.append(rows)
    found = engines.lines(engines.table_cat(table.metadata_location))
    assert found == [row_form(row, rows.schema) for row in rows.to_pylist()]


def test_a_table_without_rows(catalog):
    table = catalog.create_table("ns.empty", EDITS)
    assert engines.table_cat(table.metadata_location) == ""
    table.append(edits(1))
    table.delete(EqualTo("id", 1))
    assert engines.table_cat(table.metadata_location) == ""


# Values in the row form of table-cat.

TYPICAL = [
    {
        "bool": True, "int": 2**31 - 1, "long": 2**63 - 1, "float": 1.5, "double": 0.1, "date": datetime.date(2024, 2, 29),
        "time": datetime.datetime(2024, 2, 29, 12, 34, 56, 789012, UTC), "text": "Zürich 日本語 😀 \"q\" \\ \t\x01", "bytes": b"\x00\xff\x10",
        "list": ["a", None, "", "é"], "numbers": [1.0, math.nan, None]},
    {
        "bool": False, "int": -2**31, "long": -2**63, "float": math.nan, "double": math.inf, "date": datetime.date(1, 1, 1),
        "time": datetime.datetime(1, 1, 1, tzinfo=UTC), "text": "", "bytes": b"", "list": [], "numbers": [-math.inf]},
    {
        "bool": None, "int": 0, "long": 0, "float": -math.inf, "double": -0.0, "date": datetime.date(1969, 12, 31),
        "time": datetime.datetime(1969, 12, 31, 23, 59, 59, 999999, UTC), "text": None, "bytes": None, "list": None, "numbers": None},
    {
        "bool": True, "int": None, "long": None, "float": None, "double": None, "date": None, "time": None, "text": "x" * 300,
        "bytes": bytes(range(256)), "list": [None], "numbers": []},
    {
        "bool": True, "int": -1, "long": 1 << 53, "float": 1e-45, "double": 5e-324, "date": datetime.date(9999, 12, 31),
        "time": datetime.datetime(9999, 12, 31, 23, 59, 59, 999999, UTC), "text": "\u2028\ufeff", "bytes": b"a", "list": ["b"],
        "numbers": [1e300]},
    {name: None for name in ["bool", "int", "long", "float", "double", "date", "time", "text", "bytes", "list", "numbers"]},
]


def row_form(row, schema):
    """A row as table-cat prints it, once parsed: Iceberg's single-value JSON."""
    return {field.name: value_form(row[field.name], field.type) for field in schema}


def value_form(value, kind):
    if value is None:
        return None
    if isinstance(value, list):
        return [value_form(item, kind.value_type) for item in value]
    if isinstance(value, datetime.datetime):
        clock = value.strftime("%H:%M:%S.%f")
        return f"{value.date().isoformat()}T{clock}" + ("+00:00" if value.tzinfo else "")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.time):
        return value.strftime("%H:%M:%S.%f")
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, (decimal.Decimal, uuid.UUID)):
        return str(value)
    if isinstance(value, float):
        if math.isnan(value):
            return "NaN"
        if math.isinf(value):
            return "Infinity" if value > 0 else "-Infinity"
        # A single is written in its own shortest form, 0.1 and not 0.10000000149011612.
        return float(str(numpy.float32(value))) if pa.types.is_float32(kind) else value
    return value


# Parquet files with the default settings of their writers.

FILE_SCHEMA = pa.schema([
    ("n", pa.int64()), ("bool", pa.bool_()), ("int", pa.int32()), ("long", pa.int64()), ("float", pa.float32()),
    ("double", pa.float64()), ("date", pa.date32()), ("time", pa.timestamp("us", tz="UTC")), ("text", pa.string()),
    ("bytes", pa.binary()), ("list", pa.list_(pa.string())), ("numbers", pa.list_(pa.float64())),
    ("price", pa.decimal128(20, 4))])


@pytest.fixture(scope="module")
def rows():
    """3,000 rows: typical values, repeated and mixed, so that dictionaries and several pages arise."""
    values = []
    for n in range(3_000):
        row = {name: TYPICAL[(n // step) % 6][name] for step, name in enumerate(FILE_SCHEMA.names[1:-1], 1)}
        values.append({"n": n, **row, "price": None if n % 7 == 0 else decimal.Decimal(n * n - 1_000_000).scaleb(-4)})
        # Before 1900 Spark's INT96 would need its calendar rebased; that is about Spark, not about us.
        for name in ("date", "time"):
            if values[-1][name] is not None and values[-1][name].year < 1900:
                values[-1][name] = None
    return pa.Table.from_pylist(values, FILE_SCHEMA)


def written_by_pyarrow(rows, folder):
    pyarrow.parquet.write_table(rows, folder / "pyarrow.parquet")
    return folder / "pyarrow.parquet"


def written_by_duckdb(rows, folder):
    import duckdb
    connection = duckdb.connect()
    connection.execute("set timezone='UTC'")
    connection.register("rows", rows)
    connection.execute(f"copy rows to '{folder}/duckdb.parquet'")
    return folder / "duckdb.parquet"


def written_by_polars(rows, folder):
    import polars
    polars.from_arrow(rows).write_parquet(folder / "polars.parquet")
    return folder / "polars.parquet"


@pytest.mark.parametrize("write", [written_by_pyarrow, written_by_duckdb, written_by_polars])
def test_parquet_files(write, rows, tmp_path):
    check_file(write(rows, tmp_path), rows)


def test_parquet_files_of_spark(spark, rows, tmp_path):
    source = written_by_pyarrow(rows, tmp_path)
    spark.ask(sql=f"insert overwrite directory '{tmp_path}/spark' using parquet select /*+ coalesce(1) */ * from parquet.`{source}`")
    (file,) = Path(tmp_path / "spark").glob("*.parquet")
    check_file(file, rows)


def check_file(file, rows):
    wanted = [row_form(row, rows.schema) for row in rows.to_pylist()]
    assert engines.lines(engines.table_cat(file)) == wanted
    assert engines.lines(engines.table_cat(file, "--columns", "list,n", "--limit", 1_001)) == [
        {"list": row["list"], "n": row["n"]} for row in wanted[:1_001]]


# Written by Java.

FIXTURES = SHARED / "kit" / "iceberg-java" / "fixtures"
PLACE = Path("/wikiguard-fixtures")
INDEX = json.loads((FIXTURES / "index.json").read_text()) if (FIXTURES / "index.json").exists() else []

REFUSED = {"v3": "format-version 3", "v3_dv": "format-version 3", "types_all_orc": "data files of format ORC"}


@pytest.fixture(scope="module")
def fixtures():
    """The fixtures at the place that their files name; made there for as long as the tests run."""
    if not INDEX:
        pytest.skip(f"no tables by Java at {FIXTURES}")
    if PLACE.exists():
        if not PLACE.samefile(FIXTURES):
            pytest.skip(f"{PLACE} is something else")
        yield FIXTURES
        return
    try:
        os.symlink(FIXTURES.resolve(), PLACE)
    except OSError as error:
        pytest.skip(f"the tables by Java name their files below {PLACE}, which cannot be made: {error}")
    yield FIXTURES
    PLACE.unlink(missing_ok=True)


@pytest.mark.parametrize("case", INDEX, ids=lambda case: case["name"])
def test_tables_by_java(case, fixtures):
    folder = fixtures / case["dir"]
    location = folder / case["metadata"]
    if case["name"] in REFUSED:
        assert REFUSED[case["name"]] in engines.table_cat(location, expect=65)
        return
    assert not case["refused"]
    for expect in case["expect"]:
        options = [part for key in ("snapshot", "ref") if key in expect for part in ("--" + key, expect[key])]
        wanted = engines.lines((folder / expect["rows"]).read_text())
        assert len(wanted) == expect["count"]
        floats = [name for name, kind in engines.our_schema(location, *options).items() if kind == "float"]
        assert form(engines.lines(engines.table_cat(location, *options)), floats) == form(wanted, floats)


READ = [case for case in INDEX if not case["refused"] and case["name"] not in REFUSED]


@pytest.mark.parametrize("case", READ, ids=lambda case: case["name"])
def test_filters_on_tables_by_java(case, fixtures):
    """Whatever the partitions, deletes and bounds: for every column the rows with a value and those without one are found."""
    location = fixtures / case["dir"] / case["metadata"]
    rows = engines.lines(engines.table_cat(location))
    for name, kind in engines.our_schema(location).items():
        if kind in ("float", "double"):
            continue
        quoted = '"' + name.replace('"', '""') + '"'
        assert engines.lines(engines.table_cat(location, "--where", f"{quoted} is null")) == [row for row in rows if row[name] is None]
        if not isinstance(kind, str):
            continue
        # No argument of a program can hold a NUL.
        values = [row[name] for row in rows if row[name] is not None and "\0" not in str(row[name])]
        for value in values[:1] + values[-1:]:
            constant = "'" + value.replace("'", "''") + "'" if isinstance(value, str) else json.dumps(value)
            found = engines.lines(engines.table_cat(location, "--where", f"{quoted} = {constant}"))
            assert found == [row for row in rows if row[name] == value], f"{name} = {constant}"
            others = engines.lines(engines.table_cat(location, "--where", f"not {quoted} in ({constant})"))
            assert others == [row for row in rows if row[name] not in (value, None)], f"not {name} in ({constant})"


@pytest.mark.parametrize("case", READ, ids=lambda case: case["name"])
def test_statistics_of_tables_by_java(case, fixtures):
    location = fixtures / case["dir"] / case["metadata"]
    whole, *files = engines.lines(engines.table_cat(location, "--stats"))
    data = [file for file in files if file["content"] == "data"]
    deletes = {file["file_path"]: file for file in files if file["content"] != "data"}
    assert (whole["files"], whole["delete_files"]) == (len(data), len(deletes))
    assert whole["record_count"] == sum(file["record_count"] for file in data) >= len(engines.lines(engines.table_cat(location)))
    assert {path for file in data for path in file["delete_files"]} == set(deletes)
    assert deletes or not case["name"].startswith(("pos_deletes", "eq_deletes"))
    for file in data:
        assert all(metrics.get("null_count", 0) <= metrics.get("value_count", file["record_count"]) for metrics in file["columns"].values())


def form(rows, floats):
    """Rows as text, so that NaN and -0.0 count; the order of rows and of members is nobody's. Java writes floats with the digits of a double."""
    short = lambda value: struct.unpack("f", struct.pack("f", value))[0] if isinstance(value, float) else value
    return sorted(json.dumps(row | {name: short(row[name]) for name in floats}, sort_keys=True) for row in rows)
