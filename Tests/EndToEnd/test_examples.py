"""The example program, and what another engine sees of the table that it leaves."""
import subprocess

import pyarrow as pa
from pyiceberg.catalog.sql import SqlCatalog

from conftest import PROGRAMS


def run(*arguments, expect=0):
    done = subprocess.run([PROGRAMS / "iceberg-example", *map(str, arguments)], capture_output=True, text=True, timeout=60)
    assert done.returncode == expect, done.stderr
    return done.stdout if expect == 0 else done.stderr


def test_a_table_from_nothing(tmp_path):
    printed = run(tmp_path).splitlines()
    assert printed[:4] == [
        f"created lake.readings in {tmp_path}, partitioned by day",
        "appended 3 rows in 2 files: snapshot 1",
        "evolved the schema: sensor is called station, celsius is a double, humidity is new",
        "appended 2 rows in 1 files: snapshot 2",
    ]
    start = printed.index("where celsius > 20: 2 files to read, 1 skipped by their bounds")
    assert printed[start + 1 : start + 3] == ["  station=attic celsius=21.5", "  station=attic celsius=24.25"]
    start = printed.index("as of the first snapshot: 2 files to read, 0 skipped by their bounds")
    assert printed[start + 1 : start + 4] == [
        "  sensor=attic day=20000 celsius=21.5", "  sensor=cellar day=20000 celsius=null",
        "  sensor=attic day=20001 celsius=24.25",
    ]

    table = SqlCatalog("example", uri=f"sqlite:///{tmp_path}/catalog.sqlite").load_table("lake.readings")
    assert printed[-1] == f"any engine reads it: {table.metadata_location}"
    rows = table.scan().to_arrow().sort_by([("day", "ascending"), ("celsius", "ascending")]).to_pylist()
    assert [(row["station"], row["celsius"], row["humidity"]) for row in rows] == [
        ("attic", 21.5, None), ("cellar", None, None), ("attic", 24.25, None), ("cellar", 11.125, 0.75),
        ("attic", 19.0, 0.5),
    ]
    assert table.schema().as_arrow().field("celsius").type == pa.float64()


def test_a_second_table_of_that_name_is_refused(tmp_path):
    run(tmp_path)
    assert "lake.readings" in run(tmp_path, expect=70)


def test_a_directory_that_cannot_be_made():
    assert run("/proc/nowhere/at/all", expect=70).startswith("iceberg-example: ")
