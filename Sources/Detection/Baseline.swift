import Failures

/// Where a row's baseline came from.
public enum BaselineKind: String, Sendable, CaseIterable {
  /// Too little was known: no z-score, and no flag or risk from one.
  case none
  /// From the configuration.
  case fixed
  /// Learned from the days before.
  case adaptive
}

/// What is normal in ten minutes: for a page, for users, or for an hour of the day.
public struct Baseline: Sendable, Hashable {
  /// Events (page: edits by people; user: edits; global: all) in a window.
  public var events: Spread
  /// Pages edited in a window; users only.
  public var entities: Spread?
  /// The share of edits that are reverts; nil where that is not known.
  public var revertRatio: Double?
  /// The share of edits that are anonymous; nil where that is not known.
  public var anonymousRatio: Double?

  /// A baseline.
  public init(events: Spread, entities: Spread? = nil, revertRatio: Double? = nil, anonymousRatio: Double? = nil) {
    self.events = events
    self.entities = entities
    self.revertRatio = revertRatio
    self.anonymousRatio = anonymousRatio
  }

  func validate(_ name: String) throws(Failure) {
    try events.validate("\(name) events")
    try entities?.validate("\(name) entities")
    try requireRatio(revertRatio ?? 0, "\(name) revert_ratio")
    try requireRatio(anonymousRatio ?? 0, "\(name) anonymous_ratio")
  }
}

/// A middle and how far values usually lie from it.
public struct Spread: Sendable, Hashable {
  /// The middle.
  public var average: Double
  /// The usual distance, above 0.
  public var deviation: Double

  /// A spread.
  public init(average: Double, deviation: Double) {
    self.average = average
    self.deviation = deviation
  }

  /// How many deviations `value` lies above the average.
  public func zScore(_ value: Double) -> Double { (value - average) / deviation }

  func validate(_ name: String) throws(Failure) {
    try requireNumber(average, "\(name)_avg")
    try requireNumber(deviation, "\(name)_stddev")
    guard deviation > 0 else { throw .configuration("\(name)_stddev: must be above 0") }
  }
}
