/// Several alerts as one.
struct AlertDigest {
  /// So many are named, the first by rank.
  private static let named = 20

  let alert: Alert
  /// When the first of them was noticed, in microseconds since 1970-01-01 UTC.
  let since: Int64

  /// Alerts by rank; nil for none.
  init?(_ alerts: [Alert], now: Int64) {
    guard let first = alerts.first else { return nil }
    since = alerts.map(\.time).min() ?? now
    var lines = alerts.prefix(Self.named).map { "- \($0.severity.rawValue.uppercased()) \($0.title)" }
    if alerts.count > Self.named { lines.append("- and \(alerts.count - Self.named) more") }
    let critical = alerts.count { $0.severity == .critical }
    alert = Alert(
      cause: "digest", severity: critical > 0 ? .critical : .warning,
      title: alerts.count == 1 ? first.title : "\(alerts.count) more: \(first.title), …",
      detail: (["\(alerts.count) that had no message of their own:"] + lines).joined(separator: "\n"),
      numbers: [Alert.Number("alerts", String(alerts.count)), Alert.Number("critical", String(critical))],
      command: "wikiguard-job report", links: first.links, time: now)
  }
}
