"""table-cat over the files of apache/parquet-testing: rows as pyarrow reads them, or one line and exit 65."""
import json
import math
import struct

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from conftest import SHARED
from engines import lines, table_cat

FOLDER = SHARED / "fixtures" / "parquet-testing"
REFUSED = {
    "PARQUET-1481", "ARROW-RS-GH-6229-DICTHEADER", "ARROW-RS-GH-6229-LEVELS", "ARROW-GH-41317", "ARROW-GH-41321",
    "ARROW-GH-45185", "ARROW-GH-47662", "datapage_v1-corrupt-checksum", "rle-dict-uncompressed-corrupt-checksum",
    "nation.dict-malformed"}
# pyarrow refuses bit width 0 and optional keys, and has no time in the year 290000.
READ_BY_US_ALONE = {"ARROW-GH-43605", "incorrect_map_schema", "int96_from_spark"}

files = sorted([*FOLDER.glob("data/*.parquet"), *FOLDER.glob("bad_data/*.parquet")])
pytestmark = pytest.mark.skipif(not files, reason=f"no {FOLDER}")


def number(value):
    """A floating-point number of single precision at most, so that shortest forms of different widths are equal."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return struct.unpack("f", struct.pack("f", value))[0]


def moment(value, zone):
    text = value.isoformat(timespec="microseconds").removesuffix("+00:00")
    return text + ("+00:00" if zone else "")


def form(value, kind):
    """A value of pyarrow's as table-cat writes it."""
    if value is None:
        return None
    if pa.types.is_map(kind):
        pairs = [[form(k, kind.key_type), form(v, kind.item_type)] for k, v in value]
        return sorted(pairs, key=lambda pair: json.dumps(pair[0], ensure_ascii=False))
    if pa.types.is_list(kind):
        return [form(element, kind.value_type) for element in value]
    if pa.types.is_struct(kind):
        return {field.name: form(value[field.name], field.type) for field in kind}
    if pa.types.is_floating(kind):
        return value if pa.types.is_float64(kind) and math.isfinite(value) else number(float(value))
    if pa.types.is_decimal(kind):
        return f"{value:f}"
    if isinstance(value, bytes):
        return value.hex()
    if pa.types.is_timestamp(kind):
        return moment(value, kind.tz)
    if pa.types.is_date(kind) or pa.types.is_time(kind):
        return value.isoformat() if pa.types.is_date(kind) else value.isoformat(timespec="microseconds")
    return value


def single(value):
    """Our numbers in the precision that `form` compares."""
    return number(value) if isinstance(value, float) else value


@pytest.mark.parametrize("path", files, ids=lambda path: path.stem)
def test_every_file(path):
    if path.stem in REFUSED:
        assert path.name in table_cat(path, expect=65)
        return
    rows = lines(table_cat(path))
    if path.stem in READ_BY_US_ALONE:
        assert rows
        return
    table = pq.ParquetFile(path).read()
    table = table.cast(pa.schema([
        pa.field(f.name, pa.timestamp("us", f.type.tz or "UTC") if pa.types.is_timestamp(f.type) and f.type.unit == "ns"
                 else f.type, f.nullable) for f in table.schema]))
    assert len(rows) == table.num_rows
    for field in table.schema:
        wanted = [form(value, field.type) for value in table[field.name].to_pylist()]
        ours = [row[field.name] for row in rows]
        if pa.types.is_floating(field.type) and not pa.types.is_float64(field.type):
            ours = [single(value) for value in ours]
        assert ours == wanted, field.name
