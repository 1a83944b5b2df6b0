/// How much a log line matters.
public enum LogLevel: Int, Sendable, CaseIterable, Comparable {
  /// What `--verbose` shows.
  case debug
  /// What happened.
  case info
  /// What should be looked at.
  case warning
  /// What failed.
  case error

  /// The name in lines.
  public var name: String {
    switch self {
    case .debug: "debug"
    case .info: "info"
    case .warning: "warning"
    case .error: "error"
    }
  }

  /// Orders by weight.
  public static func < (left: LogLevel, right: LogLevel) -> Bool { left.rawValue < right.rawValue }
}
