internal import SQLite

extension Segment {
  /// What became of an append.
  enum Appended {
    /// The offset of the first record.
    case at(Int64)
    /// Nothing was appended: the segment is sealed, or is to be.
    case needsSuccessor
  }

  /// Appends blocks and the position in one transaction, unless the segment is sealed or over its limits.
  func append(_ blocks: [StoredBlock], time: Int64, position: StoredPosition?, limits: SegmentLimits) throws -> Appended
  {
    try readingSegment {
      try database.transaction { connection in
        let first = try end(connection)
        guard try isOpen(connection, time: time, isEmpty: first == file.first, limits) else { return .needsSuccessor }
        try insert(blocks, at: first, time: time, connection)
        if let position { try connection.store(position, path: file.path) }
        return .at(first)
      }
    }
  }

  private func isOpen(_ connection: Connection, time: Int64, isEmpty: Bool, _ limits: SegmentLimits) throws -> Bool {
    let state = try connection.first("SELECT sealed, created FROM segment") { ($0.int64(0), $0.int64(1)) } ?? (1, 0)
    // An empty segment has no successor to send records to.
    if isEmpty { return true }
    if state.0 != 0 { return false }
    let pages = try connection.first("PRAGMA page_count") { $0.int64(0) } ?? 0
    let pageBytes = try connection.first("PRAGMA page_size") { $0.int64(0) } ?? 0
    let age = time.subtractingReportingOverflow(state.1)
    return pages * pageBytes < limits.bytes && (age.overflow || age.partialValue < limits.milliseconds)
  }

  private func insert(_ blocks: [StoredBlock], at first: Int64, time: Int64, _ connection: Connection) throws {
    let insert = try connection.statement(
      "INSERT INTO blocks (last_offset, count, time, size, codec, checksum, body) VALUES (?, ?, ?, ?, ?, ?, ?)")
    var last = first - 1
    for block in blocks {
      last += Int64(block.count)
      let codec: Int64 = block.isCompressed ? 1 : 0
      let (count, size) = (Int64(block.count), Int64(block.size))
      try block.body.withUnsafeBytes { body in
        let checksum = StoredBlock.checksum(body, last: last, count: count, time: time, size: size, codec: codec)
        for (parameter, value) in [last, count, time, size, codec, checksum].enumerated() {
          try insert.bind(int64: value, to: parameter + 1)
        }
        try insert.bind(blob: body, to: 7)
      }
      try insert.run()
    }
    try connection.execute("UPDATE segment SET end_offset = ?", [.integer(last + 1)])
  }

  /// Ends the segment for good and returns what its successor begins with. May be called again.
  func seal() throws -> (end: Int64, positions: [StoredPosition]) {
    try readingSegment {
      try database.transaction { connection in
        try connection.execute("UPDATE segment SET sealed = 1")
        return (try end(connection), try connection.positions(path: file.path))
      }
    }
  }

  /// Leaves the file complete by itself, as far as readers allow, and closes it.
  func close() {
    _ = try? database.checkpoint()
    database.close()
  }
}

/// How large and how old a segment becomes.
struct SegmentLimits: Sendable {
  let bytes: Int64
  let milliseconds: Int64
}
