import Columns

/// The columns of a batch of silver_events that Gold reads.
struct SilverReader {
  private let types: BinaryColumn
  private let kinds: BinaryColumn
  private let isBot: PrimitiveColumn<Bool>
  private let isAnonymous: PrimitiveColumn<Bool>
  private let isRevert: PrimitiveColumn<Bool>
  private let isLarge: PrimitiveColumn<Bool>
  private let hasComment: PrimitiveColumn<Bool>
  private let bytesChanged: PrimitiveColumn<Int32>
  private let lags: PrimitiveColumn<Int64>
  private let timestamps: PrimitiveColumn<Int64>
  let times: PrimitiveColumn<Int64>
  let entities: BinaryColumn
  let wikis: BinaryColumn
  let users: BinaryColumn

  /// The columns by name.
  static let columns = [
    "event_type", "event_timestamp", "event_time", "user_name", "is_bot", "wiki", "canonical_entity", "bytes_changed",
    "is_revert", "is_anonymous", "user_kind", "processing_lag_seconds", "has_comment", "is_large_edit",
  ]

  init(_ batch: ColumnBatch) throws {
    types = try batch.binaries("event_type")
    kinds = try batch.binaries("user_kind")
    isBot = try batch.bools("is_bot")
    isAnonymous = try batch.bools("is_anonymous")
    isRevert = try batch.bools("is_revert")
    isLarge = try batch.bools("is_large_edit")
    hasComment = try batch.bools("has_comment")
    bytesChanged = try batch.int32s("bytes_changed")
    lags = try batch.int64s("processing_lag_seconds")
    timestamps = try batch.int64s("event_timestamp")
    times = try batch.int64s("event_time")
    entities = try batch.binaries("canonical_entity")
    wikis = try batch.binaries("wiki")
    users = try batch.binaries("user_name")
  }

  /// A row. A null boolean is stored as false, which is what it counts as.
  func row(_ row: Int) -> SilverRow {
    SilverRow(
      kind: types.withUnsafeBytes(row: row) { EventKind($0) }, isBot: isBot.values[row],
      isAnonymous: isAnonymous.values[row], isTemporary: kinds.withUnsafeBytes(row: row) { $0.isText("temporary") },
      isRevert: isRevert.values[row], isLarge: isLarge.values[row], hasComment: hasComment.values[row],
      bytesChanged: bytesChanged[row], lag: lags[row], timestamp: timestamps[row])
  }
}

/// The columns of a batch of silver_quarantine that Gold reads.
struct QuarantineReader {
  private let statuses: BinaryColumn
  let times: PrimitiveColumn<Int64>
  let entities: BinaryColumn
  let wikis: BinaryColumn
  let users: BinaryColumn

  /// The columns by name.
  static let columns = ["event_time", "wiki", "entity", "user_name", "status"]

  init(_ batch: ColumnBatch) throws {
    statuses = try batch.binaries("status")
    times = try batch.int64s("event_time")
    entities = try batch.binaries("entity")
    wikis = try batch.binaries("wiki")
    users = try batch.binaries("user_name")
  }

  /// Whether nothing has been decided about a row.
  func isOpen(_ row: Int) -> Bool { statuses.withUnsafeBytes(row: row) { $0.isText("open") } }
}
