import Columns
import Hashing
import Pipeline

/// A Silver row as Gold's tests write it.
struct GoldEvent: Sendable, Hashable {
  var time: Int64
  var type: String? = "edit"
  var entity: String? = "enwiki:Page"
  var wiki: String? = "enwiki"
  var user: String? = "User"
  var isBot: Bool? = false
  var kind: String? = "registered"
  var isRevert: Bool? = false
  var isLarge: Bool? = false
  var hasComment: Bool? = true
  var bytes: Int32? = 10
  var lag: Int64? = 3

  /// As Silver derives it.
  var isAnonymous: Bool { kind == "anonymous" || kind == "temporary" }
  var isEdit: Bool { type == "edit" || type == "new" }
  var window: Int64 { GoldWindowGrid.start(of: time) }
  var seconds: Int64 { Int64((Double(time) / 1_000_000).rounded(.down)) }
}

extension GoldEvent {
  /// The schema of what Gold reads of Silver, in an order of its own.
  static let schema = ColumnSchema([
    ColumnField("wiki", .string), ColumnField("event_time", .timestamptz), ColumnField("event_timestamp", .long),
    ColumnField("event_type", .string), ColumnField("canonical_entity", .string), ColumnField("user_name", .string),
    ColumnField("is_bot", .boolean), ColumnField("is_anonymous", .boolean), ColumnField("user_kind", .string),
    ColumnField("is_revert", .boolean), ColumnField("is_large_edit", .boolean), ColumnField("has_comment", .boolean),
    ColumnField("bytes_changed", .int), ColumnField("processing_lag_seconds", .long),
  ])

  /// The events as rows of Silver.
  static func batch(_ events: [GoldEvent]) throws -> ColumnBatch {
    try ColumnBatch(
      schema: schema,
      columns: [
        .binary(BinaryColumn(events.map(\.wiki))), .int64(longs(events.map(\.time))),
        .int64(longs(events.map(\.seconds))), .binary(BinaryColumn(events.map(\.type))),
        .binary(BinaryColumn(events.map(\.entity))), .binary(BinaryColumn(events.map(\.user))),
        .bool(bools(events.map(\.isBot))), .bool(bools(events.map(\.isAnonymous))),
        .binary(BinaryColumn(events.map(\.kind))), .bool(bools(events.map(\.isRevert))),
        .bool(bools(events.map(\.isLarge))), .bool(bools(events.map(\.hasComment))),
        .int32(ints(events.map(\.bytes))), .int64(longs(events.map(\.lag))),
      ])
  }

  static func bools(_ values: [Bool?]) -> PrimitiveColumn<Bool> {
    var column = PrimitiveColumn<Bool>()
    for value in values { column.append(value) }
    return column
  }

  static func ints(_ values: [Int32?]) -> PrimitiveColumn<Int32> {
    var column = PrimitiveColumn<Int32>()
    for value in values { column.append(value) }
    return column
  }

  static func longs(_ values: [Int64?]) -> PrimitiveColumn<Int64> {
    var column = PrimitiveColumn<Int64>()
    for value in values { column.append(value) }
    return column
  }
}

/// A row of silver_quarantine as far as Gold reads it.
struct GoldFailedRow: Sendable, Hashable {
  var time: Int64?
  var entity: String? = "enwiki:Page"
  var wiki: String? = "enwiki"
  var user: String? = "User"
  var status: String? = "open"

  static func batch(_ rows: [GoldFailedRow]) throws -> ColumnBatch {
    try ColumnBatch(
      schema: ColumnSchema([
        ColumnField("event_time", .timestamptz), ColumnField("wiki", .string), ColumnField("entity", .string),
        ColumnField("user_name", .string), ColumnField("status", .string),
      ]),
      columns: [
        .int64(GoldEvent.longs(rows.map(\.time))), .binary(BinaryColumn(rows.map(\.wiki))),
        .binary(BinaryColumn(rows.map(\.entity))), .binary(BinaryColumn(rows.map(\.user))),
        .binary(BinaryColumn(rows.map(\.status))),
      ])
  }
}

/// Random events that meet in few windows, pages and users, with everything that may be missing missing now and then.
struct GoldEventGenerator {
  var generator: Xoshiro256StarStar
  let first: Int64
  let windows: Int

  init(seed: Int, first: Int64 = 1_700_000_400_000_000, windows: Int = 3) {
    generator = Xoshiro256StarStar(seed: UInt64(seed))
    self.first = GoldWindowGrid.start(of: first)
    self.windows = windows
  }

  static let wikis = ["enwiki", "dewiki", "commonswiki", "wikidatawiki", "frwiki", "jawiki"]
  static let users: [(name: String, kind: String)] = [
    ("Anna", "registered"), ("Käthe", "registered"), ("~2026-12345-67", "temporary"), ("192.0.2.7", "anonymous"),
    ("2001:db8::1", "anonymous"), ("CleanerBot", "bot"), ("e\u{301}", "registered"), ("\u{e9}", "registered"),
    ("", "registered"),
  ]

  mutating func event(withMissingKeys: Bool) -> GoldEvent {
    let wiki = pick(Self.wikis)
    let user = pick(Self.users)
    var event = GoldEvent(time: first + Int64.random(in: 0..<Int64(windows) * GoldWindowGrid.width, using: &generator))
    event.type = pick(["edit", "edit", "edit", "edit", "new", "categorize", "log", "external", "142"])
    event.wiki = wiki
    event.entity = "\(wiki):\(pick(["A", "B", "C", "Ähre"]))"
    event.user = user.name
    event.isBot = user.kind == "bot" || chance(0.05)
    event.kind = event.isBot == true ? "bot" : user.kind
    event.isRevert = chance(0.3)
    event.isLarge = chance(0.1)
    event.hasComment = chance(0.7)
    event.bytes = Int32.random(in: -30_000...30_000, using: &generator)
    event.lag = Int64.random(in: -5...400, using: &generator)
    remove(&event, keys: withMissingKeys)
    return event
  }

  mutating func failedRow() -> GoldFailedRow {
    let wiki = pick(Self.wikis)
    return GoldFailedRow(
      time: chance(0.1) ? nil : first + Int64.random(in: 0..<Int64(windows) * GoldWindowGrid.width, using: &generator),
      entity: chance(0.1) ? nil : "\(wiki):\(pick(["A", "B", "C", "D"]))", wiki: chance(0.1) ? nil : wiki,
      user: chance(0.1) ? nil : pick(Self.users).name, status: pick(["open", "open", "released", "discarded"]))
  }

  private mutating func remove(_ event: inout GoldEvent, keys: Bool) {
    if chance(0.03) { event.isRevert = nil }
    if chance(0.03) { event.isLarge = nil }
    if chance(0.03) { event.hasComment = nil }
    if chance(0.05) { event.bytes = nil }
    if chance(0.05) { event.lag = nil }
    guard keys else { return }
    if chance(0.03) { event.entity = nil }
    if chance(0.03) { event.wiki = nil }
    if chance(0.03) { event.user = nil }
    if chance(0.03) { event.type = nil }
    if chance(0.03) { event.isBot = nil }
  }

  mutating func pick<Value>(_ values: [Value]) -> Value { values[Int.random(in: values.indices, using: &generator)] }

  mutating func chance(_ probability: Double) -> Bool { Double.random(in: 0..<1, using: &generator) < probability }
}
