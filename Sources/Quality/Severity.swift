/// How bad a batch is.
public enum Severity: String, Sendable, Comparable, CaseIterable {
  /// Nothing to say.
  case success = "SUCCESS"
  /// Worth a look.
  case warning = "WARNING"
  /// Somebody has to act.
  case critical = "CRITICAL"

  /// The severity of a batch by its pass rate (0...1) and by whether a batch check of completeness, uniqueness or size
  /// failed.
  ///
  /// Below 80 % it is critical; below 95 % a warning, critical with such a failure; else such a failure is a warning.
  public init(passRate: Double, structuralFailure: Bool) {
    if passRate < 0.80 {
      self = .critical
    } else if passRate < 0.95 {
      self = structuralFailure ? .critical : .warning
    } else {
      self = structuralFailure ? .warning : .success
    }
  }

  private var rank: Int {
    switch self {
    case .success: 0
    case .warning: 1
    case .critical: 2
    }
  }

  /// Orders by badness.
  public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}
