import Alerts
import Dispatch
import Fixtures
import Hashing
import Log
import SQLite
import Synchronization

/// A clock that tests set.
final class TestClock: Sendable {
  private let value: Mutex<Int64>

  /// Starts on 2026-01-16 at `hour`.
  init(hour: Int = 12) { value = Mutex(1_768_521_600_000_000 + Int64(hour) * 3_600_000_000) }

  var now: Int64 { value.withLock { $0 } }

  func advance(minutes: Int) { value.withLock { $0 += Int64(minutes) * 60_000_000 } }
  func advance(seconds: Int) { value.withLock { $0 += Int64(seconds) * 1_000_000 } }
}

/// A channel that keeps what it gets, or fails as a closure says.
final class FakeChannel: AlertChannel {
  let name: String
  private let got = Mutex<[AlertMessage]>([])
  private let trouble = Mutex<(@Sendable (AlertMessage) throws -> Void)?>(nil)

  init(_ name: String = "slack") { self.name = name }

  func deliver(_ message: AlertMessage, withinMilliseconds: Int) throws {
    try trouble.withLock { $0 }?(message)
    got.withLock { $0.append(message) }
  }

  /// From now on each delivery first runs `body`; nil: none does.
  func fails(_ body: (@Sendable (AlertMessage) throws -> Void)?) { trouble.withLock { $0 = body } }

  /// What came since the last call, as `firing quality/silver`.
  func taken() -> [String] { takenMessages().map { "\($0.kind.rawValue) \($0.alert.cause)" } }

  func takenMessages() -> [AlertMessage] {
    got.withLock { messages in
      defer { messages = [] }
      return messages
    }
  }
}

/// Lines of a log.
final class LogLines: Sendable {
  private let lines = Mutex<[String]>([])

  var channel: LogChannel {
    LogChannel(Logger(format: .text, clock: { 0 }, sink: { line in self.lines.withLock { $0.append(line) } }))
  }

  /// What came since the last call.
  func taken() -> [String] {
    lines.withLock { lines in
      defer { lines = [] }
      return lines
    }
  }
}

/// A home and everything that a router is made of.
struct Fixture {
  let directory = TemporaryDirectory()
  let clock: TestClock
  let slack = FakeChannel("slack")
  let pager = FakeChannel("sns")
  let log = LogLines()
  var policy = RoutingPolicy()

  init(hour: Int = 12) { clock = TestClock(hour: hour) }

  var path: String { directory.file("alerts.sqlite") }

  /// A router as another process would have it: Slack from WARNING, the pager from CRITICAL.
  func router() throws -> AlertRouter { router(store: try AlertStore(path: path)) }

  func router(store: AlertStore?) -> AlertRouter {
    let clock = clock
    return AlertRouter(
      store: store, channels: [RoutedChannel(slack, from: .warning), RoutedChannel(pager, from: .critical)],
      log: log.channel, policy: policy, clock: { clock.now }, makeID: newID)
  }

  /// A run that sees `observations` and delivers.
  func run(_ observations: Observation...) throws {
    let router = try router()
    router.observe(observations)
    router.flush()
    router.deliver(DeliveryLimits(), monotonicSeconds: { 0 })
  }

  /// A run in which events happen.
  func run(events: [Alert], limit: Int? = nil) throws {
    let router = try router()
    router.announce(events, limit: limit)
    router.flush()
    router.deliver(DeliveryLimits(), monotonicSeconds: { 0 })
  }

  func alert(
    _ cause: String = "disk", _ severity: Alert.Severity = .critical, occurrence: String? = nil, rank: Int = 0
  ) -> Alert {
    Alert(
      cause: cause, occurrence: occurrence, severity: severity, title: "title of \(cause)", detail: "detail",
      command: "wikiguard-job status", rank: rank, time: clock.now)
  }
}

@Sendable func newID() -> String {
  var generator = SystemRandomNumberGenerator()
  return UUID(using: &generator).description
}

extension Fixture {
  /// The file, for tests that damage it.
  static func open(_ path: String) throws -> Database { try Database(path: path) }
}

/// Runs `body` on `count` threads at once and waits for them.
func runConcurrently(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
  DispatchQueue.concurrentPerform(iterations: count, execute: body)
}
