import Columns
import Failures
public import Pipeline

/// A row of a quarantine table, for a person.
public struct QuarantineRecord: Sendable, Hashable {
  /// The layer that refused it.
  public let layer: JobName
  /// Its id, the same in every run.
  public let rowID: String
  /// When it was refused, in microseconds since 1970 UTC.
  public let quarantined: Int64
  /// The batch that refused it.
  public let batch: String
  /// Every failing check, the first of which is the reason.
  public let failedChecks: [String]
  /// The first failing check.
  public let reason: String
  /// What has become of it; nil for a word that is none of ours.
  public let status: QuarantineStatus?
  /// Since when, in microseconds since 1970 UTC.
  public let statusTime: Int64?
  /// The batch that took it into the main table.
  public let releasedBatch: String?
  /// `meta.id`.
  public let metaID: String?
  /// The time of the event in microseconds since 1970 UTC.
  public let eventTime: Int64?
  /// The wiki.
  public let wiki: String?
  /// The page.
  public let entity: String?
  /// The user.
  public let user: String?
  /// Where the record is in the log; nil for a computed row.
  public let coordinates: Coordinates?

  /// A record's place in a log.
  public struct Coordinates: Sendable, Hashable {
    /// The log's id.
    public let log: String
    /// The topic.
    public let topic: String
    /// The partition.
    public let partition: Int32
    /// The offset.
    public let offset: Int64
  }
}

/// Makes records of the rows of a batch.
struct QuarantineRecordColumns {
  static let names = Tables.bronzeQuarantine.schema.fields.map(\.name).filter {
    !["original_record", "original_bytes", "event_date"].contains($0)
  }

  let layer: JobName
  private let batch: ColumnBatch
  private let failedChecks: Column
  /// When each row was refused.
  let times: PrimitiveColumn<Int64>

  init(_ layer: JobName, _ batch: ColumnBatch) throws {
    self.layer = layer
    self.batch = batch
    failedChecks = try batch.column("failed_checks")
    times = try batch.int64s("quarantine_timestamp")
  }

  func record(_ row: Int) throws -> QuarantineRecord {
    let reason = try text("quarantine_reason", row) ?? ""
    var failed = [reason]
    if case .list(let lists) = failedChecks, lists.isValid(row) { failed = lists.strings(row) ?? failed }
    return QuarantineRecord(
      layer: layer, rowID: try text("row_id", row) ?? "", quarantined: times[row] ?? 0,
      batch: try text("quarantine_batch_id", row) ?? "", failedChecks: failed, reason: reason,
      status: try text("status", row).flatMap(QuarantineStatus.init(rawValue:)),
      statusTime: try batch.int64s("status_time")[row], releasedBatch: try text("released_batch_id", row),
      metaID: try text("meta_id", row), eventTime: try batch.int64s("event_time")[row], wiki: try text("wiki", row),
      entity: try text("entity", row), user: try text("user_name", row), coordinates: try coordinates(row))
  }

  private func coordinates(_ row: Int) throws -> QuarantineRecord.Coordinates? {
    guard let log = try text("kafka_cluster_id", row), let topic = try text("kafka_topic", row),
      let partition = try batch.int32s("kafka_partition")[row], let offset = try batch.int64s("kafka_offset")[row]
    else { return nil }
    return .init(log: log, topic: topic, partition: partition, offset: offset)
  }

  private func text(_ column: String, _ row: Int) throws -> String? { try batch.binaries(column).string(row) }
}
