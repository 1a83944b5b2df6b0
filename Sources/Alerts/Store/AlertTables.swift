import Failures
import JSON
import SQLite

/// The tables of the memory, inside a transaction.
struct AlertTables {
  let connection: Connection

  // MARK: Causes

  /// A condition that holds or held.
  struct Cause {
    var alert: Alert
    var isOpen: Bool
    var opened: Int64
    var seenAt: Int64
    var seen: Int
  }

  private static let causeColumns = "alert, is_open, opened, seen_at, seen"

  func cause(_ name: String) throws -> Cause? {
    try connection.first("SELECT \(Self.causeColumns) FROM causes WHERE cause = ?", [.text(name)]) { try Cause($0) }
  }

  /// Conditions that hold, in the order of their causes; those below `family` where one is given.
  func openCauses(of family: String? = nil) throws -> [Cause] {
    let columns = "SELECT \(Self.causeColumns) FROM causes WHERE is_open = 1"
    guard let family else { return try connection.rows("\(columns) ORDER BY cause") { try Cause($0) } }
    let below = "AND (cause = ?1 OR substr(cause, 1, length(?1) + 1) = ?1 || '/')"
    return try connection.rows("\(columns) \(below) ORDER BY cause", [.text(family)]) { try Cause($0) }
  }

  func store(_ cause: Cause) throws {
    try connection.execute(
      "INSERT OR REPLACE INTO causes VALUES (?, ?, ?, ?, ?, ?, ?)",
      [
        .text(cause.alert.cause), .text(cause.alert.severity.rawValue), .integer(cause.isOpen ? 1 : 0),
        .integer(cause.opened), .integer(cause.seenAt), .integer(Int64(cause.seen)),
        .text(JSONValue.object(cause.alert.json).text),
      ])
  }

  // MARK: Who was told

  func notice(_ cause: String, _ channel: String) throws -> Notice? {
    try connection.first(
      "SELECT severity, sent, is_current FROM notices WHERE cause = ? AND channel = ?", [.text(cause), .text(channel)]
    ) { try Notice(severity: storedSeverity($0, 0), sent: $0.int64(1), isCurrent: $0.int64(2) != 0) }
  }

  /// Who was told of a cause last, by channel.
  func notices(_ cause: String) throws -> [(channel: String, notice: Notice)] {
    try connection.rows(
      "SELECT severity, sent, is_current, channel FROM notices WHERE cause = ? ORDER BY channel", [.text(cause)]
    ) { row in
      let notice = try Notice(severity: storedSeverity(row, 0), sent: row.int64(1), isCurrent: row.int64(2) != 0)
      return (row.text(3) ?? "", notice)
    }
  }

  /// Stores what a channel was told; nil forgets it.
  func setNotice(_ notice: Notice?, _ cause: String, _ channel: String) throws {
    guard let notice else {
      try connection.execute(
        "DELETE FROM notices WHERE cause = ? AND channel = ?", [.text(cause), .text(channel)])
      return
    }
    try connection.execute(
      "INSERT OR REPLACE INTO notices VALUES (?, ?, ?, ?, ?)",
      [
        .text(cause), .text(channel), .text(notice.severity.rawValue), .integer(notice.sent),
        .integer(notice.isCurrent ? 1 : 0),
      ])
  }

  // MARK: What was announced

  /// Remembers an occurrence. False when it was announced before with this severity or a higher one.
  func isNews(_ alert: Alert, now: Int64) throws -> Bool {
    let key: [SQLiteValue] = [.text(alert.cause), .text(alert.occurrence ?? "")]
    let before = try connection.first(
      "SELECT severity FROM occurrences WHERE cause = ? AND occurrence = ?", key
    ) { try storedSeverity($0, 0) }
    if let before, before >= alert.severity { return false }
    try connection.execute(
      "INSERT OR REPLACE INTO occurrences VALUES (?, ?, ?, ?)", key + [.text(alert.severity.rawValue), .integer(now)])
    return true
  }

  /// Forgets what is too old to matter.
  func forget(before time: Int64) throws {
    try connection.execute("DELETE FROM occurrences WHERE time < ?", [.integer(time)])
    try connection.execute("DELETE FROM spent WHERE time < ?", [.integer(time)])
    try connection.execute("DELETE FROM causes WHERE is_open = 0 AND seen_at < ?", [.integer(time)])
    try connection.execute("DELETE FROM notices WHERE is_current = 0 AND sent < ?", [.integer(time)])
  }

  // MARK: Anomalies beyond the budget

  /// How many messages of anomalies, or digests of them, a channel got after `time`.
  func spent(_ channel: String, digests: Bool, after time: Int64) throws -> Int {
    try connection.first(
      "SELECT count(*) FROM spent WHERE channel = ? AND is_digest = ? AND time > ?",
      [.text(channel), .integer(digests ? 1 : 0), .integer(time)]
    ) { Int($0.int64(0)) } ?? 0
  }

  func spend(_ channel: String, digest: Bool, now: Int64) throws {
    try connection.execute(
      "INSERT INTO spent VALUES (?, ?, ?)", [.text(channel), .integer(digest ? 1 : 0), .integer(now)])
  }

  /// Keeps an alert for the channel's next digest.
  func hold(_ alert: Alert, for channel: String, now: Int64) throws {
    try connection.execute(
      "INSERT INTO held (channel, is_critical, rank, alert, time) VALUES (?, ?, ?, ?, ?)",
      [
        .text(channel), .integer(alert.severity == .critical ? 1 : 0), .integer(Int64(alert.rank)),
        .text(JSONValue.object(alert.json).text), .integer(now),
      ])
  }

  /// Takes what is kept for the channel, or only what is critical, by rank.
  func takeHeld(for channel: String, onlyCritical: Bool) throws -> [Alert] {
    let condition = "channel = ? AND is_critical >= ?"
    let values: [SQLiteValue] = [.text(channel), .integer(onlyCritical ? 1 : 0)]
    let alerts = try connection.rows(
      "SELECT alert FROM held WHERE \(condition) ORDER BY rank DESC, number", values
    ) { try storedAlert($0, 0) }
    try connection.execute("DELETE FROM held WHERE \(condition)", values)
    return alerts
  }

  /// How many alerts are kept for digests.
  func heldCount() throws -> Int { try connection.first("SELECT count(*) FROM held") { Int($0.int64(0)) } ?? 0 }

  /// The channels that something is kept for.
  func channelsWithHeld() throws -> [String] {
    try connection.rows("SELECT DISTINCT channel FROM held ORDER BY channel") { $0.text(0) ?? "" }
  }
}

private func storedSeverity(_ row: Statement, _ column: Int) throws -> Alert.Severity {
  let name = row.text(column) ?? ""
  guard let severity = Alert.Severity(rawValue: name) else {
    throw Failure.malformedInput("no severity is \"\(name)\"")
  }
  return severity
}

private func storedAlert(_ row: Statement, _ column: Int) throws -> Alert {
  try Alert(json: JSONValue.object(parsing: row.text(column) ?? "", as: "an alert"))
}

extension AlertTables.Cause {
  fileprivate init(_ row: Statement) throws {
    self.init(
      alert: try storedAlert(row, 0), isOpen: row.int64(1) != 0, opened: row.int64(2), seenAt: row.int64(3),
      seen: Int(row.int64(4)))
  }
}
