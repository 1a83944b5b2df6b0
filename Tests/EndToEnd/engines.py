"""Engines that we did not write, each reading an Iceberg table from its metadata file into a pyarrow table."""
import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa


def pyiceberg(pipeline, name):
    return pipeline.rows(name)


def duckdb(pipeline, name):
    import duckdb as engine
    import importlib.util
    connection = engine.connect(config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"})
    for extension in ("avro", "iceberg"):
        package = Path(importlib.util.find_spec(f"duckdb_extension_{extension}").origin).parent
        found = next(package.glob(f"extensions/v{engine.__version__}/{extension}.duckdb_extension"))
        connection.execute(f"load '{found}'")
    connection.execute("set timezone='UTC'")
    return connection.execute(f"select * from iceberg_scan('{pipeline.metadata(name)}')").to_arrow_table()


def chdb(pipeline, name):
    import chdb as engine
    import io
    import pyarrow.ipc
    folder = Path(pipeline.metadata(name).removeprefix("file://")).parent.parent
    result = engine.query(f"select * from icebergLocal('{folder}')", "ArrowStream")
    data = result.bytes()
    if not data:
        return None
    return pyarrow.ipc.open_stream(io.BytesIO(data)).read_all()


def polars(pipeline, name):
    import polars as engine
    return engine.scan_iceberg(pipeline.metadata(name), reader_override="native").collect().to_arrow()


class Spark:
    """One Spark session for many reads, since starting it takes most of the time."""

    def __init__(self, kit):
        self.kit = kit

    def read(self, pipeline, name, out):
        subprocess.run(
            [sys.executable, self.kit / "ice_spark.py", "read", pipeline.metadata(name), "--out", out], check=True,
            capture_output=True, env={**os.environ, "TZ": "UTC"})


def digest(table):
    """Row count, and by column: nulls, smallest, largest, sum, and an order-free checksum of the values' text."""
    columns = {}
    for field in sorted(table.schema, key=lambda field: field.name):
        values = [plain(value) for value in table.column(field.name).to_pylist()]
        present = [value for value in values if value is not None]
        numeric = [value for value in present if isinstance(value, (int, float)) and not isinstance(value, bool)]
        columns[field.name] = {
            "nulls": len(values) - len(present),
            "min": min(present, default=None, key=order),
            "max": max(present, default=None, key=order),
            "sum": round(sum(numeric), 6) if numeric else None,
            "checksum": sum(hash_text(text(value)) for value in present) % (1 << 64),
        }
    return table.num_rows, columns


def order(value):
    return text(value)


def text(value):
    if isinstance(value, float):
        return repr(value + 0.0)
    return str(value)


def hash_text(value):
    import hashlib
    return int.from_bytes(hashlib.blake2b(value.encode("utf-8", "surrogateescape"), digest_size=8).digest(), "little")


def plain(value):
    """One form for a value whatever the engine calls its type."""
    import datetime
    if isinstance(value, datetime.datetime):
        if value.tzinfo is None:
            value = value.replace(tzinfo=datetime.timezone.utc)
        epoch = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
        delta = value - epoch
        return (delta.days * 86400 + delta.seconds) * 1_000_000 + delta.microseconds
    if isinstance(value, datetime.date):
        return (value - datetime.date(1970, 1, 1)).days
    if isinstance(value, (bytes, bytearray)):
        return bytes(value).hex()
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value
