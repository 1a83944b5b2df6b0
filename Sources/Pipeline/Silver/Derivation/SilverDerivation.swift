import Columns
import Failures
import RecentChange

/// Silver's columns from parsed events and the Bronze rows that they came from.
struct SilverDerivation: Sendable {
  let event: ColumnBatch
  let bronze: ColumnBatch
  let allowlist: Allowlist
  let batchID: String
  let largeEdit: Int

  /// The columns that are taken over from Bronze.
  static let bronzeColumns = [
    "event_id", "kafka_cluster_id", "kafka_topic", "kafka_partition", "kafka_offset", "ingestion_timestamp",
  ]

  private static let recognizer = RevertRecognizer()

  /// One row a Bronze row, in the columns of silver_events.
  func rows() throws -> ColumnBatch {
    let derived = try entities() + reverts() + editors() + times()
    let columns = try renamed().merging(derived) { _, new in new }
    let schema = Tables.silverEvents.schema
    return try ColumnBatch(
      schema: schema,
      columns: schema.fields.map { field in
        guard let column = columns[field.name] else {
          throw Failure.internalError("no derivation of column \(field.name) of silver_events")
        }
        return column
      })
  }

  /// What is taken over as it is.
  private func renamed() throws -> [String: Column] {
    let names = [
      "event_timestamp": "timestamp", "event_type": "type", "user_name": "user", "is_bot": "bot",
      "is_minor": "minor", "is_patrolled": "patrolled", "domain": "meta_domain",
    ]
    let same = [
      "meta_id", "request_id", "wikimedia_id", "namespace", "title", "title_url", "comment", "wiki",
      "server_url", "notify_url", "length_old", "length_new", "revision_old", "revision_new", "log_id", "log_type",
      "log_action", "log_params", "ingest_time",
    ]
    var columns: [String: Column] = [:]
    for (name, source) in names { columns[name] = try event.column(source) }
    for name in same { columns[name] = try event.column(name) }
    for name in Self.bronzeColumns { columns[name] = try bronze.column(name) }
    columns["batch_id"] = .binary(BinaryColumn(repeating: batchID, count: bronze.rowCount))
    return columns
  }

  private func entities() throws -> [(String, Column)] {
    let entities = try allowlist.entities(
      wiki: event.binaries("wiki"), namespace: event.int32s("namespace"), title: event.binaries("title"),
      type: event.binaries("type"), comment: event.binaries("comment"))
    return [
      ("canonical_entity", .binary(entities.canonical)),
      ("is_allowlisted", .bool(PrimitiveColumn(entities.isAllowlisted))),
    ]
  }

  private func reverts() throws -> [(String, Column)] {
    let reverts = Reverts(
      comment: try event.binaries("comment"), type: try event.binaries("type"), recognizer: Self.recognizer)
    return [
      ("is_revert", .bool(reverts.isRevert)), ("revert_kind", .binary(reverts.kind)),
      ("revert_target_user", .binary(reverts.targetUser)), ("revert_target_revision", .int64(reverts.targetRevision)),
      ("has_comment", .bool(reverts.hasComment)),
    ]
  }

  private func editors() throws -> [(String, Column)] {
    let editors = Editors(user: try event.binaries("user"), isBot: try event.bools("bot"))
    return [
      ("user_kind", .binary(editors.kind)), ("is_anonymous", .bool(editors.isAnonymous)),
      ("is_bot_consistent", .bool(editors.isBotConsistent)),
    ]
  }

  private func times() throws -> [(String, Column)] {
    let times = EventTimes(
      metaTime: try event.int64s("meta_dt"), timestamp: try event.int64s("timestamp"),
      ingestion: try bronze.int64s("ingestion_timestamp"))
    let sizes = EditSizes(
      old: try event.int32s("length_old"), new: try event.int32s("length_new"), largeEdit: largeEdit)
    return [
      ("event_time", .int64(times.eventTime)), ("processing_lag_seconds", .int64(times.lagSeconds)),
      ("event_hour", .int32(times.hour)), ("event_date", .int32(times.date)),
      ("bytes_changed", .int32(sizes.bytesChanged)), ("is_large_edit", .bool(sizes.isLarge)),
    ]
  }
}
