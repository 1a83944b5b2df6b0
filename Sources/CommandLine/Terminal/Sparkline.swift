/// A row of bars, one a value.
public enum Sparkline {
  private static let bars = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// `values` as bars whose height is their place in `range`; values outside are drawn at its ends, and what is not a number as a space.
  public static func text(_ values: [Double], in range: ClosedRange<Double>) -> String {
    let width = range.upperBound - range.lowerBound
    return values.map { value in
      guard value.isFinite else { return " " }
      guard width > 0 else { return bars[bars.count - 1] }
      let place = min(max((value - range.lowerBound) / width, 0), 1)
      return bars[Int((place * Double(bars.count - 1)).rounded())]
    }.joined()
  }
}
