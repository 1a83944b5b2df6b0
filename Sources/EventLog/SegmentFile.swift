internal import Failures
internal import ObjectStore
internal import SQLite

/// A partition of a topic and the directory that holds its segments.
struct LogPartition: Sendable {
  let topic: String
  let number: Int32
  let directory: String

  /// `root/topic/number`. Throws `.invalidArgument` for a name that is not one of Kafka's: such names are safe as directories.
  init(root: String, topic: String, number: Int32) throws {
    try Self.check(topic)
    self.topic = topic
    self.number = number
    directory = "\(root)/\(topic)/\(number)"
  }

  static func check(_ topic: String) throws {
    let isLegal = topic.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f: true
      default: false
      }
    }
    // The catalog's file lies beside the topics.
    guard isLegal, 1...249 ~= topic.utf8.count, topic != ".", topic != "..", !topic.hasPrefix(LogCatalog.fileName)
    else {
      throw Failure.invalidArgument("\"\(topic)\" is no topic name: letters, digits, '.', '_' and '-', at most 249")
    }
  }

  /// The segments by first offset, oldest first, with the bytes that they take.
  func segments() throws -> [SegmentFile] {
    var segments: [SegmentFile] = []
    for object in try LocalObjectStore().list(prefix: directory + "/") {
      let name = object.location.utf8.split(separator: UInt8(ascii: "/")).last.map { String(Substring($0)) } ?? ""
      if let first = SegmentFile.firstOffset(ofName: name) {
        segments.append(SegmentFile(partition: self, first: first, bytes: object.size))
      } else if let last = segments.last, name == last.name + "-wal" {
        segments[segments.count - 1].bytes += object.size
      }
    }
    return segments
  }

  /// What is left of segments that were dropped by half.
  func remains() throws -> [String] {
    let objects = try LocalObjectStore().list(prefix: directory + "/").map(\.location)
    let whole = Set(objects.filter { $0.hasSuffix(SegmentFile.suffix) })
    return objects.filter { location in
      SegmentFile.companions.contains { location.hasSuffix($0) && !whole.contains(String(location.dropLast($0.count))) }
    }
  }
}

/// A segment's file: `00000000000000000042.sqlite` begins with offset 42.
struct SegmentFile: Sendable {
  let partition: LogPartition
  let first: Int64
  /// The bytes that it takes, its write-ahead log included.
  var bytes: Int

  static let suffix = ".sqlite"
  static let companions = ["-wal", "-shm"]
  private static let digits = 20

  var name: String {
    let number = String(first)
    return String(repeating: "0", count: Self.digits - number.utf8.count) + number + Self.suffix
  }

  var path: String { partition.directory + "/" + name }

  /// The offset in a file's name, nil for other files.
  static func firstOffset(ofName name: String) -> Int64? {
    guard name.hasSuffix(suffix), name.utf8.count == digits + suffix.utf8.count else { return nil }
    let number = name.dropLast(suffix.count)
    return number.utf8.allSatisfy { 0x30...0x39 ~= $0 } ? Int64(number) : nil
  }

  /// Makes the file, empty but for the positions that it carries on. It appears whole or not at all; one that exists stays.
  func create(logID: String, created: Int64, positions: [StoredPosition]) throws {
    let image = try Database(
      path: ":memory:", options: OpenOptions(usesWriteAheadLog: false, synchronous: .off, pageBytes: Self.pageBytes))
    try image.migrate(Segment.migrations)
    try image.transaction { connection in
      try connection.execute(
        "INSERT INTO segment VALUES (?, ?, ?, ?, ?, 0)",
        [.text(logID), .text(partition.topic), .integer(Int64(partition.number)), .integer(first), .integer(created)])
      for position in positions { try Segment.store(position, connection) }
    }
    var bytes = try image.serialized()
    // A database in memory has no write-ahead log, the file shall: https://www.sqlite.org/fileformat.html#vnums
    guard bytes.count > 20 else { throw Failure.internalError("SQLite's image of \(path) has \(bytes.count) bytes") }
    bytes[18] = 2
    bytes[19] = 2
    do { try LocalObjectStore().write(bytes, to: path, mode: .createNew) } catch let failure as Failure {
      guard failure.kind == .conflict else { throw failure }
    }
  }

  /// Blocks are tens of kilobytes: larger pages spare overflow chains.
  static let pageBytes: Int32 = 16384

  /// Deletes the file and what SQLite keeps beside it.
  func drop() throws {
    try LocalObjectStore().delete([path] + Self.companions.map { path + $0 })
  }
}
