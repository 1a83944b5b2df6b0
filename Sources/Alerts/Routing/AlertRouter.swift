/// Decides who hears of what, remembers it, and delivers.
///
/// Decisions go into the outbox of each channel in the transaction that makes them, so that of two processes only one speaks, and what a
/// channel cannot take now is delivered by a later run. Everything goes to the log at once. Nothing here throws: alerts never fail a
/// batch. Without a store (its file is damaged) the log is all there is.
public struct AlertRouter: Sendable {
  let store: AlertStore?
  let channels: [RoutedChannel]
  let log: LogChannel
  let policy: RoutingPolicy
  let clock: @Sendable () -> Int64
  let makeID: @Sendable () -> String

  /// A router. `clock`: microseconds since 1970-01-01 UTC; `makeID`: a new UUID.
  public init(
    store: AlertStore?, channels: [RoutedChannel], log: LogChannel, policy: RoutingPolicy,
    clock: @escaping @Sendable () -> Int64, makeID: @escaping @Sendable () -> String
  ) {
    self.store = store
    self.channels = channels
    self.log = log
    self.policy = policy
    self.clock = clock
    self.makeID = makeID
  }

  /// Takes in what was seen, in order: what holds is told unless it was lately, what cleared is told to those who heard of it.
  public func observe(_ observations: [Observation]) {
    let now = clock()
    for case .holds(let alert) in observations { log.deliver(message(.firing, alert, since: now, now: now)) }
    guarded { store in
      // Most runs find nothing wrong, and then nothing is written.
      guard try observations.contains(where: \.isHolding) || store.read({ try !$0.openCauses().isEmpty }) else {
        return
      }
      let cleared = try store.update { tables in
        try tables.forget(before: now - policy.memory)
        return try observations.flatMap { observation in
          switch observation {
          case .holds(let alert):
            try note(alert, now: now, in: tables)
            return [AlertMessage]()
          case .clears(let family): return try clear(family, now: now, in: tables)
          }
        }
      }
      for message in cleared { log.deliver(message) }
    }
  }

  /// Tells what quiet hours or the throttle held back and what still holds, and sends the digests that are due.
  public func flush() {
    let now = clock()
    guarded { store in
      let isNeeded = try store.read { try !$0.openCauses().isEmpty || !$0.channelsWithHeld().isEmpty }
      guard isNeeded else { return }
      try store.update { tables in
        for cause in try tables.openCauses() { try tell(cause, onlyUntold: true, now: now, in: tables) }
        for channel in try tables.channelsWithHeld() { try sendDigest(channel, now: now, in: tables) }
      }
    }
  }

  private func note(_ alert: Alert, now: Int64, in tables: AlertTables) throws {
    var cause =
      try tables.cause(alert.cause)
      ?? AlertTables.Cause(alert: alert, isOpen: false, opened: now, seenAt: now, seen: 0)
    if !cause.isOpen {
      (cause.isOpen, cause.opened, cause.seen) = (true, now, 0)
      try takeBackClears(of: alert.cause, now: now, in: tables)
    }
    (cause.alert, cause.seenAt, cause.seen) = (alert, now, cause.seen + 1)
    try tables.store(cause)
    try tell(cause, onlyUntold: false, now: now, in: tables)
  }

  /// A channel that has not been told yet that it cleared need not be: it holds again.
  private func takeBackClears(of cause: String, now: Int64, in tables: AlertTables) throws {
    for (channel, var notice) in try tables.notices(cause)
    where try tables.withdraw(.cleared, cause, from: channel, now: now) {
      notice.isCurrent = true
      try tables.setNotice(notice, cause, channel)
    }
  }

  private func tell(_ cause: AlertTables.Cause, onlyUntold: Bool, now: Int64, in tables: AlertTables) throws {
    let alert = cause.alert
    for routed in channels {
      let channel = routed.channel.name
      let notice = try tables.notice(alert.cause, channel)
      if onlyUntold && notice?.isCurrent == true { continue }
      let verdict = Verdict(alert.severity, from: routed.threshold, after: notice, policy: policy, now: now)
      guard verdict == .send else { continue }
      // An older message of this cause that could not be delivered says less than this one.
      _ = try tables.withdraw(.firing, alert.cause, from: channel, now: now)
      try tables.post(message(.firing, alert, since: cause.opened, seen: cause.seen, now: now), to: channel)
      try tables.setNotice(
        Notice(severity: alert.severity, sent: now, isCurrent: true), alert.cause, channel)
    }
  }

  private func clear(_ family: String, now: Int64, in tables: AlertTables) throws -> [AlertMessage] {
    try tables.openCauses(of: family).map { cause in
      var cause = cause
      (cause.isOpen, cause.seenAt) = (false, now)
      try tables.store(cause)
      let message = message(.cleared, cause.alert, since: cause.opened, seen: cause.seen, now: now)
      for (channel, var notice) in try tables.notices(cause.alert.cause) where notice.isCurrent {
        // What nobody was to hear of before the end of the quiet hours, and is over by then, is not worth a message.
        let isHeldBack = notice.severity != .critical && policy.isQuiet(now)
        if try isHeldBack && tables.withdraw(.firing, cause.alert.cause, from: channel, now: now) {
          try tables.setNotice(nil, cause.alert.cause, channel)
          continue
        }
        notice.isCurrent = false
        try tables.setNotice(notice, cause.alert.cause, channel)
        guard channels.contains(where: { $0.channel.name == channel }) else { continue }
        try tables.post(message, to: channel)
      }
      return message
    }
  }

  func message(
    _ kind: AlertMessage.Kind, _ alert: Alert, since: Int64, seen: Int = 1, now: Int64
  ) -> AlertMessage {
    AlertMessage(id: makeID(), kind: kind, alert: alert, since: since, seen: seen, time: now)
  }

  /// Runs what needs the store. What goes wrong there is written to the log.
  func guarded(_ body: (AlertStore) throws -> Void) {
    guard let store else { return }
    do { try body(store) } catch { log.complain("alerts: \(error)") }
  }
}

extension Observation {
  fileprivate var isHolding: Bool { if case .holds = self { true } else { false } }
}
