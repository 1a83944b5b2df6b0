import Bytes
import Columns
import Compression
import Dispatch
import Failures
import Fixtures
import Glibc
import Ingest
import Testing

/// A file with these bytes.
func write(_ bytes: [UInt8], _ path: String) throws {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
  try #require(descriptor >= 0)
  defer { close(descriptor) }
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    try #require(count > 0)
    rest = rest.dropFirst(count)
  }
}

/// `bytes` as a file of that codec.
func compressed(_ bytes: [UInt8], _ codec: CompressionCodec) throws -> [UInt8] {
  var output = ByteBuffer()
  try bytes.withUnsafeBytes { try Compressor(codec, level: nil).compress($0, into: &output) }
  return output.withUnsafeBytes { Array($0) }
}

@Suite struct RecordingEventsTests {
  private let directory = TemporaryDirectory()
  private var path: String { directory.file("recording") }

  private func read(_ bytes: [UInt8]) throws -> [String] {
    try write(bytes, path)
    var events: [String] = []
    try RecordingEvents(RecordingFile(path: path)).read { batch in
      for row in 0..<batch.count { events.append(batch.string(row) ?? "") }
    }
    return events
  }

  /// The events that were handed on, and the failure.
  private func readDamaged(_ bytes: [UInt8]) throws -> (Int, Failure?) {
    try write(bytes, path)
    var count = 0
    do {
      try RecordingEvents(RecordingFile(path: path)).read { count += $0.count }
    } catch let failure as Failure {
      return (count, failure)
    }
    return (count, nil)
  }

  private let lines = Array((0..<5000).map { "{\"number\":\($0)}\n" }.joined().utf8)

  @Test("Compressed or not, the events are the same", arguments: [CompressionCodec?.none, .gzip, .zstd])
  func codecs(_ codec: CompressionCodec?) throws {
    let events = try read(codec.map { try compressed(lines, $0) } ?? lines)
    #expect(events.count == 5000)
    #expect(events.last == "{\"number\":4999}")
  }

  @Test func membersAndFramesFollowEachOther() throws {
    let half = Array("{\"a\":1}\n".utf8)
    #expect(try read(compressed(half, .gzip) + compressed(half, .gzip)).count == 2)
    #expect(try read(compressed(half, .zstd) + compressed(half, .zstd)).count == 2)
  }

  @Test func aSmallFileThatGrowsLargeIsHandedOnInParts() throws {
    let many = [UInt8](repeating: UInt8(ascii: "1"), count: 1000) + [0x0a]
    try write(compressed(Array((0..<8000).map { _ in many }.joined()), .gzip), path)
    var largest = 0
    var count = 0
    try RecordingEvents(RecordingFile(path: path)).read {
      largest = max(largest, $0.bytes.count)
      count += $0.count
    }
    #expect(count == 8000)
    #expect(largest < 2 << 20)
  }

  @Test("What is damaged is handed on up to the damage", arguments: [CompressionCodec.gzip, .zstd])
  func damage(_ codec: CompressionCodec) throws {
    let whole = try compressed(lines, codec)
    let (count, failure) = try readDamaged(Array(whole.dropLast(6)))
    #expect(failure?.kind == .malformedInput)
    #expect(failure?.description.hasPrefix(path + ": ") == true)
    #expect(count >= 4000 || codec == .zstd)
    #expect(try readDamaged(whole + [1, 2, 3]).1?.kind == .malformedInput)
  }

  @Test func anEmptyFileIsDamaged() throws {
    let (count, failure) = try readDamaged([])
    #expect(count == 0)
    #expect(failure?.description == "\(path): is empty")
  }

  @Test(
    "The receiver's failure is no damage, and nothing is handed on after it",
    arguments: [CompressionCodec?.none, .gzip])
  func receiverFails(_ codec: CompressionCodec?) throws {
    let many = Array((0..<300_000).map { "{\"number\":\($0)}\n" }.joined().utf8)
    try write(codec.map { try compressed(many, $0) } ?? many, path)
    var calls = 0
    #expect {
      try RecordingEvents(RecordingFile(path: path)).read { _ in
        calls += 1
        throw Failure.malformedInput("mine")
      }
    } throws: {
      ($0 as? Failure)?.description == "mine"
    }
    #expect(calls == 1)
  }

  @Test func whatIsNoFile() {
    #expect { try RecordingEvents(RecordingFile(path: "/nowhere/x")).read { _ in } } throws: {
      ($0 as? Failure)?.description == "/nowhere/x: No such file or directory"
    }
    #expect { try RecordingEvents(RecordingFile(path: directory.path)).read { _ in } } throws: {
      ($0 as? Failure)?.kind == .notFound
    }
    #expect(RecordingFile(path: "-").name == "standard input")
  }

  @Test func readingEndsWhenAskedTo() throws {
    try write(lines, path)
    #expect(throws: RecordingFile.Stop.self) {
      try RecordingEvents(RecordingFile(path: path, isStopping: { true })).read { _ in }
    }
  }
}

@Suite struct RecordingFileTests {
  private let directory = TemporaryDirectory()

  private func all(_ file: RecordingFile) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try file.read { bytes += $0 }
    return bytes
  }

  /// A pipe by name, from which `bytes` come once.
  private func fifo(_ bytes: [UInt8]?) throws -> String {
    let path = directory.file("fifo")
    try #require(mkfifo(path, 0o600) == 0)
    guard let bytes else { return path }
    DispatchQueue.global().async {
      // Waits for the reader.
      let descriptor = open(path, O_WRONLY)
      _ = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      close(descriptor)
    }
    return path
  }

  @Test func aFileCanBeReadAgainAsItIs() throws {
    let path = directory.file("file")
    try write([1, 2, 3], path)
    let file = RecordingFile(path: path)
    try file.makeRereadable(spoolingIn: "/nowhere")
    for _ in 0..<2 { #expect(try all(file) == [1, 2, 3]) }
  }

  @Test func aPipeIsCopiedToAFileWithoutAName() throws {
    let file = RecordingFile(path: try fifo([1, 2, 3]))
    try file.makeRereadable(spoolingIn: directory.path)
    for _ in 0..<3 { #expect(try all(file) == [1, 2, 3]) }
    #expect(directory.names() == ["fifo"])
  }

  @Test func aFolderThatIsNotThere() throws {
    let file = RecordingFile(path: try fifo(nil))
    #expect(throws: Failure.self) { try file.makeRereadable(spoolingIn: "/nowhere") }
  }
}

@Suite struct RecordingTests {
  private let directory = TemporaryDirectory()

  private func recording(_ bytes: [UInt8], _ name: String = "recording") throws -> Recording {
    let path = directory.file(name)
    try write(bytes, path)
    return try Recording(RecordingFile(path: path), now: IngestFixture.now)
  }

  private let events = [event("a", time: "2020-01-01T00:00:07Z"), event("b", time: "2020-01-01T00:00:09Z"), event("c")]

  @Test func itEndsWithItsNewestTime() throws {
    let lines = Array(events[..<2].joined(separator: "\n").utf8)
    #expect(try recording(lines).lastEventTime == 1_577_836_809_000_000)
  }

  @Test func aTimeToComeIsABrokenEvents() throws {
    let wild = event("w", time: "2199-01-01T00:00:00Z")
    let lines = Array((events[..<2] + [wild]).joined(separator: "\n").utf8)
    #expect(try recording(lines).lastEventTime == 1_577_836_809_000_000)
    #expect(try recording(Array(wild.utf8)).lastEventTime == 7_226_582_400_000_000)
  }

  @Test func compressedItIsTheSameRecording() throws {
    let lines = Array(events.joined(separator: "\n").utf8)
    let plain = try recording(lines)
    #expect(try recording(compressed(lines, .gzip)) == plain)
    #expect(try recording(compressed(lines, .zstd)) == plain)
    #expect(try recording(Array(events[..<2].joined(separator: "\n").utf8)).contentHash != plain.contentHash)
  }

  @Test func aDamagedEndIsTheReplaysMatter() throws {
    let lines = Array(events.joined(separator: "\n").utf8)
    #expect(try recording(Array(compressed(lines, .gzip).dropLast(4))).lastEventTime > 0)
  }

  @Test("What has no time cannot be retimed", arguments: ["", "text", "{}"])
  func noTime(_ text: String) {
    #expect { try recording(Array(text.utf8)) } throws: { ($0 as? Failure)?.kind == .malformedInput }
  }
}
