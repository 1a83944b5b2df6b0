/// What fastavro is told to do.
enum FastavroScript {
  /// fastavro with the codecs that it takes from packages that are rare; pyarrow has them as well.
  private static let fastavro = """
    import sys, types
    # fastavro takes these two codecs from packages that are rare; pyarrow has them as well.
    try:
        import cramjam
    except ImportError:
        import pyarrow
        def plain(data):
            size = shift = 0
            for byte in data:
                size |= (byte & 127) << shift
                shift += 7
                if byte < 128: break
            return pyarrow.decompress(data, size, codec="snappy", asbytes=True)
        cramjam = sys.modules["cramjam"] = types.ModuleType("cramjam")
        cramjam.snappy = types.SimpleNamespace(
            decompress_raw=plain, compress_raw=lambda data: pyarrow.compress(data, codec="snappy", asbytes=True))
    try:
        from backports import zstd
    except ImportError:
        import pyarrow
        backports = sys.modules["backports"] = types.ModuleType("backports")
        backports.zstd = types.SimpleNamespace(
            decompress=lambda data: pyarrow.CompressedInputStream(pyarrow.BufferReader(data), "zstd").read(),
            compress=lambda data, level=3: pyarrow.compress(data, codec="zstd", asbytes=True))
    import fastavro
    fastavro.read.LOGICAL_READERS.clear()
    """

  /// Reads one file of ours and writes its records again.
  static let single =
    fastavro + """

      source, target, codec = sys.argv[1:4]
      with open(source, "rb") as file:
          reader = fastavro.reader(file)
          records = list(reader)
          schema, metadata = reader.writer_schema, reader.metadata
      assert metadata["who"] == "us" and metadata["avro.codec"] == codec, metadata
      with open(target, "wb") as file:
          fastavro.writer(file, schema, records, codec=codec, sync_interval=500)
      print(len(records), sum(len(record["raw"]) for record in records), sum(record["large"] for record in records))
      """

  /// The same for all files of a folder, with codecs and block sizes of its own.
  static let folder =
    fastavro + """

      import io, os, random
      folder, count = sys.argv[1], int(sys.argv[2])
      choose = random.Random(7)
      total = 0
      for number in range(count):
          with open("%s/%d.avro" % (folder, number), "rb") as file:
              reader = fastavro.reader(file)
              records = list(reader)
              schema, metadata = reader.writer_schema, reader.metadata
          assert metadata["who"] == "us", metadata
          target = io.BytesIO()
          fastavro.writer(
              target, schema, records, codec=choose.choice(["null", "deflate", "snappy", "zstandard"]),
              sync_interval=choose.choice([1, 200, 16000]))
          with open("%s/%d.theirs" % (folder, number), "wb") as file:
              file.write(target.getvalue())
          total += len(records)
      print(count, total)
      """
}
