/// Writes log lines and metrics to a sink, each as one whole line.
///
/// A value that is handed down; `with` makes one whose lines carry more fields. The clock and the sink are handed in;
/// the sink is called from whatever thread logs and must keep lines whole.
public struct Logger: Sendable {
  /// The form of lines.
  public enum Format: Sendable {
    /// JSON lines, and metrics as EMF: for machines.
    case json
    /// Readable lines: for a terminal.
    case text
  }

  /// Lines below it are dropped.
  public let level: LogLevel
  /// The form of lines.
  public let format: Format
  let fields: [LogField]
  let clock: @Sendable () -> Int64
  let sink: @Sendable (_ line: String) -> Void

  /// A logger.
  /// - Parameters:
  ///   - fields: carried by every line, such as the job.
  ///   - clock: microseconds since 1970-01-01 UTC.
  ///   - sink: gets each line with its line feed.
  public init(
    level: LogLevel = .info, format: Format, fields: [LogField] = [], clock: @escaping @Sendable () -> Int64,
    sink: @escaping @Sendable (_ line: String) -> Void
  ) {
    self.level = level
    self.format = format
    self.fields = fields
    self.clock = clock
    self.sink = sink
  }

  /// A logger that drops everything.
  public static let silent = Logger(level: .error, format: .text, clock: { 0 }, sink: { _ in })

  /// A logger whose lines carry more fields; a field of the same name is replaced.
  public func with(_ more: LogField...) -> Logger {
    let kept = fields.filter { field in !more.contains { $0.name == field.name } }
    return Logger(level: level, format: format, fields: kept + more, clock: clock, sink: sink)
  }

  /// Writes a line of `level`; the message is made only when it is written.
  public func log(_ level: LogLevel, _ message: @autoclosure () -> String, _ more: [LogField] = []) {
    guard level >= self.level else { return }
    let all = fields + more
    switch format {
    case .json: sink(LogLine.json(time: clock(), level: level, message: message(), fields: all))
    case .text: sink(LogLine.text(time: clock(), level: level, message: message(), fields: more))
    }
  }

  /// Writes a line of level debug.
  public func debug(_ message: @autoclosure () -> String, _ fields: LogField...) { log(.debug, message(), fields) }
  /// Writes a line of level info.
  public func info(_ message: @autoclosure () -> String, _ fields: LogField...) { log(.info, message(), fields) }
  /// Writes a line of level warning.
  public func warning(_ message: @autoclosure () -> String, _ fields: LogField...) { log(.warning, message(), fields) }
  /// Writes a line of level error.
  public func error(_ message: @autoclosure () -> String, _ fields: LogField...) { log(.error, message(), fields) }
}
