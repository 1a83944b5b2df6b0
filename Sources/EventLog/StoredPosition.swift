internal import Failures
internal import Hashing
internal import SQLite

/// A source's position and its place in the order of all positions of the log, since several topics may hold one.
struct StoredPosition: Sendable {
  let source: String
  let position: String
  var sequence: Int64

  private var checksum: Int64 {
    Int64(bitPattern: XXHash64.hash(Array("\(source)\u{0}\(position)\u{0}\(sequence)".utf8)))
  }

  fileprivate init(_ row: Statement, path: String) throws {
    self.init(source: row.text(0) ?? "", position: row.text(1) ?? "", sequence: row.int64(2))
    guard row.int64(3) == checksum else {
      throw Failure(.malformedInput, "damaged segment: position of \(source) has another checksum", context: [path])
    }
  }

  init(source: String, position: String, sequence: Int64) {
    self.source = source
    self.position = position
    self.sequence = sequence
  }

  fileprivate var values: [SQLiteValue] {
    [.text(source), .text(position), .integer(sequence), .integer(checksum)]
  }
}

/// The table of positions of a segment.
extension Connection {
  func position(of source: String, path: String) throws -> StoredPosition? {
    try first("SELECT source, position, sequence, checksum FROM positions WHERE source = ?", [.text(source)]) {
      try StoredPosition($0, path: path)
    }
  }

  func positions(path: String) throws -> [StoredPosition] {
    try rows("SELECT source, position, sequence, checksum FROM positions ORDER BY source") {
      try StoredPosition($0, path: path)
    }
  }

  /// Stores a position behind the one that is there.
  func store(_ position: StoredPosition, path: String) throws {
    var position = position
    if let last = try self.position(of: position.source, path: path) {
      position.sequence = max(position.sequence, last.sequence + 1)
    }
    try execute("INSERT OR REPLACE INTO positions VALUES (?, ?, ?, ?)", position.values)
  }
}
