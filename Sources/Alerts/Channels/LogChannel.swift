public import Log

/// Writes messages to the log, all of them.
public struct LogChannel: AlertChannel {
  /// `log`.
  public let name = "log"
  private let log: Logger

  /// A channel to a log.
  public init(_ log: Logger) { self.log = log }

  /// Writes one line.
  public func deliver(_ message: AlertMessage, withinMilliseconds: Int = 0) {
    let alert = message.alert
    var fields = [
      LogField("alert", message.kind.rawValue), LogField("cause", alert.cause),
      LogField("severity", alert.severity.rawValue),
    ]
    if let batch = alert.batch { fields.append(LogField("batch", batch)) }
    fields += alert.numbers.map { LogField($0.name, $0.value) }
    fields.append(LogField("command", alert.command))
    fields += alert.links.map { LogField($0.title, $0.url) }
    let words = alert.detail.isEmpty ? alert.title : "\(alert.title): \(alert.detail)"
    log.log(level(of: message), message.kind == .cleared ? "cleared: \(alert.title)" : words, fields)
  }

  /// Writes what went wrong with alerts themselves.
  func complain(_ words: String) { log.warning(words) }

  private func level(of message: AlertMessage) -> LogLevel {
    switch message.kind {
    case .firing, .digest: message.alert.severity == .critical ? .error : .warning
    case .cleared, .test: .info
    }
  }
}
