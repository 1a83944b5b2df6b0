internal import Bytes
internal import Compression
internal import Dispatch
internal import Failures
internal import SQLite
internal import Synchronization

/// One file of a partition: the records from its first offset up to the next file's.
///
/// Any number of processes read while one or more append; SQLite's own locks order them. A sealed segment takes no more records.
final class Segment: Sendable {
  let file: SegmentFile
  let database: Database

  /// "WGEV".
  static let migrations = Migrations(
    applicationID: 0x5747_4556,
    steps: [
      """
      CREATE TABLE segment (
        log_id TEXT NOT NULL, topic TEXT NOT NULL, partition INTEGER NOT NULL, first_offset INTEGER NOT NULL,
        created INTEGER NOT NULL, sealed INTEGER NOT NULL, end_offset INTEGER NOT NULL);
      CREATE TABLE blocks (
        last_offset INTEGER PRIMARY KEY, count INTEGER NOT NULL, time INTEGER NOT NULL, size INTEGER NOT NULL,
        codec INTEGER NOT NULL, checksum INTEGER NOT NULL, body BLOB NOT NULL);
      CREATE TABLE positions (
        source TEXT PRIMARY KEY, position TEXT NOT NULL, sequence INTEGER NOT NULL,
        checksum INTEGER NOT NULL) WITHOUT ROWID;
      """
    ])

  /// Opens a segment and checks that it is this log's, topic's and partition's.
  ///
  /// Throws `.notFound` when it was dropped, `.malformedInput` when it is damaged or another's.
  init(_ file: SegmentFile, logID: String, options: OpenOptions) throws {
    self.file = file
    database = try Database(path: file.path, options: options)
    try readingSegment {
      guard try database.version(in: Self.migrations) == Self.migrations.steps.count else {
        throw Failure.malformedInput("is empty").within(file.path)
      }
      let owner = try database.with { connection in
        try connection.first("SELECT log_id, topic, partition, first_offset FROM segment") {
          [$0.value(0), $0.value(1), $0.value(2), $0.value(3)]
        }
      }
      let expected: [SQLiteValue] = [
        .text(logID), .text(file.partition.topic), .integer(Int64(file.partition.number)), .integer(file.first),
      ]
      guard owner == expected else { throw Failure.malformedInput("is not this segment of this log").within(file.path) }
    }
  }

  /// In a segment's file wrong SQL can only mean a damaged schema.
  func readingSegment<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let failure as Failure {
      guard (failure.underlying as? SQLiteError)?.code.primary == .error else { throw failure }
      throw Failure(.malformedInput, "damaged segment: \(failure.message)", context: failure.context)
    }
  }

  // MARK: Reading

  /// The offset that the next record gets.
  func end() throws -> Int64 {
    try readingSegment { try database.with { try end($0) } }
  }

  /// The end is written twice, in the blocks and beside them: a damaged tree may lose its last leaf without a trace.
  func end(_ connection: Connection) throws -> Int64 {
    let ends = try connection.first("SELECT end_offset, (SELECT max(last_offset) FROM blocks) FROM segment") {
      ($0.int64(0), $0.isNull(1) ? nil : $0.int64(1))
    }
    guard let (end, last) = ends else { throw damaged("does not say what it is") }
    guard end >= file.first, last.map({ $0 < end && end - 1 == $0 }) ?? (end == file.first) else {
      throw damaged("ends at \(end) and at \(last.map(String.init) ?? "no record")")
    }
    return end
  }

  /// When the newest record was appended, nil when there is none.
  func lastTime() throws -> Int64? {
    try readingSegment {
      try database.with { try $0.first("SELECT time FROM blocks ORDER BY last_offset DESC LIMIT 1") { $0.int64(0) } }
    }
  }

  /// The position of a source, with its place among those of all topics.
  func position(of source: String) throws -> StoredPosition? {
    try readingSegment { try database.with { try $0.position(of: source, path: file.path) } }
  }

  /// Adds records of `[from, to)` until `maxBytes` are there, at least one if the assembler is empty. Returns whether that is all
  /// there is to add: false where the range goes on behind this segment.
  func read(from: Int64, to: Int64, maxBytes: Int, into assembler: inout RecordAssembler) throws -> Bool {
    try readingSegment {
      var next = max(from, file.first)
      while next < to {
        let blocks = try loadBlocks(from: next, to: to, maxBytes: maxBytes - assembler.byteCount)
        guard !blocks.isEmpty else { return false }
        let bodies = try bodies(of: blocks)
        assembler.values.reserve(bytes: min(bodies.reduce(0) { $0 + $1.count }, maxBytes - assembler.byteCount))
        for (row, body) in zip(blocks.map(\.row), bodies) {
          let (first, end) = try offsets(of: row, notAfter: next)
          let rows = try body.withUnsafeBytes { body in
            let wanted = Int(next - first)..<Int(min(to, end) - first)
            return try assembler.append(view(body, row), wanted, first: first, time: row.time, maxBytes: maxBytes)
          }
          next += Int64(rows)
          if next < min(to, end) { return true }
        }
      }
      return true
    }
  }

  /// The blocks of a round: what is wanted next, as it is stored. At least one if there is one.
  private func loadBlocks(from: Int64, to: Int64, maxBytes: Int) throws -> [LoadedBlock] {
    try database.with { connection in
      let select = try connection.statement(Self.selectBlocks)
      defer { select.reset() }
      try select.bind(int64: from, to: 1)
      var blocks: [LoadedBlock] = []
      var size = 0
      while size < min(maxBytes, Self.roundBytes) || blocks.isEmpty, try select.step() {
        let block = LoadedBlock(row: BlockRow(select), stored: select.withBytes(6) { Array($0) })
        size += max(1, Int(clamping: min(block.row.size, Int64(Self.roundBytes))))
        blocks.append(block)
        if block.row.last >= to - 1 { break }
      }
      return blocks
    }
  }

  /// About how much is decompressed at once.
  private static let roundBytes = 8 << 20

  /// The bodies of blocks, checked and decompressed on several threads.
  private func bodies(of blocks: [LoadedBlock]) throws -> [[UInt8]] {
    let parts = min(blocks.count, Self.threads)
    let results = Mutex([Result<[[UInt8]], any Error>](repeating: .success([]), count: parts))
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      let range = blocks.count * part / parts..<blocks.count * (part + 1) / parts
      let result = Result {
        let decompressor = Decompressor()
        return try blocks[range].map { try body(of: $0, decompressor) }
      }
      results.withLock { $0[part] = result }
    }
    return try results.withLock { $0 }.flatMap { try $0.get() }
  }

  private static let threads = 4

  private static let selectBlocks = """
    SELECT last_offset, count, time, size, codec, checksum, body FROM blocks WHERE last_offset >= ? ORDER BY last_offset
    """

  /// The offsets of a block; in a segment there are no gaps.
  private func offsets(of row: BlockRow, notAfter next: Int64) throws -> (first: Int64, end: Int64) {
    guard row.count > 0, row.last < .max, row.last >= file.first, row.count <= row.last - file.first + 1 else {
      throw damaged("block of \(row.count) records that ends at \(row.last)")
    }
    let first = row.last - row.count + 1
    guard first <= next else { throw damaged("records \(next) to \(first - 1) are missing") }
    return (first, row.last + 1)
  }

  private func body(of block: LoadedBlock, _ decompressor: Decompressor) throws -> [UInt8] {
    let row = block.row
    let checksum = block.stored.withUnsafeBytes {
      StoredBlock.checksum($0, last: row.last, count: row.count, time: row.time, size: row.size, codec: row.codec)
    }
    guard checksum == row.checksum else { throw damaged("block at \(row.last) has another checksum") }
    guard let size = Int(exactly: row.size), 0...RecordBlock.maxBodyBytes ~= size else {
      throw damaged("block at \(row.last) of \(row.size) bytes")
    }
    switch row.codec {
    case 0 where block.stored.count == size: return block.stored
    case 1:
      return try within(file.path) {
        try block.stored.withUnsafeBytes { try decompressor.decompress($0, codec: .zstd, uncompressedSize: size) }
      }
    default: throw damaged("block at \(row.last) in codec \(row.codec)")
    }
  }

  private func view(_ body: UnsafeRawBufferPointer, _ row: BlockRow) throws -> RecordBlockView {
    let block = try within(file.path) { try RecordBlockView(body) }
    guard block.count == Int(row.count) else { throw damaged("block at \(row.last) of \(block.count) records") }
    return block
  }

  private func damaged(_ what: String) -> Failure {
    Failure(.malformedInput, "damaged segment: \(what)", context: [file.path])
  }
}

/// A row of `blocks` with its body as stored.
private struct LoadedBlock: Sendable {
  let row: BlockRow
  let stored: [UInt8]
}

/// The numbers of a row of `blocks`.
private struct BlockRow: Sendable {
  let last: Int64
  let count: Int64
  let time: Int64
  let size: Int64
  let codec: Int64
  let checksum: Int64

  init(_ row: Statement) {
    last = row.int64(0)
    count = row.int64(1)
    time = row.int64(2)
    size = row.int64(3)
    codec = row.int64(4)
    checksum = row.int64(5)
  }
}
