import Failures

/// Whether baselines are learned.
public enum BaselineMode: String, Sendable, CaseIterable {
  /// Learned from Gold's own windows of the days before.
  case adaptive
  /// The constants of the configuration.
  case fixed
}

/// How baselines come about.
public struct BaselineRules: Sendable, Hashable {
  /// Learned, or fixed.
  public var mode = BaselineMode.adaptive
  /// From how many days before the day they are learned.
  public var days = 7
  /// Fewer elapsed windows than this before the day, and there is no baseline.
  public var minimumWindows = 144
  /// The median absolute deviation times this is the standard deviation of a normal distribution.
  public var deviationScale = 1.4826
  /// A page, when fixed.
  public var fixedEntity = Baseline(
    events: Spread(average: 5, deviation: 3), revertRatio: 0.12, anonymousRatio: 0.25)
  /// A user, when fixed.
  public var fixedUser = Baseline(
    events: Spread(average: 2, deviation: 1.5), entities: Spread(average: 1.5, deviation: 1), revertRatio: 0.10)
  /// The platform, when fixed.
  public var fixedGlobal = Baseline(
    events: Spread(average: 150, deviation: 50), revertRatio: 0.12, anonymousRatio: 0.25)

  /// The classic numbers.
  public init() {}

  func validate() throws(Failure) {
    guard (1...366).contains(days) else { throw .configuration("baselines.days: \(days) is not between 1 and 366") }
    guard (1...1_000_000).contains(minimumWindows) else {
      throw .configuration("baselines.minimum_windows: \(minimumWindows) is not between 1 and 1000000")
    }
    try requireNumber(deviationScale, "baselines.deviation_scale")
    try fixedEntity.validate("baselines.fixed.entity")
    try fixedUser.validate("baselines.fixed.user")
    try fixedGlobal.validate("baselines.fixed.global")
  }
}
