import Quality
import Testing

/// Comparisons of a metric with its own earlier values.
struct HistoryRuleTests {
  private static let hour: Int64 = 3_600_000_000
  /// Friday 2026-01-16T12:00:00Z.
  private static let noon: Int64 = 1_768_564_800_000_000

  /// Values ten minutes apart, the last of them ten minutes before noon.
  private static func points(_ values: [Double]) -> [MetricPoint] {
    values.enumerated().map { position, value in
      MetricPoint(time: noon - Int64(values.count - position) * hour / 6, value: value)
    }
  }

  private static func result(
    _ value: Double, _ rule: HistoryRule, _ points: [MetricPoint], clock: Int64 = noon
  ) -> BatchCheckResult {
    BatchCheckResult(
      BatchCheck("mine", .mean("x"), .history(rule)), value: value, rows: 9, history: points, clock: clock)
  }

  @Test func saysNothingBeforeTheMinimumOfPoints() {
    let rule = HistoryRule(.relativeChange, maximum: 0.1, minimumPoints: 4)
    let early = Self.result(1000, rule, Self.points([100, 100, 100]))
    #expect(!early.hasFailed && early.threshold == nil && early.value == 1000)
    #expect(early.message == "mean(x) is 1000; 3 of 4 earlier values are there, too few to judge it by")
    #expect(Self.result(1000, rule, Self.points([100, 100, 100, 100])).hasFailed)
    // Nothing is ever judged by no value at all.
    #expect(!Self.result(1000, HistoryRule(.relativeChange, maximum: 0, minimumPoints: 0), []).hasFailed)
  }

  static let changes: [(Double, Bool, Double?)] = [
    (99, false, 90), (110, false, 110), (110.001, true, 110), (90, false, 90), (89.9, true, 90), (-100, true, 90),
  ]

  @Test(arguments: changes)
  func relativeChange(_ value: Double, _ fails: Bool, _ threshold: Double?) throws {
    let rule = HistoryRule(.relativeChange, maximum: 0.1, minimumPoints: 3)
    let result = Self.result(value, rule, Self.points([5, 100, 99, 101]))
    // The median of 5, 99, 100, 101 is 99.5; without the wild one it is 100.
    #expect(result.message.contains("the median of 4 earlier values is 99.5"))
    let last = Self.result(
      value, HistoryRule(.relativeChange, maximum: 0.1, minimumPoints: 3, last: 3), Self.points([5, 100, 99, 101]))
    #expect(last.hasFailed == fails)
    #expect(try abs(#require(last.threshold) - #require(threshold)) < 1e-6)
  }

  @Test func aChangeFromZeroIsAnyChange() {
    let rule = HistoryRule(.relativeChange, maximum: 5, minimumPoints: 1)
    #expect(!Self.result(0, rule, Self.points([0, 0, 0])).hasFailed)
    #expect(Self.result(1e-9, rule, Self.points([0, 0, 0])).hasFailed)
    let negative = Self.points([-10, -10, -10])
    let half = HistoryRule(.relativeChange, maximum: 0.5, minimumPoints: 1)
    #expect(!Self.result(-14, half, negative).hasFailed && Self.result(-16, half, negative).hasFailed)
  }

  @Test func robustZScore() {
    // Median 10, MAD 1: a robust deviation is 1.4826.
    let points = Self.points([8, 9, 10, 11, 12, 10, 9, 11, 1e9])
    let rule = HistoryRule(.robustZScore, maximum: 3, minimumPoints: 5)
    #expect(!Self.result(10 + 3 * 1.4826, rule, points).hasFailed)
    #expect(Self.result(10 + 3 * 1.4826 + 1e-6, rule, points).hasFailed)
    #expect(Self.result(10 - 3 * 1.4826 - 1e-6, rule, points).hasFailed)
  }

  /// More than half are equal: the mean deviation stands in.
  @Test func aMedianDeviationOfZero() {
    let points = Self.points([1, 1, 1, 1, 1, 1, 1, 0.5])
    let scale = 1.2533 * 0.5 / 8
    let rule = HistoryRule(.robustZScore, maximum: 3, minimumPoints: 5)
    #expect(!Self.result(1 - 2.99 * scale, rule, points).hasFailed)
    #expect(Self.result(1 - 3.01 * scale, rule, points).hasFailed)
    // All are equal: what differs by more than rounding is too far.
    let same = Self.points([0.1 + 0.2, 0.3, 0.3, 0.3, 0.3])
    #expect(!Self.result(0.3, rule, same).hasFailed)
    #expect(!Self.result(0.1 + 0.2, rule, same).hasFailed)
    #expect(Self.result(0.3001, rule, same).hasFailed)
  }

  @Test func sameHourOfTheWeek() {
    let week = 168 * Self.hour
    // Fridays at noon are busy; the hours around them are not.
    let busy = (1...5).map { MetricPoint(time: Self.noon - Int64($0) * week + Self.hour / 2, value: 1000) }
    let quiet =
      Self.points([Double](repeating: 10, count: 50))
      + (1...5).map { MetricPoint(time: Self.noon - Int64($0) * week - 1, value: 10) }
    let rule = HistoryRule(.sameHourOfWeek, maximum: 0.2, minimumPoints: 5, last: 24)
    #expect(!Self.result(1100, rule, busy + quiet).hasFailed)
    #expect(Self.result(10, rule, busy + quiet).hasFailed)
    #expect(Self.result(10, rule, busy + quiet, clock: Self.noon + Self.hour).threshold == nil)
    #expect(Self.result(10, rule, Array(busy.dropFirst()) + quiet).threshold == nil)
    let newest = HistoryRule(.sameHourOfWeek, maximum: 0.2, minimumPoints: 1, last: 2)
    let rising = busy.enumerated().map { MetricPoint(time: $1.time, value: $0 < 2 ? 2000 : 1000) }
    #expect(!Self.result(2000, newest, rising.shuffled()).hasFailed)
  }

  @Test func hoursOfTheWeek() {
    // 1970 began on a Thursday.
    #expect(MetricPoint.hourOfWeek(0) == 0)
    #expect(MetricPoint.hourOfWeek(-1) == 167)
    #expect(MetricPoint.hourOfWeek(168 * Self.hour) == 0)
    #expect(MetricPoint.hourOfWeek(-168 * Self.hour) == 0)
    #expect(MetricPoint.hourOfWeek(Self.noon) == 24 + 12)
  }
}
