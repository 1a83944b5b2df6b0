/// What a channel was last told about a cause.
struct Notice: Sendable, Hashable {
  /// With which severity.
  var severity: Alert.Severity
  /// When, in microseconds since 1970-01-01 UTC.
  var sent: Int64
  /// Whether it was about what holds now, so that it hears when that clears.
  var isCurrent: Bool
}

/// Whether a channel is told.
enum Verdict: Equatable {
  /// Now.
  case send
  /// When the quiet hours end, if it is still true then.
  case hold
  /// Not: it knows, or does not want to.
  case silent

  /// The verdict for an alert of `severity` and a channel that was told `notice`.
  init(
    _ severity: Alert.Severity, from threshold: Alert.Severity, after notice: Notice?, policy: RoutingPolicy, now: Int64
  ) {
    if severity < threshold {
      self = .silent
    } else if let notice, severity <= notice.severity, abs(now - notice.sent) < policy.repeatAfter {
      self = .silent
    } else {
      self = severity != .critical && policy.isQuiet(now) ? .hold : .send
    }
  }
}
