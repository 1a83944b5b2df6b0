/// What the tests run in Python: other engines reading and writing Parquet, with all values as text.
enum PythonScript {
  static let text = engines + property + modes

  private static let engines = #"""
    import datetime, decimal, os, random, struct, sys
    import pyarrow as pa, pyarrow.parquet as pq

    def leaf(value, type):
        if value is None: return "null"
        if pa.types.is_boolean(type): return "true" if value else "false"
        if pa.types.is_float16(type): return "nan" if value != value else "f%x" % struct.unpack("<I", struct.pack("<f", float(value)))
        if pa.types.is_float32(type): return "nan" if value != value else "f%x" % struct.unpack("<I", struct.pack("<f", value))
        if pa.types.is_float64(type): return "nan" if value != value else "d%x" % struct.unpack("<Q", struct.pack("<d", value))
        if isinstance(value, str): return "x" + value.encode().hex()
        if isinstance(value, bytes): return "x" + value.hex()
        return str(int(value))

    def decimals(array, type):
        values = [None if v is None else int(v.scaleb(type.scale, decimal.Context(prec=80))) for v in array.to_pylist()]
        if type.precision <= 38: return values
        width = next(w for w in range(1, 34) if 10**type.precision - 1 < 2 ** (8 * w - 1))
        return [None if v is None else v.to_bytes(width, "big", signed=True) for v in values]

    def values(array, type):
        if pa.types.is_timestamp(type):
            scale = {"s": lambda v: v * 10**6, "ms": lambda v: v * 1000, "us": lambda v: v, "ns": lambda v: v // 1000}[type.unit]
            return [None if v is None else scale(v) for v in array.cast(pa.int64()).to_pylist()]
        if pa.types.is_time32(type): return [None if v is None else v * (1000 if type.unit == "ms" else 10**6) for v in array.cast(pa.int32()).to_pylist()]
        if pa.types.is_time64(type): return [None if v is None else (v // 1000 if type.unit == "ns" else v) for v in array.cast(pa.int64()).to_pylist()]
        if pa.types.is_date(type): return array.cast(pa.date32()).cast(pa.int32()).to_pylist()
        if pa.types.is_decimal(type): return decimals(array, type)
        if pa.types.is_uint64(type): return [None if v is None else v - 2**64 if v >= 2**63 else v for v in array.to_pylist()]
        return array.to_pylist()

    def texts(array):
        # One text a row, worked out array by array: Python's own objects lose what they cannot hold.
        type = array.type
        if isinstance(type, pa.BaseExtensionType): return texts(array.storage)
        if pa.types.is_dictionary(type): return texts(array.dictionary_decode())
        valid = array.is_valid().to_pylist()
        if pa.types.is_map(type):
            entries = [k + ":" + v for k, v in zip(texts(array.keys), texts(array.items))]
            return joined(array, valid, entries, "<", ">")
        if pa.types.is_list(type) or pa.types.is_large_list(type): return joined(array, valid, texts(array.values), "[", "]")
        if pa.types.is_fixed_size_list(type):
            return texts(array.cast(pa.list_(type.value_field)))
        if pa.types.is_struct(type):
            fields = [texts(array.field(i)) for i in range(type.num_fields)]
            return ["{" + ",".join(f[row] for f in fields) + "}" if valid[row] else "null" for row in range(len(array))]
        return [leaf(value, type) for value in values(array, type)]

    def joined(array, valid, parts, opening, closing):
        offsets = array.offsets.to_pylist()
        return [opening + ",".join(parts[offsets[row]:offsets[row + 1]]) + closing if valid[row] else "null" for row in range(len(array))]

    ENGINES = ("pyarrow", "duckdb", "polars")

    def dump(table, out):
        for name in table.column_names:
            out.write("# " + name + "\n")
            column = table[name]
            for chunk in column.chunks if isinstance(column, pa.ChunkedArray) else [column]:
                for text in texts(chunk): out.write(text + "\n")

    def load(engine, path):
        if engine == "pyarrow": return pq.ParquetFile(path, page_checksum_verification=True).read()
        if engine == "duckdb":
            import duckdb
            connection = duckdb.connect()
            connection.sql("set timezone = 'UTC'")
            result = connection.sql("select * from read_parquet('%s')" % path).arrow()
            return result if isinstance(result, pa.Table) else result.read_all()
        import polars
        return polars.read_parquet(path).to_arrow()

    def filtered(engine, path, column, low, high):
        # Counts with a predicate: wrong statistics or indexes lose rows.
        if engine == "pyarrow":
            return pq.read_table(path, filters=[(column, ">=", low), (column, "<=", high)]).num_rows
        if engine == "duckdb":
            import duckdb
            return duckdb.sql("select count(*) from read_parquet('%s') where %s between %d and %d" % (path, column, low, high)).fetchone()[0]
        import polars
        return polars.scan_parquet(path).filter(polars.col(column).is_between(low, high)).collect().height

    def sample(rows, seed, repeat):
        r = random.Random(seed)
        def column(make, type, nulls=0.1):
            pool = [make() for _ in range(max(1, rows // repeat))]
            return pa.array([None if r.random() < nulls else r.choice(pool) for _ in range(rows)], type)
        text = lambda: "".join(r.choice("abcdefghij\u00fc\U0001d11e") for _ in range(r.randrange(0, 30)))
        raw = lambda: bytes(r.randrange(256) for _ in range(r.randrange(0, 12)))
        i64 = lambda: r.choice([r.randrange(-2**63, 2**63), r.randrange(-1000, 1000)])
        moment = lambda: r.randrange(-2**50, 2**51)
        return {
            "bool": column(lambda: r.random() < .5, pa.bool_()), "int8": column(lambda: r.randrange(-128, 128), pa.int8()),
            "int16": column(lambda: r.randrange(-2**15, 2**15), pa.int16()), "int32": column(lambda: r.randrange(-2**31, 2**31), pa.int32()),
            "int64": column(i64, pa.int64()), "required": column(i64, pa.int64(), 0), "nulls": column(i64, pa.int64(), 1),
            "uint8": column(lambda: r.randrange(256), pa.uint8()), "uint16": column(lambda: r.randrange(2**16), pa.uint16()),
            "uint32": column(lambda: r.randrange(2**32), pa.uint32()), "float": column(lambda: r.choice([r.uniform(-9, 9), 0.0, -0.0, float("inf"), float("nan")]), pa.float32()),
            "double": column(lambda: r.choice([r.uniform(-9, 9), 0.0, -0.0, float("inf"), float("nan")]), pa.float64()),
            "date": column(lambda: r.randrange(-10**5, 10**5), pa.int32()).cast(pa.date32()),
            "utc": column(moment, pa.int64()).cast(pa.timestamp("us", "UTC")), "local": column(moment, pa.int64()).cast(pa.timestamp("us")),
            "millis": column(lambda: r.randrange(-2**41, 2**41), pa.int64()).cast(pa.timestamp("ms", "UTC")), "nanos": column(moment, pa.int64()).cast(pa.timestamp("ns")),
            "text": column(text, pa.string()), "raw": column(raw, pa.binary()), "fixed": column(lambda: r.randbytes(5), pa.binary(5)),
            "time": column(lambda: r.randrange(86400 * 10**6), pa.int64()).cast(pa.time64("us")),
            "texts": column(lambda: [r.choice([text(), None]) for _ in range(r.randrange(4))], pa.list_(pa.string())),
            "longs": column(lambda: [i64() for _ in range(r.randrange(4))], pa.list_(pa.int64())),
            "bools": column(lambda: [r.choice([True, False, None]) for _ in range(r.randrange(9))], pa.list_(pa.bool_())),
        }

    def keep(directory, name, write, table):
        path = os.path.join(directory, name + ".parquet")
        write(path)
        with open(path[:-8] + ".txt", "w") as out: dump(table, out)
        print(name)

    def table_of(columns, names=None):
        columns = {k: v for k, v in columns.items() if names is None or k in names}
        schema = pa.schema([pa.field(k, v.type, nullable=k != "required") for k, v in columns.items()])
        return pa.Table.from_arrays(list(columns.values()), schema=schema)

    def write_pyarrow(directory):
        for version in ("1.0", "2.0"):
            for codec in ("none", "snappy", "gzip", "zstd", "brotli", "lz4"):
                for dictionary in (True, False):
                    table = table_of(sample(250, codec + version, 5))
                    options = dict(compression=codec, data_page_version=version, use_dictionary=dictionary, data_page_size=300, row_group_size=150,
                        write_page_index=True, write_page_checksum=codec == "zstd", store_schema=False)
                    keep(directory, "pyarrow-%s-%s-%s" % (version, codec, dictionary), lambda path: pq.write_table(table, path, **options), table)
        table = table_of(sample(2000, "defaults", 3))
        keep(directory, "pyarrow-defaults", lambda path: pq.write_table(table, path), table)
        encodings = {"int32": "DELTA_BINARY_PACKED", "int64": "DELTA_BINARY_PACKED", "required": "DELTA_BINARY_PACKED", "nulls": "DELTA_BINARY_PACKED",
            "utc": "DELTA_BINARY_PACKED", "text": "DELTA_BYTE_ARRAY", "raw": "DELTA_LENGTH_BYTE_ARRAY", "fixed": "DELTA_BYTE_ARRAY", "float": "BYTE_STREAM_SPLIT",
            "double": "BYTE_STREAM_SPLIT", "bool": "RLE", "date": "BYTE_STREAM_SPLIT", "local": "BYTE_STREAM_SPLIT"}
        for version in ("1.0", "2.0"):
            for rows in (1, 33, 700):
                table = table_of(sample(rows, version, 2), set(encodings))
                keep(directory, "pyarrow-encodings-%s-%d" % (version, rows), lambda path: pq.write_table(table, path, use_dictionary=False,
                    column_encoding=encodings, data_page_version=version, data_page_size=1000), table)
        second = table_of({"text": sample(500, "prefix", 1)["text"], "fixed": sample(500, "prefix", 1)["fixed"]})
        keep(directory, "pyarrow-split", lambda path: pq.write_table(second, path, use_dictionary=False,
            column_encoding={"text": "DELTA_LENGTH_BYTE_ARRAY", "fixed": "BYTE_STREAM_SPLIT"}), second)
        old = table_of(sample(400, "int96", 2), {"nanos", "utc", "text"})
        keep(directory, "pyarrow-int96", lambda path: pq.write_table(old, path, use_deprecated_int96_timestamps=True), old)
        amounts = pa.table({"small": pa.array([decimal.Decimal("1.25"), None, decimal.Decimal("-9.99")], pa.decimal128(9, 2)),
            "large": pa.array([decimal.Decimal("12345678901234567890.5"), decimal.Decimal(-1), None], pa.decimal128(30, 4))})
        keep(directory, "pyarrow-decimal", lambda path: pq.write_table(amounts, path), amounts)
        halves = pa.table({"half": pa.array([1.5, -0.0, float("nan"), 65504.0, None, 2**-24], pa.float16())})
        keep(directory, "pyarrow-half", lambda path: pq.write_table(halves, path), halves)
        nested = pa.table({"before": pa.array([1, 2, 3]), "struct": pa.array([{"a": 1, "b": [1]}, None, {"a": None, "b": []}]),
            "map": pa.array([[("k", 1)], None, []], pa.map_(pa.string(), pa.int64())), "lists": pa.array([[[1]], None, [[]]]), "after": pa.array(["x", None, "z"])})
        keep(directory, "pyarrow-nested", lambda path: pq.write_table(nested, path), nested)
        keep(directory, "pyarrow-old-lists", lambda path: pq.write_table(nested, path, use_compliant_nested_type=False), nested)

    def write_duckdb(directory):
        import duckdb
        for codec in ("snappy", "zstd", "gzip", "uncompressed", "lz4_raw", "brotli"):
            for version in ("V1", "V2"):
                table = table_of(sample(2500, "duck" + codec, 7))
                def write(path):
                    connection = duckdb.connect()
                    connection.sql("set timezone = 'UTC'")
                    connection.register("source", table)
                    connection.sql("copy (select * from source) to '%s' (format parquet, codec '%s', parquet_version '%s', row_group_size 2048)" % (path, codec, version))
                keep(directory, "duckdb-%s-%s" % (codec, version), write, load_after(write, "duckdb"))

    def load_after(write, engine):
        import tempfile
        with tempfile.NamedTemporaryFile(suffix=".parquet") as file:
            write(file.name)
            return load(engine, file.name)

    def write_polars(directory):
        import polars
        for codec in ("zstd", "snappy", "gzip", "uncompressed", "lz4", "brotli"):
            frame = polars.from_arrow(table_of(sample(800, "polars" + codec, 4)))
            keep(directory, "polars-" + codec, lambda path: frame.write_parquet(path, compression=codec, row_group_size=500, data_page_size=2000), frame.to_arrow())

    def bloom(path, column, *values):
        # Row groups that DuckDB leaves out for each value by the filter of the file.
        import duckdb
        for value in values:
            probe = duckdb.sql("select bloom_filter_excludes from parquet_bloom_probe('%s', '%s', %s)" % (path, column, value))
            print(*["no" if excludes else "maybe" for (excludes,) in probe.fetchall()])


    """#

  private static let modes = #"""
    mode = sys.argv[1]
    if mode == "read":
        for engine in ENGINES:
            print("@ " + engine)
            dump(load(engine, sys.argv[2]), sys.stdout)
    elif mode == "filter":
        for bounds in sys.argv[4:]:
            low, high = map(int, bounds.split(":"))
            print(*[filtered(engine, sys.argv[2], sys.argv[3], low, high) for engine in ENGINES])
    elif mode == "write": {"pyarrow": write_pyarrow, "duckdb": write_duckdb, "polars": write_polars}[sys.argv[2]](sys.argv[3])
    elif mode == "generate": generate(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    elif mode == "verify": verify(sys.argv[2])
    elif mode == "bloom": bloom(*[argument.replace('"', "'") for argument in sys.argv[2:]])
    elif mode == "bloom-file":
        import duckdb
        duckdb.sql("copy (select 'v' || mod(i, 10) as t from range(1000) r(i)) to '%s' (format parquet)" % sys.argv[2])
    elif mode == "schema":
        schema = pq.ParquetFile(sys.argv[2]).schema
        print(str(schema).split("\n", 1)[1].strip())
        for position in range(len(schema)): print(schema.column(position).name, schema.column(position).converted_type)
    elif mode == "columns":
        # Every top-level column that pyarrow reads, of files that others wrote.
        for path in sys.argv[2:]:
            print("@ " + path)
            try: file = pq.ParquetFile(path)
            except Exception as error: continue
            for name in file.schema_arrow.names:
                try:
                    table = file.read(columns=[name])
                    if table.column_names == [name]: dump(table, sys.stdout)
                except Exception as error: pass
    """#
}
