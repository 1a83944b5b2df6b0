/// When the evaluation of expressions is given up.
public struct ExpressionDeadline {
  /// Seconds of a clock that never jumps.
  public let now: () -> Double
  /// The clock's reading at which it is over.
  public let end: Double

  /// A deadline.
  public init(now: @escaping () -> Double, end: Double) {
    self.now = now
    self.end = end
  }

  var isOver: Bool { now() >= end }
}
