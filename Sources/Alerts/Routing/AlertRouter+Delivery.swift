/// How long deliveries may keep a run, in milliseconds.
public struct DeliveryLimits: Sendable, Hashable {
  /// One message.
  public var message: Int
  /// All of them.
  public var all: Int

  /// Limits.
  public init(message: Int = 3000, all: Int = 5000) {
    self.message = message
    self.all = all
  }

  /// A delivery that has less than this is left to the next run.
  static let least = 100
}

extension AlertRouter {
  /// A channel's wish to wait is heeded up to so many seconds.
  private static let longestWait = 3600

  /// Delivers what waits in the outboxes, oldest first, until it is done or the time is up. A channel that fails is left to the next run;
  /// what has waited too long or was refused too often is dropped, and the log says so.
  public func deliver(_ limits: DeliveryLimits, monotonicSeconds: () -> Double) {
    let end = monotonicSeconds() + Double(limits.all) / 1000
    guarded { store in
      guard try store.read({ try !$0.undelivered().isEmpty }) else { return }
      try dropHopeless(store)
      for routed in channels {
        while true {
          let left = min(limits.message, Int((end - monotonicSeconds()) * 1000))
          guard left >= DeliveryLimits.least else { return }
          guard try deliverNext(routed.channel, within: left, from: store) else { break }
        }
      }
    }
  }

  /// Delivers one message. False when there is none, or when it failed.
  private func deliverNext(_ channel: any AlertChannel, within milliseconds: Int, from store: AlertStore) throws -> Bool
  {
    let claim = makeID()
    let now = clock()
    let item = try store.update {
      try $0.claim(claim, channel: channel.name, onlyCritical: policy.isQuiet(now), now: now)
    }
    guard let item else { return false }
    do {
      try channel.deliver(item.message, withinMilliseconds: milliseconds)
    } catch {
      try postpone(item, after: error, claim: claim, in: store)
      return false
    }
    try store.update { try $0.remove(item.number) }
    return true
  }

  private func postpone(
    _ item: AlertTables.Undelivered, after error: any Error, claim: String, in store: AlertStore
  ) throws {
    var item = item
    item.lastError = MessageTemplate.line("\(error)")
    if let refusal = error as? DeliveryFailure {
      item.refusals += refusal.isOfMessage ? 1 : 0
      if let seconds = refusal.retryAfterSeconds {
        // Nobody can make us wait longer than that.
        item.notBefore = clock() + Int64(min(seconds, Self.longestWait)) * 1_000_000
      }
    }
    try store.update { try $0.release(item, claim: claim) }
    log.complain(
      "alerts: \(item.channel) did not take \"\(item.message.alert.title)\": \(item.lastError ?? ""); the next run tries again"
    )
  }

  private func dropHopeless(_ store: AlertStore) throws {
    let now = clock()
    let dropped = try store.update { tables in
      let hopeless = try tables.undelivered().filter { !$0.isClaimed(at: now) && isHopeless($0, now: now) }
      for item in hopeless {
        let cause = item.message.alert.cause
        try tables.remove(item.number)
        guard item.message.kind == .firing else { continue }
        // The channel never heard of it, so it need not hear of its end, and may hear of it should it go on.
        _ = try tables.withdraw(.cleared, cause, from: item.channel, now: now)
        try tables.setNotice(nil, cause, item.channel)
      }
      return hopeless
    }
    for item in dropped {
      log.complain(
        "alerts: \"\(item.message.alert.title)\" is dropped after \(item.attempts) attempts to reach \(item.channel): "
          + (item.lastError ?? "nobody said why"))
    }
  }

  private func isHopeless(_ item: AlertTables.Undelivered, now: Int64) -> Bool {
    now - item.message.time >= policy.keepUnsent || item.attempts >= RoutingPolicy.attempts
      || item.refusals >= RoutingPolicy.attemptsOfRefused
  }
}
