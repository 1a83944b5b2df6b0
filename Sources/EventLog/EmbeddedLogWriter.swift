internal import Bytes
internal import Compression
internal import Failures
internal import Hashing

/// Appends to an embedded log. One owner; several writers, of other processes too, may append to one log at the same time.
public final class EmbeddedLogWriter: EventLogWriter {
  private let log: EmbeddedEventLog
  private let clock: () -> Int64
  private let compressor: Compressor?
  /// The newest segment of each partition that was written to.
  private var topics: [String: [Segment?]] = [:]
  /// The last number given to a position of each source.
  private var sequences: [String: Int64] = [:]

  init(log: EmbeddedEventLog, clock: @escaping () -> Int64) throws {
    self.log = log
    self.clock = clock
    compressor = log.options.isCompressed ? try Compressor(.zstd, level: StoredBlock.compressionLevel) : nil
  }

  deinit { close() }

  /// Closes the segments; the next append opens them again.
  public func close() {
    for segment in topics.values.joined() { segment?.close() }
    topics.removeAll()
  }

  /// Appends a batch, whole, to one partition: that of its first key's hash. Durable when it returns the first record's offset.
  ///
  /// Without records only the position is stored. Throws `.unavailable` when the disk is full, `.limitExceeded` for a record of more
  /// than 256 MiB; nothing is appended then.
  public func append(topic: String, records: [LogRecord], position: SourcePosition?) throws -> Int64 {
    try LogPartition.check(topic)
    let blocks = try pack(records)
    let number = partition(of: records.first, among: try partitionCount(of: topic))
    let stored = try position.map { try next($0) }
    var segment = try newest(topic, number)
    while true {
      switch try segment.append(blocks, time: clock(), position: stored, limits: log.options.limits) {
      case .at(let offset): return offset
      case .needsSuccessor: segment = try successor(of: segment)
      }
    }
  }

  /// The newest position of a source, whichever topic's append stored it.
  public func position(of source: String) throws -> String? {
    try newestPosition(of: source)?.position
  }

  // MARK: Packing

  private func pack(_ records: [LogRecord]) throws -> [StoredBlock] {
    var blocks: [StoredBlock] = []
    var builder = RecordBlockBuilder()
    var body = ByteBuffer(capacity: min(log.options.blockBytes + (log.options.blockBytes >> 3), 64 << 20))
    for record in records {
      let size = record.value.count + (record.key?.count ?? 0)
      guard size <= RecordBlock.maxRecordBytes else {
        throw Failure.limitExceeded("a record of \(size) bytes; at most \(RecordBlock.maxRecordBytes)")
      }
      if builder.count > 0 && builder.byteCount + size > log.options.blockBytes {
        blocks.append(try finish(&builder, &body))
      }
      builder.append(record)
    }
    if builder.count > 0 { blocks.append(try finish(&builder, &body)) }
    return blocks
  }

  private func finish(_ builder: inout RecordBlockBuilder, _ body: inout ByteBuffer) throws -> StoredBlock {
    let count = builder.count
    body.removeAll()
    builder.finish(into: &body)
    return try StoredBlock(body: body, count: count, compressor: compressor)
  }

  // MARK: Partitions and segments

  private func partitionCount(of topic: String) throws -> Int {
    if let known = topics[topic] { return known.count }
    let wanted = max(1, log.options.topicPartitions[topic] ?? log.options.partitions)
    let count = Int(try log.catalog.register(topic, partitions: wanted))
    topics[topic] = [Segment?](repeating: nil, count: count)
    return count
  }

  private func partition(of record: LogRecord?, among count: Int) -> Int {
    guard count > 1, let key = record?.key else { return 0 }
    return Int(XXHash64.hash(key) % UInt64(count))
  }

  private func newest(_ topic: String, _ number: Int) throws -> Segment {
    if let known = topics[topic]?[number] { return known }
    let partition = try log.partition(topic, Int32(clamping: number))
    if try partition.segments().isEmpty {
      try SegmentFile(partition: partition, first: 0, bytes: 0)
        .create(logID: log.catalog.logID, created: clock(), positions: [])
    }
    return try open(partition, number)
  }

  private func open(_ partition: LogPartition, _ number: Int) throws -> Segment {
    let segment = try log.readers.withListing(partition) { segments in
      guard let newest = segments.last else { throw Failure.notFound("\(partition.directory): no segment") }
      return try Segment(newest, logID: log.catalog.logID, options: log.options.openOptions)
    }
    topics[partition.topic]?[number] = segment
    return segment
  }

  private func successor(of segment: Segment) throws -> Segment {
    try segment.createSuccessor(logID: log.catalog.logID, created: clock())
    segment.close()
    let number = Int(segment.file.partition.number)
    topics[segment.file.partition.topic]?[number] = nil
    return try open(segment.file.partition, number)
  }

  // MARK: Positions

  /// Numbers a position behind all others of its source, whichever topic they lie in.
  private func next(_ position: SourcePosition) throws -> StoredPosition {
    let last = try sequences[position.source] ?? newestPosition(of: position.source)?.sequence ?? 0
    sequences[position.source] = last + 1
    return StoredPosition(source: position.source, position: position.position, sequence: last + 1)
  }

  private func newestPosition(of source: String) throws -> StoredPosition? {
    var newest: StoredPosition?
    for topic in try log.catalog.topics() {
      for number in 0..<(try log.catalog.partitionCount(of: topic) ?? 0) {
        let stored = try log.readers.withListing(log.partition(topic, number)) { segments in
          try segments.last.map { try log.readers.segment($0) }?.position(of: source)
        }
        if let stored, stored.sequence > newest?.sequence ?? 0 { newest = stored }
      }
    }
    return newest
  }
}

extension Segment {
  /// Seals the segment and makes the one that goes on where it ends, unless that is there.
  func createSuccessor(logID: String, created: Int64) throws {
    let (end, positions) = try seal()
    guard end > file.first else { return }
    try SegmentFile(partition: file.partition, first: end, bytes: 0)
      .create(logID: logID, created: created, positions: positions)
  }
}
