import Failures
import JSON
import SQLite

extension AlertTables {
  /// A message that is not delivered yet.
  struct Undelivered {
    /// Its place in the order.
    var number: Int64
    var channel: String
    var message: AlertMessage
    var attempts: Int
    /// How often the other side objected to this very message.
    var refusals: Int
    var notBefore: Int64
    var claimedUntil: Int64
    var lastError: String?

    /// Whether another process delivers it. A claim that reaches further than any claim does is of a clock that has been set back.
    func isClaimed(at now: Int64) -> Bool { claimedUntil >= now && claimedUntil - now <= RoutingPolicy.lease }
  }

  private static let outboxColumns =
    "number, channel, message, attempts, refusals, not_before, claimed_until, last_error"

  /// What waits, oldest first; for one channel where one is given.
  func undelivered(for channel: String? = nil) throws -> [Undelivered] {
    let columns = "SELECT \(Self.outboxColumns) FROM outbox"
    guard let channel else { return try connection.rows("\(columns) ORDER BY number") { try Undelivered($0) } }
    return try connection.rows("\(columns) WHERE channel = ? ORDER BY number", [.text(channel)]) { try Undelivered($0) }
  }

  func post(_ message: AlertMessage, to channel: String) throws {
    try connection.execute(
      "INSERT INTO outbox (channel, cause, kind, is_critical, message, created) VALUES (?, ?, ?, ?, ?, ?)",
      [
        .text(channel), .text(message.alert.cause), .text(message.kind.rawValue),
        .integer(message.isCritical ? 1 : 0), .text(JSONValue.object(message.json).text), .integer(message.time),
      ])
  }

  /// Takes back messages of that cause and kind that nobody is delivering right now. True when there were any.
  func withdraw(_ kind: AlertMessage.Kind, _ cause: String, from channel: String, now: Int64) throws -> Bool {
    try connection.execute(
      "DELETE FROM outbox WHERE channel = ? AND cause = ? AND kind = ? AND claimed_until NOT BETWEEN ? AND ?",
      [
        .text(channel), .text(cause), .text(kind.rawValue), .integer(now), .integer(now + RoutingPolicy.lease),
      ]) > 0
  }

  /// Claims the channel's next message for the holder of `claim`. Nil when there is none, when it has to wait, or when another process
  /// is delivering to the channel, so that messages keep their order.
  func claim(
    _ claim: String, channel: String, onlyCritical: Bool, now: Int64
  ) throws -> Undelivered? {
    let next = try connection.first(
      "SELECT \(Self.outboxColumns) FROM outbox WHERE channel = ? AND is_critical >= ? ORDER BY number LIMIT 1",
      [.text(channel), .integer(onlyCritical ? 1 : 0)]
    ) { try Undelivered($0) }
    guard var next, next.notBefore <= now, !next.isClaimed(at: now) else { return nil }
    next.attempts += 1
    // Counted before it is made, so that a message which kills its sender is given up too.
    try connection.execute(
      "UPDATE outbox SET claim = ?, claimed_until = ?, attempts = ? WHERE number = ?",
      [
        .text(claim), .integer(now + RoutingPolicy.lease), .integer(Int64(next.attempts)), .integer(next.number),
      ])
    return next
  }

  /// The message has arrived, or is given up.
  func remove(_ number: Int64) throws {
    try connection.execute("DELETE FROM outbox WHERE number = ?", [.integer(number)])
  }

  /// The message claimed by `claim` did not arrive: `notBefore` is when it may be tried again.
  func release(_ item: Undelivered, claim: String) throws {
    try connection.execute(
      """
      UPDATE outbox SET claim = NULL, claimed_until = 0, refusals = ?, not_before = ?, last_error = ?
      WHERE number = ? AND claim = ?
      """,
      [
        .integer(Int64(item.refusals)), .integer(item.notBefore), .text(orNull: item.lastError),
        .integer(item.number), .text(claim),
      ])
  }
}

extension AlertTables.Undelivered {
  fileprivate init(_ row: Statement) throws {
    let object = try JSONValue.object(parsing: row.text(2) ?? "", as: "a message")
    self.init(
      number: row.int64(0), channel: row.text(1) ?? "", message: try AlertMessage(json: object),
      attempts: Int(row.int64(3)), refusals: Int(row.int64(4)), notBefore: row.int64(5), claimedUntil: row.int64(6),
      lastError: row.text(7))
  }
}
