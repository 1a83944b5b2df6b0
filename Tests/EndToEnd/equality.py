"""When two pipelines are equal: the same rows in all columns but those that say who wrote a row and how often."""
import pyarrow as pa

from conftest import TABLES

# Who wrote a row; a run's own names; how often a window changed.
INCIDENTAL = {
    "batch_id", "run", "plan", "config", "quarantine_batch_id", "released_batch_id", "revision",
}


def contents(pipeline, quality=True, without=()):
    """The rows of every table, sorted, by table."""
    names = [name for name in TABLES if quality or not name.startswith("quality_")]
    return {name: rows(pipeline, name, INCIDENTAL | set(without)) for name in names}


def rows(pipeline, name, without=()):
    table: pa.Table = pipeline.rows(name)
    kept = [column for column in table.column_names if column not in without]
    return sorted(repr(tuple(row[column] for column in kept)) for row in table.select(kept).to_pylist())


def assert_equal(found, wanted, note=""):
    for name, lines in wanted.items():
        if found[name] == lines:
            continue
        missing = sorted(set(lines) - set(found[name]))
        extra = sorted(set(found[name]) - set(lines))
        raise AssertionError(
            f"{note} {name}: {len(found[name])} rows, wanted {len(lines)}; {len(missing)} missing, {len(extra)} more\n"
            f"missing {missing[:2]}\nmore    {extra[:2]}")
