import Log
import Synchronization
import Testing

/// Keeps the lines of a logger.
final class Lines: Sendable {
  private let stored = Mutex<[String]>([])
  var all: [String] { stored.withLock { $0 } }
  func append(_ line: String) { stored.withLock { $0.append(line) } }
}

@Suite struct LoggerTests {
  private func make(
    _ format: Logger.Format, level: LogLevel = .debug, time: Int64 = 1_769_603_696_789_123, _ fields: LogField...
  ) -> (Logger, Lines) {
    let lines = Lines()
    return (Logger(level: level, format: format, fields: fields, clock: { time }, sink: { lines.append($0) }), lines)
  }

  @Test func jsonLines() {
    let (log, lines) = make(.json, LogField("job", "silver"))
    log.info("committed", LogField("rows", 12), LogField("rate", .number(0.5)), LogField("ok", .boolean(true)))
    #expect(
      lines.all == [
        "{\"time\":\"2026-01-28T12:34:56.789Z\",\"level\":\"info\",\"message\":\"committed\",\"job\":\"silver\","
          + "\"rows\":12,\"rate\":0.5,\"ok\":true}\n"
      ])
  }

  @Test func jsonEscapes() {
    let (log, lines) = make(.json)
    log.error("a\"b\\c\nd\re\tf\u{1}g\u{7F}é", LogField("x\"", "\u{0}"), LogField("n", .number(.nan)))
    #expect(
      lines.all.first?.hasSuffix(
        "\"message\":\"a\\\"b\\\\c\\nd\\re\\tf\\u0001g\\u007fé\",\"x\\\"\":\"\\u0000\",\"n\":null}\n") == true)
  }

  @Test func textLines() {
    let (log, lines) = make(.text, LogField("job", "silver"))
    log.info("committed", LogField("rows", 12), LogField("title", "Main Page"))
    log.warning("slow", LogField("title", "evil\u{1B}[2J\nline\u{202E}"))
    #expect(
      lines.all == [
        "12:34:56 committed  rows=12  title=\"Main Page\"\n", "12:34:56 warning: slow  title=evil?[2J?line?\n",
      ])
  }

  @Test func levelsAreDroppedWithoutMakingTheMessage() {
    let (log, lines) = make(.text, level: .warning)
    var made = 0
    func message() -> String {
      made += 1
      return "x"
    }
    log.debug(message())
    log.info(message())
    log.warning(message())
    log.error(message())
    #expect(made == 2 && lines.all.count == 2)
    #expect(LogLevel.allCases == LogLevel.allCases.sorted())
    #expect(LogLevel.allCases.map(\.name) == ["debug", "info", "warning", "error"])
  }

  @Test func fieldsAreCarriedAndReplaced() {
    let (log, lines) = make(.json, LogField("job", "bronze"))
    log.with(LogField("batch", "b1"), LogField("job", "silver")).info("x")
    #expect(lines.all.first?.contains("\"message\":\"x\",\"batch\":\"b1\",\"job\":\"silver\"}") == true)
    log.info("y")
    #expect(lines.all.last?.hasSuffix("\"job\":\"bronze\"}\n") == true)
    Logger.silent.error("nobody hears")
  }

  static let instants: [(Int64, String)] = [
    (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
    (951_782_400_000_000, "2000-02-29T00:00:00.000Z"),
    (4_107_542_399_999_999, "2100-02-28T23:59:59.999Z"), (1_709_251_199_000_000, "2024-02-29T23:59:59.000Z"),
    (-2_208_988_800_000_000, "1900-01-01T00:00:00.000Z"),
  ]

  @Test(arguments: instants)
  func times(_ microseconds: Int64, _ text: String) {
    let (log, lines) = make(.json, time: microseconds)
    log.info("x")
    #expect(lines.all.first?.hasPrefix("{\"time\":\"\(text)\"") == true, "\(lines.all)")
  }

  @Test func extremeTimesDoNotTrap() {
    for time in [Int64.min, .max] {
      let (log, lines) = make(.json, time: time)
      log.info("x")
      #expect(lines.all.count == 1)
    }
  }

  @Test func embeddedMetrics() {
    let (log, lines) = make(.json, level: .error, LogField("env", "local"))
    log.metrics(
      [Metric("rows", 12), Metric("duration", 1.5, .seconds), Metric("bad", .infinity)],
      dimensions: [LogField("job", "silver")],
      properties: [LogField("batch", "silver-000001"), LogField("rows", "twice")])
    #expect(
      lines.all == [
        "{\"_aws\":{\"Timestamp\":1769603696789,\"CloudWatchMetrics\":[{\"Namespace\":\"WikiGuard\","
          + "\"Dimensions\":[[\"job\"]],\"Metrics\":[{\"Name\":\"rows\",\"Unit\":\"Count\"},"
          + "{\"Name\":\"duration\",\"Unit\":\"Seconds\"}]}]},\"job\":\"silver\",\"rows\":12,\"duration\":1.5,"
          + "\"env\":\"local\",\"batch\":\"silver-000001\"}\n"
      ])
  }

  @Test func metricsAreSplitByHundredAndQuietOnATerminal() {
    let (log, lines) = make(.json)
    log.metrics((0..<250).map { Metric("m\($0)", $0) })
    #expect(lines.all.count == 3)
    log.metrics([Metric("none", .nan)])
    #expect(lines.all.count == 3)
    let (terminal, shown) = make(.text, level: .info)
    terminal.metrics([Metric("rows", 1)])
    #expect(shown.all.isEmpty)
    let (verbose, seen) = make(.text)
    verbose.metrics([Metric("rows", 1)])
    #expect(seen.all == ["12:34:56 debug: metrics  rows=1\n"])
  }
}
