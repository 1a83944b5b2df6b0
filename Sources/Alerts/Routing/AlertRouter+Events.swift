extension AlertRouter {
  /// Announces events, each occurrence once (again only when it became worse), those of one cause no more often than the throttle lets.
  ///
  /// With `limit`, a channel gets at most so many of them an hour, those of higher rank first; the others, and what quiet hours hold
  /// back, go into a digest, of which there is one an hour. With `onlyLog` no channel hears of them.
  public func announce(_ events: [Alert], limit: Int? = nil, onlyLog: Bool = false) {
    guard !events.isEmpty else { return }
    let now = clock()
    let ranked = events.enumerated().sorted { ($1.element.rank, $0.offset) < ($0.element.rank, $1.offset) }.map(
      \.element)
    guard store != nil else {
      for alert in ranked { log.deliver(message(.firing, alert, since: now, now: now)) }
      return
    }
    guarded { store in
      let news = try store.update { tables in
        try tables.forget(before: now - policy.memory)
        let news = try ranked.filter { try tables.isNews($0, now: now) }
        for routed in onlyLog ? [] : channels {
          for alert in news { try tell(alert, to: routed, limit: limit, now: now, in: tables) }
          try sendDigest(routed.channel.name, now: now, in: tables)
        }
        return news
      }
      for alert in news { log.deliver(message(.firing, alert, since: now, now: now)) }
    }
  }

  private func tell(
    _ alert: Alert, to routed: RoutedChannel, limit: Int?, now: Int64, in tables: AlertTables
  ) throws {
    let channel = routed.channel.name
    let notice = try tables.notice(alert.cause, channel)
    let verdict = Verdict(alert.severity, from: routed.threshold, after: notice, policy: policy, now: now)
    if verdict == .silent { return }
    try tables.setNotice(Notice(severity: alert.severity, sent: now, isCurrent: false), alert.cause, channel)
    guard verdict == .send else { return try tables.hold(alert, for: channel, now: now) }
    if let limit {
      let spent = try tables.spent(channel, digests: false, after: now - RoutingPolicy.hour)
      guard spent < limit else { return try tables.hold(alert, for: channel, now: now) }
      try tables.spend(channel, digest: false, now: now)
    }
    try tables.post(message(.firing, alert, since: now, now: now), to: channel)
  }

  /// One message of all that is kept for a channel, unless it had one in the last hour. In quiet hours only of what is critical.
  func sendDigest(_ channel: String, now: Int64, in tables: AlertTables) throws {
    guard try tables.spent(channel, digests: true, after: now - RoutingPolicy.hour) == 0 else { return }
    let alerts = try tables.takeHeld(for: channel, onlyCritical: policy.isQuiet(now))
    guard let digest = AlertDigest(alerts, now: now) else { return }
    try tables.post(message(.digest, digest.alert, since: digest.since, seen: alerts.count, now: now), to: channel)
    try tables.spend(channel, digest: true, now: now)
  }
}
