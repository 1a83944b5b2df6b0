import Avro
import Glibc
import Testing

/// Files that fastavro, an independent implementation, reads and writes again.
struct FastavroTests {
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
    let answer = try run(
      "'\(python)' - '\(source)' '\(target)' '\(codec.rawValue)' <<'END'\n\(FastavroScript.single)\nEND\n")
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

  /// Schemas and records of any shape: read and written again by fastavro, and then read by us. `WIKIGUARD_SOAK=1` makes ten times as many.
  @Test func anyFileGoesBothWays() throws {
    guard let python = getenv("WIKIGUARD_PYTHON").map({ String(cString: $0) }) else {
      print("skipped: WIKIGUARD_PYTHON is not set, so fastavro has not read our generated files")
      return
    }
    let count = getenv("WIKIGUARD_SOAK") == nil ? 2000 : 20_000
    let folder = "/tmp/avro-\(getpid())-generated"
    mkdir(folder, 0o777)
    defer { _ = system("rm -rf '\(folder)'") }
    let files = try (0..<count).map { try GeneratedFile(seed: UInt64($0)) }
    for (number, file) in files.enumerated() { try write(file.bytes, to: "\(folder)/\(number).avro") }
    let answer = try run("'\(python)' - '\(folder)' \(count) <<'END'\n\(FastavroScript.folder)\nEND\n")
    #expect(answer == "\(count) \(files.reduce(0) { $0 + $1.records.count })\n")
    for (number, file) in files.enumerated() {
      #expect(try AvroFileReader(file.bytes).values() == file.records, "seed \(number): ours")
      let theirs = try read("\(folder)/\(number).theirs")
      let records = try AvroFileReader(theirs).values()
      let pair = zip(records, file.records).first { $0 != $1 }
      #expect(records.count == file.records.count && pair == nil, "seed \(number): theirs, of \(file.schema.json)")
    }
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
