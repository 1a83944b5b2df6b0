"""table-cat's filters, times and statistics: against DuckDB, PyIceberg and pyarrow reading the same files."""
import datetime
import decimal
import json
import random
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet
import pytest

from engines import lines, table_cat

UTC = datetime.timezone.utc
START = datetime.datetime(2023, 12, 31, 23, 0, tzinfo=UTC)
WORDS = ["", "a", "ab", "abc", "b%", "it's", "é", "𝄞x", "zz"]


def column(kind, count, choose):
    """Values of a kind, an eighth of them null; `choose` draws."""
    make = {
        "int": lambda: choose.randint(-50, 50), "long": lambda: choose.randint(-2**40, 2**40), "flag": lambda: choose.random() < 0.5,
        "ratio": lambda: choose.choice([float("nan"), float("inf"), -0.0, choose.uniform(-9, 9)]), "word": lambda: choose.choice(WORDS),
        "price": lambda: decimal.Decimal(choose.randint(-99999, 99999)).scaleb(-2),
        "day": lambda: datetime.date(2024, 1, 1) + datetime.timedelta(days=choose.randint(-40, 40)),
        "moment": lambda: START + datetime.timedelta(seconds=choose.randint(0, 10_000_000), microseconds=choose.randint(0, 999_999))}[kind]
    return [None if choose.random() < 0.125 else make() for _ in range(count)]


TYPES = {
    "int": pa.int32(), "long": pa.int64(), "flag": pa.bool_(), "ratio": pa.float64(), "word": pa.string(), "price": pa.decimal128(9, 2),
    "day": pa.date32(), "moment": pa.timestamp("us", tz="UTC")}


@pytest.fixture(scope="module", params=["sorted with indexes", "as it comes", "dictionaries and bloom filters"])
def file(request, tmp_path_factory):
    choose = random.Random(request.param)
    count = 4000
    table = pa.table(
        {"n": range(count)} | {kind: pa.array(column(kind, count, choose), type) for kind, type in TYPES.items()}
        | {"point": pa.array([None if n % 9 == 0 else {"x": n % 13 - 6, "tag": f"t{n % 4}"} for n in range(count)])})
    path = tmp_path_factory.mktemp("where") / "rows.parquet"
    if "sorted" in request.param:
        table = table.sort_by("moment")
        pyarrow.parquet.write_table(table, path, row_group_size=1000, data_page_size=500, write_page_index=True, write_batch_size=50)
    elif "bloom" in request.param:
        connection = duckdb.connect()
        connection.register("rows", table)
        connection.execute(f"copy rows to '{path}' (format parquet, row_group_size 2048)")
    else:
        pyarrow.parquet.write_table(table, path, row_group_size=1500, use_dictionary=False, data_page_version="2.0")
    return path


def constant(kind, choose):
    """A constant as both take it."""
    return {
        "int": lambda: str(choose.randint(-60, 60)), "long": lambda: str(choose.randint(-2**41, 2**41)),
        "ratio": lambda: choose.choice(["0", "-1.5", "1e300", "'NaN'", "'Infinity'", "2.25"]),
        "word": lambda: "'" + choose.choice(WORDS).replace("'", "''") + "'", "flag": lambda: choose.choice(["TRUE", "false"]),
        "price": lambda: choose.choice(["0", "-12.34", "500.5", "'99.99'"]),
        "day": lambda: f"'{datetime.date(2024, 1, 1) + datetime.timedelta(days=choose.randint(-50, 50))}'",
        "moment": lambda: f"'{(START + datetime.timedelta(seconds=choose.randint(-1000, 11_000_000))).isoformat()}'"}[kind]()


def condition(choose, depth=3):
    kind = choose.choice([*TYPES, "point.x"])
    pick = choose.randrange(11 if depth else 6)
    like = "int" if kind == "point.x" else kind
    if pick <= 1:
        return f"{kind} {choose.choice(['=', '<>', '!=', '<', '<=', '>', '>='])} {constant(like, choose)}"
    if pick == 2:
        return f"{kind} {choose.choice(['', 'NOT '])}IN ({', '.join(constant(like, choose) for _ in range(choose.randint(1, 4)))})"
    if pick == 3:
        return f"{kind} IS {choose.choice(['', 'not '])}NULL"
    if pick == 4:
        return f"word {choose.choice(['', 'NOT '])}LIKE '{choose.choice(['a', 'ab', 'z', 'it', 'é', ''])}%'"
    if pick == 5:
        return f"{kind} {choose.choice(['', 'NOT '])}BETWEEN {constant(like, choose)} AND {constant(like, choose)}"
    if pick == 6:
        return f"NOT ({condition(choose, depth - 1)})"
    return f"({condition(choose, depth - 1)}) {choose.choice(['AND', 'or'])} ({condition(choose, depth - 1)})"


def test_duckdb_finds_the_same_rows(file):
    choose = random.Random(5)
    connection = duckdb.connect()
    connection.execute("set timezone = 'UTC'")
    sizes = set()
    for _ in range(60):
        where = condition(choose)
        expected = [n for n, in connection.execute(f"select n from '{file}' where {where}").fetchall()]
        assert [row["n"] for row in lines(table_cat(file, "--where", where, "--columns", "n"))] == expected, where
        sizes.add(len(expected))
    assert len(sizes) > 20


def test_filters_go_with_everything_else(file):
    rows = lines(table_cat(file, "--where", "flag AND point.tag = 't1'"))
    assert len(rows) > 100 and all(row["flag"] and row["point"]["tag"] == "t1" for row in rows)
    assert lines(table_cat(file, "--where", "flag AND point.tag = 't1'", "--limit", "7", "--columns", "word,n")) == [
        {"word": row["word"], "n": row["n"]} for row in rows[:7]]
    assert table_cat(file, "--where", "FALSE") == "" and len(lines(table_cat(file, "--where", "TRUE"))) == 4000


def test_types_of_parquet_alone(tmp_path):
    """Unsigned numbers, times of other units, bytes: compared as what they mean."""
    count = 1000
    at = [datetime.datetime(2024, 1, 1) + datetime.timedelta(seconds=n) for n in range(count)]
    table = pa.table({
        "n": range(count), "u64": pa.array([2**64 - 1 - n for n in range(count)], pa.uint64()),
        "u32": pa.array([2**32 - 1 - n for n in range(count)], pa.uint32()), "u8": pa.array([n % 256 for n in range(count)], pa.uint8()),
        "ms": pa.array(at, pa.timestamp("ms")), "ns": pa.array(at, pa.timestamp("ns", tz="UTC")),
        "raw": pa.array([n.to_bytes(2) for n in range(count)]), "fixed": pa.array([n.to_bytes(4) for n in range(count)], pa.binary(4)),
        "half": pa.array([n / 8 for n in range(count)], pa.float32()).cast(pa.float16())})
    pyarrow.parquet.write_table(table, tmp_path / "t.parquet", row_group_size=300, write_page_index=True, data_page_size=400)
    for where, expected in [
        ("u64 >= 18446744073709551613", [0, 1, 2]), ("u64 = 18446744073709551000", [615]), ("u64 < 1", []),
        ("u32 > 4294967293", [0, 1]), ("u8 = 255", [255, 511, 767]), ("ms < '2024-01-01T00:00:02'", [0, 1]),
        ("ns >= '2024-01-01T01:16:38+01:00' and n < 1000", [998, 999]), ("raw = '03e7'", [999]), ("raw < '0002'", [0, 1]),
        ("fixed in ('00000001', '000003e7')", [1, 999]), ("half = 0.125", [1]), ("half < 0.2", [0, 1])]:
        assert [row["n"] for row in lines(table_cat(tmp_path / "t.parquet", "--where", where))] == expected, where


def location(pipeline, name="silver_events"):
    return Path(pipeline.metadata(name).removeprefix("file://"))


def test_a_tables_rows(filled):
    path = location(filled)
    rows = lines(table_cat(path))
    some = rows[len(rows) // 2]
    found = lines(table_cat(path, "--where", f"event_date = '{some['event_date']}' AND wiki = '{some['wiki']}' AND NOT is_bot"))
    assert found == [
        row for row in rows if row["event_date"] == some["event_date"] and row["wiki"] == some["wiki"] and row["is_bot"] is False]
    assert 0 < len(found) < len(rows)
    files = lines(table_cat(path, "--files", "--where", f"event_timestamp = '{some['event_timestamp']}'"))
    assert 0 < len(files) < len(lines(table_cat(path, "--files")))
    assert "did you mean" in table_cat(path, "--where", "is_bott", expect=64)


def test_as_of(filled):
    path = location(filled)
    document = json.loads(path.read_text())
    log = document["snapshot-log"]
    assert len(log) > 1
    for entry in log[:3]:
        moment = datetime.datetime.fromtimestamp(entry["timestamp-ms"] / 1000, UTC)
        last = max(other["snapshot-id"] for other in log if other == [e for e in log if e["timestamp-ms"] <= entry["timestamp-ms"]][-1])
        expected = table_cat(path, "--snapshot", last)
        for time in [entry["timestamp-ms"], moment.isoformat(timespec="milliseconds"), moment.astimezone(
                datetime.timezone(datetime.timedelta(hours=2))).isoformat(timespec="milliseconds")]:
            assert table_cat(path, "--as-of", time) == expected
    assert table_cat(path, "--as-of", "2999-01-01") == table_cat(path)
    assert "no snapshot from before" in table_cat(path, "--as-of", "1970-01-01T00:00:01Z", expect=65)
    assert lines(table_cat(path, "--as-of", log[0]["timestamp-ms"], "--schema"))


def test_statistics_of_a_file(file):
    check_statistics(file)
    assert {line["column"] for line in lines(table_cat(file, "--stats", "--columns", "point,n")) if "pages" in line} == {
        "n", "point.x", "point.tag"}


def test_statistics_of_our_own_files(filled):
    """What our writer says of sizes, encodings and pages is what is there: by pyarrow's reading of the footer, and page by page."""
    for file in lines(table_cat(location(filled), "--files"))[:3]:
        check_statistics(Path(file["file_path"].removeprefix("file://")))


def check_statistics(file):
    output = lines(table_cat(file, "--stats"))
    metadata = pyarrow.parquet.read_metadata(file)
    whole = [line for line in output if "row_groups" in line]
    groups = [line for line in output if "sorting_columns" in line]
    chunks = [line for line in output if "pages" in line]
    assert (whole[0]["row_count"], whole[0]["row_groups"], whole[0]["created_by"]) == (
        metadata.num_rows, metadata.num_row_groups, metadata.created_by)
    assert [group["row_count"] for group in groups] == [metadata.row_group(n).num_rows for n in range(metadata.num_row_groups)]
    assert len(chunks) == metadata.num_row_groups * metadata.num_columns
    for position, chunk in enumerate(chunks):
        theirs = metadata.row_group(position // metadata.num_columns).column(position % metadata.num_columns)
        assert (chunk["column"], chunk["value_count"], chunk["compressed_size"], chunk["uncompressed_size"]) == (
            theirs.path_in_schema, theirs.num_values, theirs.total_compressed_size, theirs.total_uncompressed_size)
        assert chunk["type"] == theirs.physical_type
        assert sorted(chunk["encodings"]) == sorted(theirs.encodings) and chunk["codec"] == theirs.compression
        assert chunk["null_count"] == theirs.statistics.null_count
        if theirs.physical_type in ("INT32", "INT64") and chunk["column"] in ("n", "int", "long", "point.x"):
            assert (chunk["min"], chunk["max"]) == (theirs.statistics.min, theirs.statistics.max)
        if chunk["column"] == "price":
            assert (chunk["min"], chunk["max"]) == (str(theirs.statistics.min), str(theirs.statistics.max))
        if chunk["column"] in ("day", "moment"):
            assert chunk["min"][:10] == str(theirs.statistics.min)[:10] and chunk["max"][:10] == str(theirs.statistics.max)[:10]
        data = [page for page in chunk["pages"] if page["kind"].startswith("data")]
        assert sum(page["compressed_size"] for page in chunk["pages"]) == chunk["compressed_size"]
        assert sum(page["value_count"] for page in data) == chunk["value_count"]
        assert all(page["encoding"] in chunk["encodings"] for page in data)
        if theirs.has_offset_index:
            assert sum(page["row_count"] for page in data) == metadata.row_group(position // metadata.num_columns).num_rows
            if theirs.has_column_index:
                assert sum(page["null_count"] for page in data) == chunk["null_count"]


def test_statistics_of_a_table(filled):
    path = location(filled)
    output = lines(table_cat(path, "--stats"))
    table = filled.catalog().load_table(("wikiguard", "silver_events"))
    snapshot = table.current_snapshot()
    assert output[0]["snapshot_id"] == snapshot.snapshot_id and output[0]["record_count"] == int(snapshot.summary["total-records"])
    theirs = {row["file_path"]: row for row in table.inspect.files().to_pylist()}
    assert {line["file_path"] for line in output[1:]} == set(theirs) and output[0]["files"] == len(theirs)
    for line in output[1:]:
        file = theirs[line["file_path"]]
        assert (line["record_count"], line["file_size_in_bytes"], line["split_offsets"]) == (
            file["record_count"], file["file_size_in_bytes"], file["split_offsets"])
        readable = file["readable_metrics"]
        assert line["content"] == "data" and line["delete_files"] == []
        for name, metrics in line["columns"].items():
            known = readable.get(name)
            if known is None:
                continue
            assert (metrics["size"], metrics["value_count"], metrics["null_count"]) == (
                known["column_size"], known["value_count"], known["null_value_count"])
        for name in ["event_date", "event_timestamp"]:
            assert line["columns"][name]["lower_bound"] == readable[name]["lower_bound"] or (
                line["columns"][name]["upper_bound"][:10] == str(readable[name]["upper_bound"])[:10])
        assert line["columns"]["wiki"]["lower_bound"] == readable["wiki"]["lower_bound"]
