extension PythonScript {
  /// Files with columns, encodings, codec, pages and row groups from a seed, and the check of files that we made so.
  static let property = #"""
    import io

    def leaf_kinds():
        word = lambda r: "".join(r.choice("abc\u00fc\U0001d11e") for _ in range(r.randrange(9)))
        number = lambda low, high: lambda r: r.choice([low, high - 1, 0, r.randrange(low, high), r.randrange(-100, 100) if low < 0 else r.randrange(100)])
        real = lambda r: r.choice([0.0, -0.0, float("inf"), float("nan"), 1.5, -2.25, r.randrange(1000) / 8])
        scaled = lambda p, s: lambda r: decimal.Decimal(r.randrange(1 - 10**p, 10**p)).scaleb(-s, decimal.Context(prec=80))
        kinds = [(pa.bool_(), lambda r: r.random() < .5), (pa.string(), word), (pa.large_string(), word), (pa.binary(), lambda r: r.randbytes(r.randrange(9))),
            (pa.binary(4), lambda r: r.randbytes(4)), (pa.binary(16), lambda r: r.randbytes(16)), (pa.float16(), real), (pa.float32(), real), (pa.float64(), real),
            (pa.date32(), number(-10**5, 10**5)), (pa.time32("ms"), number(0, 86400 * 10**3)), (pa.time64("us"), number(0, 86400 * 10**6)),
            (pa.time64("ns"), number(0, 86400 * 10**9)), (pa.timestamp("ms", "UTC"), number(-2**41, 2**41)), (pa.timestamp("us"), number(-2**55, 2**55)),
            (pa.timestamp("ns", "UTC"), number(-2**62, 2**62))]
        for bits in (8, 16, 32, 64):
            kinds.append((getattr(pa, "int%d" % bits)(), number(-2**(bits - 1), 2**(bits - 1))))
            kinds.append((getattr(pa, "uint%d" % bits)(), number(0, 2**bits)))
        for p, s in ((1, 0), (9, 4), (10, 2), (18, 18), (19, 3), (38, 9)): kinds.append((pa.decimal128(p, s), scaled(p, s)))
        kinds.append((pa.decimal256(60, 7), scaled(60, 7)))
        return kinds

    KINDS = leaf_kinds()

    def random_kind(r, depth):
        # A type and a function that makes values of it, nulls inside included.
        if depth == 4 or r.random() < (.4 if depth == 0 else .6): return r.choice(KINDS)
        shape = r.choice(["list", "struct", "map"])
        type, make = random_kind(r, depth + 1)
        nullable = r.random() < .7
        inner = lambda r: None if nullable and r.random() < .25 else make(r)
        if shape == "list": return pa.list_(pa.field("element", type, nullable)), lambda r: [inner(r) for _ in range(r.randrange(4))]
        if shape == "map":
            key, make_key = r.choice([k for k in KINDS if not pa.types.is_floating(k[0])])
            return pa.map_(key, pa.field("value", type, nullable)), lambda r: list({repr(k): (k, inner(r)) for k in (make_key(r) for _ in range(r.randrange(4)))}.values())
        others = [(pa.field("f%d" % i, t, n), t, m, n) for i, (t, m) in enumerate(random_kind(r, depth + 1) for _ in range(r.randrange(3))) for n in [r.random() < .7]]
        fields = [(pa.field("inner", type, nullable), type, make, nullable)] + others
        return pa.struct([f for f, _, _, _ in fields]), lambda r: {f.name: None if n and r.random() < .25 else m(r) for f, _, m, n in fields}

    ENCODINGS = {"BOOLEAN": ["RLE"], "INT32": ["DELTA_BINARY_PACKED", "BYTE_STREAM_SPLIT"], "INT64": ["DELTA_BINARY_PACKED", "BYTE_STREAM_SPLIT"],
        "FLOAT": ["BYTE_STREAM_SPLIT"], "DOUBLE": ["BYTE_STREAM_SPLIT"], "BYTE_ARRAY": ["DELTA_BYTE_ARRAY", "DELTA_LENGTH_BYTE_ARRAY"],
        "FIXED_LEN_BYTE_ARRAY": ["DELTA_BYTE_ARRAY", "BYTE_STREAM_SPLIT"]}

    def generated(r):
        rows = r.choice([0, 1, 9, 60, 150])
        arrays, fields = [], []
        for index in range(r.randrange(1, 4)):
            type, make = random_kind(r, 0)
            nullable, share = r.random() < .8, r.choice([0, .2, 1])
            pool = [make(r) for _ in range(r.choice([1, 5, rows + 1]))]
            arrays.append(pa.array([None if nullable and r.random() < share else r.choice(pool) for _ in range(rows)], type))
            fields.append(pa.field("c%d" % index, type, nullable))
        return pa.Table.from_arrays(arrays, schema=pa.schema(fields))

    def generate(directory, seed, count):
        r = random.Random(seed)
        for number in range(count):
            table = generated(r)
            options = dict(compression=r.choice(["none", "snappy", "gzip", "zstd", "brotli", "lz4"]), data_page_version=r.choice(["1.0", "2.0"]),
                data_page_size=r.choice([1, 200, 1 << 20]), write_batch_size=r.choice([1, 10, 1024]), row_group_size=r.choice([7, 50, 10**6]), store_schema=False,
                write_page_index=r.random() < .5, write_page_checksum=r.random() < .5, use_compliant_nested_type=r.random() < .8)
            plain = io.BytesIO()
            pq.write_table(table, plain, use_dictionary=False, **options)
            if r.random() < .5:
                schema = pq.ParquetFile(plain).schema
                chosen = {c.path: r.choice(ENCODINGS[c.physical_type]) for c in (schema.column(i) for i in range(len(schema))) if c.physical_type in ENCODINGS}
                options.update(use_dictionary=False, column_encoding={k: v for k, v in chosen.items() if r.random() < .7})
            pq.write_table(table, "%s/%d.parquet" % (directory, number), **options)
            with open("%s/%d.txt" % (directory, number), "w") as out: dump(table, out)

    def verify(directory):
        count = 0
        for name in sorted(n[:-8] for n in os.listdir(directory) if n.endswith(".parquet")):
            out = io.StringIO()
            path = os.path.join(directory, name)
            dump(pq.ParquetFile(path + ".parquet", page_checksum_verification=True).read(), out)
            wanted = open(path + ".txt").read()
            count += 1
            if out.getvalue() != wanted:
                pairs = zip(out.getvalue().split("\n"), wanted.split("\n"))
                print(name, next(("%s instead of %s" % (a[:300], b[:300]) for a, b in pairs if a != b), "other lengths"))
        print(count, "files")

    """#
}
