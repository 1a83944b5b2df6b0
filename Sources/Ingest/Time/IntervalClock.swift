/// A clock for intervals, which never jumps whatever the time of day does or is fixed to, and waiting on it.
public struct IntervalClock: Sendable {
  /// Milliseconds since some moment.
  public let now: @Sendable () -> Int64
  /// Sleeps so many milliseconds.
  public let sleep: @Sendable (_ milliseconds: Int64) -> Void
  /// How long a wait goes on before it is asked whether it should.
  private static let step: Int64 = 100

  /// A clock.
  public init(now: @escaping @Sendable () -> Int64, sleep: @escaping @Sendable (_ milliseconds: Int64) -> Void) {
    self.now = now
    self.sleep = sleep
  }

  /// Waits so many milliseconds, or until `isStopping`, which is asked ten times a second.
  package func wait(_ milliseconds: Int64, isStopping: () -> Bool) {
    let (end, isNever) = now().addingReportingOverflow(max(0, milliseconds))
    while !isStopping() {
      let left = (isNever ? .max : end) - now()
      if left <= 0 { return }
      sleep(min(left, Self.step))
    }
  }
}
