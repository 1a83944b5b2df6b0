/// A sum of doubles whose rounding errors are summed beside it (Neumaier's variant of Kahan's summation), so that the
/// result does not depend on the order of a long list.
///
/// https://en.wikipedia.org/wiki/Kahan_summation_algorithm#Further_enhancements
struct CompensatedSum: Sendable, Equatable {
  private var sum = 0.0
  private var lost = 0.0

  /// The sum.
  var value: Double { sum + lost }

  mutating func add(_ value: Double) {
    let total = sum + value
    lost += abs(sum) >= abs(value) ? (sum - total) + value : (value - total) + sum
    sum = total
  }

  mutating func add(_ other: Self) {
    add(other.sum)
    lost += other.lost
  }
}
