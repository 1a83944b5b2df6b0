import CommandLine
import Testing

/// Values as bars.
struct SparklineTests {
  @Test(
    arguments: [
      ([], 0.0...1, ""), ([0, 0.5, 1], 0.0...1, "▁▅█"), ([-3, 9], 0.0...1, "▁█"), ([.nan, 1], 0.0...1, " █"),
      ([2, 2], 2.0...2, "██"), ([0, 1.0 / 7, 2.0 / 7, 3.0 / 7, 4.0 / 7, 5.0 / 7, 6.0 / 7, 1], 0.0...1, "▁▂▃▄▅▆▇█"),
    ] as [([Double], ClosedRange<Double>, String)])
  func barsAreAsHighAsTheValues(values: [Double], range: ClosedRange<Double>, text: String) {
    #expect(Sparkline.text(values, in: range) == text)
  }
}
