import Failures

/// How bad a row's risk score is.
public enum Severity: String, Sendable, CaseIterable {
  /// No risk at all.
  case normal = "NORMAL"
  /// Some risk: an anomaly, though seldom worth a look.
  case low = "LOW"
  /// Worth a look.
  case medium = "MEDIUM"
  /// Worth an alert.
  case high = "HIGH"
  /// Worth an alert at once.
  case critical = "CRITICAL"
}

/// From which risk score on a row has which severity; above 0 it is at least LOW.
public struct SeverityRules: Sendable, Hashable {
  /// CRITICAL from here on.
  public var critical = 50
  /// HIGH from here on.
  public var high = 30
  /// MEDIUM from here on.
  public var medium = 15

  /// The classic numbers.
  public init() {}

  /// The severity of a risk score.
  public func severity(of risk: Int) -> Severity {
    if risk >= critical { return .critical }
    if risk >= high { return .high }
    if risk >= medium { return .medium }
    return risk > 0 ? .low : .normal
  }

  func validate() throws(Failure) {
    guard medium > 0, medium <= high, high <= critical else {
      throw .configuration("severity: medium \(medium), high \(high) and critical \(critical) must rise from 1 up")
    }
  }
}
