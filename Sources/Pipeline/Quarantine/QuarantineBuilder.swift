public import Columns
import Hashing
import JSON
import Quality

/// Builds rows of a quarantine table.
public struct QuarantineBuilder {
  /// Where a row came from, and so its identity within a layer.
  public struct Origin {
    /// The log's id.
    public var logID: ArraySlice<UInt8>
    /// The topic.
    public var topic: ArraySlice<UInt8>
    /// The partition.
    public var partition: Int32
    /// The offset.
    public var offset: Int64

    /// An origin.
    public init(logID: ArraySlice<UInt8>, topic: ArraySlice<UInt8>, partition: Int32, offset: Int64) {
      self.logID = logID
      self.topic = topic
      self.partition = partition
      self.offset = offset
    }
  }

  /// What is known of a refused row.
  public struct Row {
    /// Where it came from; nil for a row that was computed (Gold's).
    public var origin: Origin?
    /// For a row without origin: its key in the table, in parts.
    public var key: [ArraySlice<UInt8>] = []
    /// Every failing check, the first of which is the reason. Precondition: not empty.
    public var failedChecks: [String]
    /// The record as it came, JSON or not; nil when there is none (a tombstone).
    public var original: ArraySlice<UInt8>?
    /// `meta.id`.
    public var metaID: ArraySlice<UInt8>?
    /// Microseconds.
    public var eventTime: Int64?
    /// The wiki.
    public var wiki: ArraySlice<UInt8>?
    /// The canonical entity.
    public var entity: ArraySlice<UInt8>?
    /// The user.
    public var userName: ArraySlice<UInt8>?

    /// A row from a log.
    public init(origin: Origin, failedChecks: [String], original: ArraySlice<UInt8>?) {
      self.origin = origin
      self.failedChecks = failedChecks
      self.original = original
    }

    /// A computed row.
    public init(key: [ArraySlice<UInt8>], failedChecks: [String], original: ArraySlice<UInt8>?) {
      self.key = key
      self.failedChecks = failedChecks
      self.original = original
    }
  }

  /// The columns of text that differ from row to row.
  private enum Text: Int, CaseIterable {
    case rowID, metaID, reason, record, bytes, logID, topic, wiki, entity, userName

    /// The column's name.
    var column: String {
      switch self {
      case .rowID: "row_id"
      case .metaID: "meta_id"
      case .reason: "quarantine_reason"
      case .record: "original_record"
      case .bytes: "original_bytes"
      case .logID: "kafka_cluster_id"
      case .topic: "kafka_topic"
      case .wiki: "wiki"
      case .entity: "entity"
      case .userName: "user_name"
      }
    }
  }

  private let table: TableDefinition
  private let layer: String
  private let clock: Int64
  private let batchID: String
  private var texts = [BinaryColumn](repeating: BinaryColumn(), count: Text.allCases.count)
  private var failedChecks: [[String]?] = []
  private var partitions = PrimitiveColumn<Int32>()
  private var offsets = PrimitiveColumn<Int64>()
  private var eventTimes = PrimitiveColumn<Int64>()

  /// A builder for a layer's `table` (`Tables.bronzeQuarantine`, …), which is named `<layer>_quarantine`. `clock` is in
  /// microseconds.
  public init(_ table: TableDefinition, clock: Int64, batchID: String) {
    self.table = table
    layer = String(table.name.prefix { $0 != "_" })
    self.clock = clock
    self.batchID = batchID
  }

  /// The number of rows so far.
  public var count: Int { failedChecks.count }

  /// Adds a row with status open.
  public mutating func append(_ row: Row) {
    let isText = row.original?.withUnsafeBytes(UTF8Validity.isValid) ?? false
    texts[Text.rowID.rawValue].append(Self.rowID(layer: layer, row))
    texts[Text.reason.rawValue].append(row.failedChecks.first ?? "")
    append(isText ? row.original : nil, to: .record)
    append(isText ? nil : row.original, to: .bytes)
    append(row.origin?.logID, to: .logID)
    append(row.origin?.topic, to: .topic)
    append(row.metaID, to: .metaID)
    append(row.wiki, to: .wiki)
    append(row.entity, to: .entity)
    append(row.userName, to: .userName)
    failedChecks.append(row.failedChecks)
    partitions.append(row.origin?.partition)
    offsets.append(row.origin?.offset)
    eventTimes.append(row.eventTime)
  }

  private mutating func append(_ value: ArraySlice<UInt8>?, to text: Text) {
    if let value { texts[text.rawValue].append(value) } else { texts[text.rawValue].appendNull() }
  }

  /// The rows in the table's columns.
  public func finish() throws -> ColumnBatch {
    let clocks = [Int64](repeating: clock, count: count)
    let columns = table.schema.fields.map { field -> Column in
      if let text = Text.allCases.first(where: { $0.column == field.name }) { return .binary(texts[text.rawValue]) }
      switch field.name {
      case "quarantine_timestamp", "status_time": return .int64(PrimitiveColumn(clocks))
      case "quarantine_batch_id": return .binary(BinaryColumn(repeating: batchID, count: count))
      case "failed_checks": return .list(ListColumn(failedChecks))
      case "kafka_partition": return .int32(partitions)
      case "kafka_offset": return .int64(offsets)
      case "event_time": return .int64(eventTimes)
      case "status": return .binary(BinaryColumn(repeating: QuarantineStatus.open.rawValue, count: count))
      case "event_date": return .int32(PrimitiveColumn([Int32](repeating: Calendar.day(clock), count: count)))
      default: return field.type.nulls(count)
      }
    }
    return try ColumnBatch(schema: table.schema, columns: columns)
  }

  /// The same for the same row in every run: SHA-256 over the layer and the origin or key, each part with its length in
  /// front, the first 128 bits in hexadecimal.
  package static func rowID(layer: String, _ row: Row) -> String {
    var parts: [ArraySlice<UInt8>] = [Array(layer.utf8)[...]]
    if let origin = row.origin {
      parts += [
        origin.logID, origin.topic, Array(String(origin.partition).utf8)[...], Array(String(origin.offset).utf8)[...],
      ]
    }
    parts += row.key
    var bytes: [UInt8] = []
    for part in parts {
      withUnsafeBytes(of: UInt32(truncatingIfNeeded: part.count).littleEndian) { bytes.append(contentsOf: $0) }
      bytes.append(contentsOf: part)
    }
    return Hexadecimal.encode(SHA256.hash(bytes).prefix(16))
  }
}
