internal import Synchronization

/// The time that the checks whose cost their author decides, patterns and SQL, may take for the rows of one batch.
///
/// Threads may judge parts of a batch at once; each adds to what is spent.
public final class CheckBudget: Sendable {
  /// The time in seconds; many times what a batch of ordinary checks takes.
  public static let standardSeconds = 30.0

  /// The time in seconds.
  public let seconds: Double
  /// Seconds of a clock that never jumps.
  let now: @Sendable () -> Double
  private let spent = Mutex(0.0)

  /// A budget of which nothing is spent.
  public init(seconds: Double = CheckBudget.standardSeconds, now: @escaping @Sendable () -> Double) {
    self.seconds = seconds
    self.now = now
  }

  /// Calls `body` with the clock's reading at which the budget is spent, and adds what it took.
  func spend<Result>(_ body: (_ end: Double) throws -> Result) rethrows -> Result {
    let start = now()
    let end = start + seconds - spent.withLock { $0 }
    defer {
      let taken = now() - start
      spent.withLock { $0 += taken }
    }
    return try body(end)
  }

  /// What is said when it is spent.
  var exhaustion: String {
    "the batch's SQL and pattern checks took longer than \(seconds) s, most of it this one; make it simpler or drop it"
  }
}
