"""table-cat as a user meets it: options, and one line for every file that it refuses."""
import gzip
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest

import engines
from engines import lines, table_cat


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """200,000 rows in two row groups."""
    path = tmp_path_factory.mktemp("file") / "rows.parquet"
    table = pa.table({"n": pa.array(range(200_000)), "text": [f"row {n}" for n in range(200_000)]})
    pyarrow.parquet.write_table(table, path, row_group_size=150_000)
    return path


def metadata(pipeline, name="silver_events"):
    return Path(pipeline.metadata(name).removeprefix("file://"))


def test_rows_in_order(file):
    rows = lines(table_cat(file))
    assert [row["n"] for row in rows] == list(range(200_000))
    assert rows[170_001] == {"n": 170_001, "text": "row 170001"}


def test_limit_and_columns(file):
    assert table_cat(file, "--limit", 0) == ""
    assert lines(table_cat(file, "--limit", 2, "--columns", "text")) == [{"text": "row 0"}, {"text": "row 1"}]
    assert len(lines(table_cat(file, "--limit", 150_001))) == 150_001
    assert list(lines(table_cat(file, "--limit", 1, "--columns", "text,n"))[0]) == ["text", "n"]


def test_schema_of_a_file(file):
    assert lines(table_cat(file, "--schema")) == [
        {"id": None, "name": "n", "required": False, "type": "int64"},
        {"id": None, "name": "text", "required": False, "type": "string"}]


def test_a_path_relative_to_the_working_directory(file, monkeypatch):
    monkeypatch.chdir(file.parent)
    assert lines(table_cat(file.name, "--limit", 1)) == [{"n": 0, "text": "row 0"}]
    assert table_cat(f"file://{file}", "--limit", 1) == table_cat(f"file:{file}", "--limit", 1)


def test_a_table(filled):
    location = metadata(filled)
    count = int(filled.catalog().load_table(("wikiguard", "silver_events")).current_snapshot().summary["total-records"])
    rows = lines(table_cat(location))
    assert len(rows) == count
    assert lines(table_cat(location, "--limit", 3)) == rows[:3]
    assert [field["id"] for field in lines(table_cat(location, "--schema"))] == list(range(1, len(rows[0]) + 1))
    files = lines(table_cat(location, "--files"))
    assert sum(file["record_count"] for file in files) == count
    assert {row["event_date"] for row in rows} == {file["partition"]["event_date"] for file in files}


def test_compressed_metadata(filled, tmp_path):
    plain = metadata(filled, "gold_global_metrics_10min")
    for name in ["v1.gz.metadata.json", "anything"]:
        (tmp_path / name).write_bytes(gzip.compress(plain.read_bytes()))
        assert table_cat(tmp_path / name) == table_cat(plain) != ""


@pytest.mark.parametrize("arguments, words", [
    (["--columns", "nn"], "has no column nn (did you mean"), (["--columns", ","], "--columns"), (["--columns", "n,n"], "--columns"),
    (["--limit", "-1"], "--limit"), (["--limit", "x"], "--limit"), (["--snapshot", "1"], "--ref are for tables"),
    (["--as-of", "1"], "are for tables"), (["--files"], "--files is for tables"), (["--schema", "--files"], "exclude each other"),
    (["--stats", "--files"], "exclude each other"), (["--snapshot", "1", "--ref", "x"], "exclude each other"),
    (["--as-of", "1", "--ref", "x"], "exclude each other"), (["--as-of", "1", "--snapshot", "2"], "exclude each other"),
    (["--as-of", "yesterday"], "neither a time"), (["--where", "n ="], "at character 4: "), (["--where", "( )"], "at character 3: "),
    (["--limit", "1", "--stats"], "--limit is for rows"),
    (["--where", "n = 1", "--schema"], "--where"), (["--where", "n = 1", "--stats"], "--where"), (["--wher", "1"], "did you mean")])
def test_wrong_usage(file, arguments, words):
    assert words in table_cat(file, *arguments, expect=64)


def test_no_file():
    assert "FILE is missing" in table_cat(expect=64)
    assert "/nowhere/x.parquet" in table_cat("/nowhere/x.parquet", expect=65)
    assert "s3://bucket/x.parquet" in table_cat("s3://bucket/x.parquet", expect=64)


def test_a_snapshot_that_is_not_there(filled):
    assert "snapshot 1 does not exist" in table_cat(metadata(filled), "--snapshot", 1, expect=65)


@pytest.mark.parametrize("content", [b"", b"P", b"PAR1", b"PAR1PAR1", b"PAR1\xff\xff\xff\xffPAR1", b"{", b"{}", b"\x1f\x8b", b"text"])
@pytest.mark.parametrize("name", ["x.parquet", "x.metadata.json", "x"])
def test_what_is_neither(content, name, tmp_path):
    (tmp_path / name).write_bytes(content)
    assert name in table_cat(tmp_path / name, expect=65)


def test_damaged_files(file, tmp_path):
    """A file cut at some places, and one with bytes overwritten in its pages and footer: refused, each in one line."""
    whole = file.read_bytes()
    damaged = tmp_path / "damaged.parquet"
    for length in [len(whole) // 2, len(whole) - 1, len(whole) - 9]:
        damaged.write_bytes(whole[:length])
        assert "damaged.parquet" in table_cat(damaged, expect=65)
    for position in [5_000, len(whole) // 2, len(whole) - 40]:
        damaged.write_bytes(whole[:position] + b"\xff" * 32 + whole[position + 32:])
        assert "damaged.parquet" in table_cat(damaged, expect=65)


def test_a_table_whose_file_is_gone(filled, tmp_path):
    document = json.loads(metadata(filled).read_text())
    listed = document["snapshots"][-1]["manifest-list"]
    document["snapshots"][-1]["manifest-list"] = listed + "-gone"
    (tmp_path / "t.metadata.json").write_text(json.dumps(document))
    assert "-gone" in table_cat(tmp_path / "t.metadata.json", expect=65)
    document["format-version"] = 3
    (tmp_path / "t.metadata.json").write_text(json.dumps(document))
    assert "format-version 3" in table_cat(tmp_path / "t.metadata.json", expect=65)


def test_output_that_cannot_be_written(file):
    import subprocess
    with open("/dev/full", "w") as full:
        done = subprocess.run([engines.PROGRAMS / "table-cat", file], stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 69 and "standard output" in done.stderr
    head = subprocess.run(f"{engines.PROGRAMS}/table-cat {file} | head -n 1", shell=True, capture_output=True, text=True)
    assert head.stdout == '{"n":0,"text":"row 0"}\n' and head.stderr == ""
