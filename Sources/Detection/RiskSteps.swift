import Failures

/// One step of a risk term: values above `above` are worth `points`.
public struct RiskStep: Sendable, Hashable {
  /// The value that has to be exceeded.
  public var above: Double
  /// What it is worth, at least 0.
  public var points: Int

  /// A step.
  public init(above: Double, points: Int) {
    self.above = above
    self.points = points
  }
}

/// A risk term or a penalty: steps from the highest threshold to the lowest. The first one exceeded counts, alone.
public struct RiskSteps: Sendable, Hashable {
  /// The steps, highest threshold first. Without any the term is off.
  public var steps: [RiskStep]

  /// A term.
  public init(_ steps: [RiskStep]) { self.steps = steps }

  /// A term from `threshold: points` pairs, highest threshold first.
  init(_ pairs: KeyValuePairs<Double, Int>) {
    steps = pairs.map { RiskStep(above: $0.key, points: $0.value) }
  }

  /// The points of the first step that `value` exceeds, 0 when it exceeds none.
  public func points(for value: Double) -> Int {
    for step in steps where value > step.above { return step.points }
    return 0
  }

  /// Throws `.configuration` unless thresholds fall from step to step and points never rise or go below 0.
  func validate(_ name: String) throws(Failure) {
    for step in steps {
      try requireNumber(step.above, name)
      try requireCount(step.points, name)
    }
    for (upper, lower) in zip(steps, steps.dropFirst()) where lower.above >= upper.above || lower.points > upper.points
    {
      throw .configuration("\(name): the steps must fall from the highest threshold to the lowest")
    }
  }
}

/// Throws `.configuration` unless `value` is a finite number that is not negative.
func requireNumber(_ value: Double, _ name: String) throws(Failure) {
  guard value.isFinite, value >= 0 else { throw .configuration("\(name): \(value) is not a number from 0 up") }
}

/// Throws `.configuration` unless `value` lies in [0, 1].
func requireRatio(_ value: Double, _ name: String) throws(Failure) {
  guard value >= 0, value <= 1 else { throw .configuration("\(name): \(value) does not lie between 0 and 1") }
}

/// Throws `.configuration` unless `value` is a count that sums of terms cannot overflow.
func requireCount(_ value: Int, _ name: String) throws(Failure) {
  guard (0...1_000_000_000).contains(value) else {
    throw .configuration("\(name): \(value) does not lie between 0 and 1000000000")
  }
}
