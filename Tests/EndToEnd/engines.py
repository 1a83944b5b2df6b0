"""Engines that we did not write, each reading an Iceberg table into a pyarrow table; our own reader; and digests to compare them."""
import contextlib
import datetime
import json
import math
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa

from conftest import PROGRAMS, SHARED


# Our own reader.

def table_cat(*arguments, expect=0):
    """The standard output of `table-cat`; with `expect` 65, its one-line complaint."""
    done = subprocess.run([PROGRAMS / "table-cat", *map(str, arguments)], capture_output=True, timeout=120)
    words = done.stderr.decode("utf-8", "replace")
    assert done.returncode == expect, f"table-cat {arguments}: exit {done.returncode}, wanted {expect}\n{words}"
    if expect:
        assert words.startswith("table-cat: ") and words.count("\n") == 1 and not done.stdout, words
        return words
    return done.stdout.decode("utf-8")


def lines(text):
    """The rows of JSON lines."""
    return [json.loads(line) for line in text.split("\n") if line]


def our_schema(location, *options):
    """Column names with Iceberg's types, as our reader has them."""
    return {field["name"]: field["type"] for field in lines(table_cat(location, "--schema", *options))}


def ours(location, *options):
    """What our reader says, as a pyarrow table."""
    return arrow_table(lines(table_cat(location, *options)), our_schema(location, *options))


ARROW_TYPES = {
    "boolean": pa.bool_(), "int": pa.int32(), "long": pa.int64(), "float": pa.float32(), "double": pa.float64(),
    "date": pa.date32(), "timestamptz": pa.timestamp("us", tz="UTC"), "string": pa.string(), "binary": pa.binary(),
}


def arrow_type(kind):
    if isinstance(kind, dict):
        return pa.list_(arrow_type(kind["element"]))
    return ARROW_TYPES[kind]


def arrow_table(rows, schema):
    """Rows in the form of `table-cat` (and of ice_spark.py) as a pyarrow table of those types."""
    columns = [pa.array([from_json(row[name], kind) for row in rows], arrow_type(kind)) for name, kind in schema.items()]
    return pa.table(columns, names=list(schema))


def from_json(value, kind):
    if value is None:
        return None
    if isinstance(kind, dict):
        return [from_json(item, kind["element"]) for item in value]
    if kind == "date":
        return datetime.date.fromisoformat(value)
    if kind == "timestamptz":
        return datetime.datetime.fromisoformat(value)
    if kind == "binary":
        return bytes.fromhex(value)
    return float(value) if kind in ("float", "double") else value


# The others.

def pyiceberg(pipeline, name):
    return pipeline.rows(name)


def pyiceberg_folder(pipeline, name):
    """PyIceberg without a catalog: the table's folder, through version-hint.text."""
    from pyiceberg.table import StaticTable
    return StaticTable.from_metadata(str(folder(pipeline, name))).scan().to_arrow()


def duckdb_connection():
    import duckdb as engine
    connection = engine.connect(config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"})
    for extension in ("avro", "iceberg"):
        package = Path(find_spec(f"duckdb_extension_{extension}").origin).parent
        found = next(package.glob(f"extensions/v{engine.__version__}/{extension}.duckdb_extension"))
        connection.execute(f"load '{found}'")
    connection.execute("set timezone='UTC'")
    return connection


def duckdb(pipeline, name):
    return duckdb_connection().execute(f"select * from iceberg_scan('{pipeline.metadata(name)}')").to_arrow_table()


def duckdb_folder(pipeline, name):
    """DuckDB without a catalog: the table's folder, through version-hint.text."""
    return duckdb_connection().execute(f"select * from iceberg_scan('{folder(pipeline, name)}')").to_arrow_table()


def chdb(pipeline, name):
    """ClickHouse (chdb), from the table's folder: it takes the metadata file of the highest number. It knows no bytes beside text: binary columns come as hex."""
    import chdb as engine
    import io
    import pyarrow.ipc
    schema = our_schema(pipeline.metadata(name))
    wanted = [f"lower(hex({c})) as {c}" if kind == "binary" else c for c, kind in schema.items()]
    with contextlib.chdir(folder(pipeline, name)):  # it reads only below the working directory
        data = engine.query(f"select {', '.join(wanted)} from icebergLocal('.')", "ArrowStream").bytes()
    if not data:
        return arrow_table([], schema)
    return pyarrow.ipc.open_stream(io.BytesIO(data)).read_all()


def polars(pipeline, name):
    import polars as engine
    return engine.scan_iceberg(pipeline.metadata(name), reader_override="native").collect().to_arrow()


def folder(pipeline, name):
    return Path(pipeline.metadata(name).removeprefix("file://")).parent.parent


# All that need nothing but Python packages.
ENGINES = [pyiceberg, pyiceberg_folder, duckdb, duckdb_folder, chdb, polars]


class Spark:
    """One Spark session with Java's Iceberg for many reads, since starting it takes most of the time."""

    KIT = SHARED / "kit" / "iceberg-java"

    @classmethod
    def missing(cls):
        """Why it cannot run here, None where it can."""
        if not (cls.KIT / "ice_spark.py").exists():
            return f"no Java Iceberg at {cls.KIT}"
        if find_spec("pyspark") is None:
            return "pyspark is not installed"
        return None if shutil.which("java") else "java is not installed"

    def __init__(self, log):
        self.log = log
        self.process = subprocess.Popen(
            [sys.executable, self.KIT / "ice_spark.py", "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=log, text=True)
        assert "ready" in self.answer()

    def answer(self):
        line = self.process.stdout.readline()
        assert line, f"Spark has ended; see {self.log.name}"
        return json.loads(line)

    def ask(self, **request):
        """Rows, by the kit's README; an error of Spark's is one of the test."""
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        answer = self.answer()
        assert "error" not in answer, answer["error"]
        return answer.get("rows")

    def __call__(self, pipeline, name):
        location = pipeline.metadata(name)
        return arrow_table(self.ask(read=location), our_schema(location))

    def stop(self):
        self.process.stdin.close()
        self.process.wait(timeout=60)


# Digests.

def digest(table):
    """Row count, and by column: nulls, smallest, largest, sum, and an order-free checksum of the values' text.

    Checksums are only equal within one process.
    """
    columns = {}
    for name in sorted(table.column_names):
        present = [plain(value) for value in canonical(table.column(name)).drop_null().to_pylist()]
        ordered = [value for value in present if value == value]
        is_numeric = bool(present) and isinstance(present[0], (int, float)) and not isinstance(present[0], bool)
        columns[name] = {
            "nulls": table.num_rows - len(present),
            "min": min(ordered, default=None),
            "max": max(ordered, default=None),
            "sum": math.fsum(ordered) if is_numeric else None,
            "checksum": sum(hash(text(value)) for value in present) % (1 << 64),
        }
    return table.num_rows, columns


def differences(found, wanted):
    """What the digests of two tables do not agree on, in words."""
    if found[0] != wanted[0]:
        return [f"{found[0]} rows instead of {wanted[0]}"]
    if set(found[1]) != set(wanted[1]):
        return [f"columns {sorted(set(found[1]) ^ set(wanted[1]))} are only in one"]
    return [f"{name}: {found[1][name]} instead of {column}" for name, column in wanted[1].items() if found[1][name] != column]


def text(value):
    return repr(value + 0.0) if isinstance(value, float) else str(value)


def canonical(column):
    """One type for a column whatever the engine calls it: times as microseconds, dates as days."""
    if pa.types.is_timestamp(column.type):
        return column.cast(pa.timestamp("us", column.type.tz)).cast(pa.int64())
    return column.cast(pa.int32()) if pa.types.is_date32(column.type) else column


def plain(value):
    """One form for a value: bytes as hex."""
    return bytes(value).hex() if isinstance(value, (bytes, bytearray)) else value
