public import Columns
internal import CSimdjson

/// The columns that events are parsed into, in the order of the C enumeration `rc_field`. All are optional: what an event lacks is
/// null.
public enum RecentChangeSchema {
  /// Names and types. `timestamp` is in seconds, times in microseconds, `log_params` is JSON text as it stood in the event.
  public static let columns = ColumnSchema(fields.map { ColumnField($0.column, $0.type) })

  /// One field: its column, its place in the event, its type.
  struct Field: Sendable {
    let column: String
    let path: String
    let type: ColumnType

    init(_ column: String, _ type: ColumnType, at path: String? = nil) {
      self.column = column
      self.path = path ?? column
      self.type = type
    }
  }

  static let fields: [Field] = [
    Field("meta_id", .string, at: "meta.id"),
    Field("meta_dt", .timestamptz, at: "meta.dt"),
    Field("meta_domain", .string, at: "meta.domain"),
    Field("request_id", .string, at: "meta.request_id"),
    Field("stream", .string, at: "meta.stream"),
    Field("wikimedia_id", .long, at: "id"),
    Field("type", .string),
    Field("namespace", .int),
    Field("title", .string),
    Field("title_url", .string),
    Field("comment", .string),
    Field("timestamp", .long),
    Field("user", .string),
    Field("bot", .boolean),
    Field("minor", .boolean),
    Field("patrolled", .boolean),
    Field("wiki", .string),
    Field("server_url", .string),
    Field("server_name", .string),
    Field("notify_url", .string),
    Field("length_old", .int, at: "length.old"),
    Field("length_new", .int, at: "length.new"),
    Field("revision_old", .long, at: "revision.old"),
    Field("revision_new", .long, at: "revision.new"),
    Field("log_id", .long),
    Field("log_type", .string),
    Field("log_action", .string),
    Field("log_params", .string),
    Field("ingest_time", .timestamptz, at: "_metadata.ingestion_timestamp"),
  ]

  /// Fields that are looked at and have no column, as `rc_field` goes on.
  private static let others = ["$schema", "meta", "length", "revision", "_metadata"]

  /// The place of a field in the event, for messages.
  static func path(_ field: Int) -> String {
    if field < fields.count { return fields[field].path }
    let other = field - fields.count
    return other < others.count ? others[other] : "event"
  }

  /// The JSON type that a field has to have, for messages.
  static func expected(_ field: Int) -> String {
    guard field < fields.count else { return path(field) == "$schema" ? "string" : "object" }
    switch fields[field].type {
    case .boolean: return "boolean"
    case .int, .long: return "integer"
    default: return "string"
    }
  }
}
