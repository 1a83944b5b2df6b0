public import Columns

/// A topic's partition and an offset in it.
public struct PartitionOffsets: Sendable, Hashable {
  /// The partition.
  public let partition: Int32
  /// The offset of the oldest record that is still there.
  public let earliest: Int64
  /// The offset that the next record will get.
  public let end: Int64

  /// Offsets of a partition.
  public init(partition: Int32, earliest: Int64, end: Int64) {
    self.partition = partition
    self.earliest = earliest
    self.end = end
  }
}

/// Records of one partition in order of offset, as columns of equal length.
public struct LogRecords: Sendable, Equatable {
  /// Offsets, ascending; gaps are possible (compaction, transaction markers).
  public var offsets: [Int64] = []
  /// Times of the append in milliseconds since 1970-01-01 UTC.
  public var timestamps: [Int64] = []
  /// Keys, null where absent.
  public var keys = BinaryColumn()
  /// Values, null for tombstones.
  public var values = BinaryColumn()

  /// No records.
  public init() {}

  /// The number of records.
  public var count: Int { offsets.count }

  /// Adds records that follow these.
  public mutating func append(contentsOf other: LogRecords) {
    offsets += other.offsets
    timestamps += other.timestamps
    keys.append(contentsOf: other.keys)
    values.append(contentsOf: other.values)
  }
}

/// A record to append.
public struct LogRecord: Sendable, Hashable {
  /// The key, nil for none.
  public var key: [UInt8]?
  /// The value.
  public var value: [UInt8]

  /// A record.
  public init(key: [UInt8]?, value: [UInt8]) {
    self.key = key
    self.value = value
  }
}

/// Reads topics by explicit offsets. Holds no progress: Bronze's table does.
///
/// The embedded log and Kafka's REST proxy both are one and pass the same conformance suite.
public protocol EventLogReader: Sendable {
  /// The embedded log's UUID or the Kafka cluster's id.
  func logID() throws -> String
  /// The partitions of `topic` with their offsets, by partition; empty for a topic that does not exist.
  func partitions(of topic: String) throws -> [PartitionOffsets]
  /// Records of `[from, to)`, at least one where there is one, at most about `maxBytes` of keys and values. Fewer than asked for is
  /// normal; an empty answer means that the range holds none. Offsets that an answer leaves out are asked for a second time before they
  /// are taken for a gap.
  func fetch(topic: String, partition: Int32, from: Int64, to: Int64, maxBytes: Int) throws -> LogRecords
  /// Tells the log how far Bronze has committed (next offset by partition), so that retention does not pass it.
  func noteProgress(topic: String, offsets: [Int32: Int64]) throws
}

/// Appends to topics, durably.
public protocol EventLogWriter: AnyObject {
  /// Appends a batch in order, in one transaction with the source's `position` where there is one; durable when it returns.
  /// Returns the offset of the first record.
  func append(topic: String, records: [LogRecord], position: SourcePosition?) throws -> Int64
  /// The stored position of a source, nil when it has none.
  func position(of source: String) throws -> String?
}

/// How far a source (a stream's URL, a replayed file's hash) has been taken in.
public struct SourcePosition: Sendable, Hashable {
  /// The source's name.
  public let source: String
  /// The source's own notation of a position.
  public let position: String

  /// A position.
  public init(source: String, position: String) {
    self.source = source
    self.position = position
  }
}
