import Columns
import Pipeline

/// Bronze rows for tests of Silver.
struct BronzeRows {
  private(set) var topics: [String] = []
  private(set) var partitions: [Int32] = []
  private(set) var offsets: [Int64] = []
  private(set) var ingestion: [Int64] = []
  private(set) var batches: [String] = []
  private(set) var events = BinaryColumn()

  mutating func append(
    _ event: String, topic: String = "cleaned_events", partition: Int32 = 0, offset: Int64? = nil,
    ingestion time: Int64 = EventJSON.ingestion, batch: String = "bronze-000001"
  ) {
    append(Array(event.utf8)[...], topic: topic, partition: partition, offset: offset, ingestion: time, batch: batch)
  }

  mutating func append(
    _ event: ArraySlice<UInt8>, topic: String = "cleaned_events", partition: Int32 = 0, offset: Int64? = nil,
    ingestion time: Int64 = EventJSON.ingestion, batch: String = "bronze-000001"
  ) {
    topics.append(topic)
    partitions.append(partition)
    offsets.append(offset ?? Int64(offsets.count))
    ingestion.append(time)
    batches.append(batch)
    events.append(event)
  }

  var batch: ColumnBatch {
    get throws {
      let schema = Tables.bronzeEvents.schema
      return try ColumnBatch(
        schema: schema,
        columns: schema.fields.map { field in
          switch field.name {
          case "event_id": .binary(BinaryColumn(offsets.map { "key-\($0)" }))
          case "event_data": .binary(events)
          case "kafka_topic": .binary(BinaryColumn(topics))
          case "kafka_partition": .int32(PrimitiveColumn(partitions))
          case "kafka_offset": .int64(PrimitiveColumn(offsets))
          case "ingestion_timestamp": .int64(PrimitiveColumn(ingestion))
          case "batch_id": .binary(BinaryColumn(batches))
          case "kafka_cluster_id": .binary(BinaryColumn(offsets.map { _ in "log-1" }))
          default: field.type.nulls(offsets.count)
          }
        })
    }
  }
}

/// An event as JSON, every member of which can be replaced or left out.
struct EventJSON {
  /// 2023-11-14T22:13:20Z, in microseconds.
  static let time: Int64 = 1_700_000_000_000_000
  /// Three and a half seconds later.
  static let ingestion: Int64 = time + 3_500_000

  private var members: [(String, String)] = [
    ("id", "1"), ("type", #""edit""#), ("namespace", "0"), ("title", #""Berlin""#),
    ("title_url", #""https://w/Berlin""#),
    ("comment", #""typo""#), ("timestamp", "1700000000"), ("user", #""Ann""#), ("bot", "false"), ("minor", "true"),
    ("patrolled", "false"),
    ("length", #"{"old":100,"new":90}"#), ("revision", #"{"old":7,"new":8}"#), ("server_url", #""https://w""#),
    ("server_name", #""w""#),
    ("notify_url", #""https://w/n""#), ("wiki", #""enwiki""#),
  ]
  private var id: String
  private var time: String?
  private var domain = "w"

  init(_ id: String = "m-1", time: String? = "2023-11-14T22:13:20Z") {
    self.id = id
    self.time = time
  }

  /// Replaces a member by JSON text, or leaves it out for nil.
  func with(_ name: String, _ json: String?) -> EventJSON {
    var copy = self
    copy.members.removeAll { $0.0 == name }
    if let json { copy.members.append((name, json)) }
    return copy
  }

  var json: String {
    let dt = time.map { #","dt":"\#($0)""# } ?? ""
    let meta =
      #""meta":{"id":"\#(id)","request_id":"r-1","domain":"\#(domain)","stream":"mediawiki.recentchange"\#(dt)}"#
    let rest = members.map { #""\#($0.0)":\#($0.1)"# }
    return "{" + ([#""$schema":"/mediawiki/recentchange/1.0.1""#, meta] + rest).joined(separator: ",") + "}"
  }
}

extension ColumnBatch {
  /// A value as text, `nil` for null: for expectations.
  func cell(_ name: String, _ row: Int) throws -> String {
    func say<Value>(_ value: Value?) -> String { value.map { "\($0)" } ?? "nil" }
    return switch try column(name) {
    case .bool(let column): say(column[row])
    case .int32(let column): say(column[row])
    case .int64(let column): say(column[row])
    case .float(let column): say(column[row])
    case .double(let column): say(column[row])
    case .binary(let column): say(column.string(row))
    case .list(let column): say(column.strings(row)?.joined(separator: ","))
    case .int128, .structure, .map: "of a type that no table has"
    }
  }

  /// A column as texts.
  func cells(_ name: String) throws -> [String] { try (0..<rowCount).map { try cell(name, $0) } }
}
