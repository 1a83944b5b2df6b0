import Avro
import Glibc
import Testing

/// Files that fastavro, an independent implementation, reads and writes again.
struct FastavroTests {
  private static let script = """
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

  @Test(arguments: AvroCodec.allCases)
  func roundTripsThroughFastavro(codec: AvroCodec) throws {
    guard let python = getenv("WIKIGUARD_PYTHON").map({ String(cString: $0) }) else {
      print("skipped: WIKIGUARD_PYTHON is not set, so fastavro has not read our files")
      return
    }
    let base = "/tmp/avro-\(getpid())-\(codec.rawValue)"
    let (source, target) = (base + "-ours.avro", base + "-theirs.avro")
    defer { for path in [source, target] { unlink(path) } }
    let records = SampleFile.records(150, seed: 9)
    try write(SampleFile.file(records, codec: codec), to: source)
    let answer = try run("'\(python)' - '\(source)' '\(target)' '\(codec.rawValue)' <<'END'\n\(Self.script)\nEND\n")
    let fields = records.map { record in if case .record(let values) = record { values } else { [AvroValue]() } }
    let bytes = fields.reduce(0) { sum, values in if case .bytes(let raw) = values[6] { sum + raw.count } else { sum } }
    let total = fields.reduce(Int128(0)) { sum, values in
      if case .long(let value) = values[3] { sum + Int128(value) } else { sum }
    }
    #expect(answer == "150 \(bytes) \(total)\n")
    let reader = try AvroFileReader(read(target))
    #expect(reader.codec == codec)
    #expect(try reader.values() == records)
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    let file = try #require(fopen(path, "wb"))
    defer { fclose(file) }
    #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
  }

  private func read(_ path: String) throws -> [UInt8] {
    let file = try #require(fopen(path, "rb"))
    defer { fclose(file) }
    return drain(file)
  }

  private func run(_ command: String) throws -> String {
    let pipe = try #require(popen(command, "r"))
    let output = String(decoding: drain(pipe), as: UTF8.self)
    #expect(pclose(pipe) == 0)
    return output
  }

  private func drain(_ file: UnsafeMutablePointer<FILE>) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }
}
