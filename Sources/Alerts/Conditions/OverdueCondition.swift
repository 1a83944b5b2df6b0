/// What is older than it should be.
public struct OverdueCondition: Sendable, Hashable {
  /// Beyond so many times the limit a warning becomes critical.
  private static let criticalFactor: Int64 = 6

  private let cause: String
  private let subject: String
  private let limit: Int64
  private let command: String

  /// A job whose oldest input not consumed is older than twice its target (microseconds).
  public static func latency(job: String, target: Int64) -> OverdueCondition {
    OverdueCondition(
      cause: "latency/\(job)", subject: "\(job.capitalizedJob)'s oldest input waits", limit: 2 * target,
      command: "wikiguard-job status")
  }

  /// A source whose newest record is older than `limit` (microseconds).
  public static func silence(limit: Int64) -> OverdueCondition {
    OverdueCondition(
      cause: "source_silent", subject: "No new event has come", limit: limit, command: "wikiguard-job status")
  }

  /// What `oldest` (microseconds since 1970-01-01 UTC, nil for nothing) says now.
  public func observation(since oldest: Int64?, at now: Int64) -> Observation {
    guard let oldest, now - oldest > limit else { return .clears(family: cause) }
    let age = now - oldest
    return .holds(
      Alert(
        cause: cause, severity: age > Self.criticalFactor * limit ? .critical : .warning,
        title: "\(subject) for \(AlertTime.span(age))",
        detail: "since \(AlertTime.text(oldest)); \(AlertTime.span(limit)) are allowed",
        numbers: [
          Alert.Number("seconds", String(age / 1_000_000)), Alert.Number("allowed", String(limit / 1_000_000)),
        ],
        command: command, time: now))
  }
}
