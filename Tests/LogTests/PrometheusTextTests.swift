import Log
import Testing

/// The text format of Prometheus.
struct PrometheusTextTests {
  @Test func aMetricHasItsHelpTypeAndSamples() {
    var metrics = PrometheusText()
    metrics.add(
      "rows", .gauge, "Rows of the newest batch.",
      [.init(12, [("job", "silver"), ("outcome", "passed")]), .init(0.25, [("job", "gold")])])
    #expect(
      metrics.text == """
        # HELP rows Rows of the newest batch.
        # TYPE rows gauge
        rows{job="silver",outcome="passed"} 12
        rows{job="gold"} 0.25

        """)
  }

  @Test func labelsAndHelpAreEscaped() {
    var metrics = PrometheusText()
    metrics.add("a", .counter, "back\\slash \"quoted\"\nline", [.init(1, [("name", "\"\\\n")])])
    #expect(
      metrics.text == "# HELP a back\\\\slash \"quoted\"\\nline\n# TYPE a counter\na{name=\"\\\"\\\\\\n\"} 1\n")
  }

  @Test(arguments: [
    (0.0, "0"), (-1, "-1"), (1e15, "1000000000000000"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"),
  ])
  func numbersAreSpeltAsTheFormatHasThem(value: Double, text: String) {
    var metrics = PrometheusText()
    metrics.add("a", .gauge, "A.", [.init(value)])
    #expect(metrics.text.hasSuffix("\na \(text)\n"))
  }

  @Test func aMetricWithoutSamplesIsLeftOut() {
    var metrics = PrometheusText()
    metrics.add("a", .gauge, "A.", [])
    #expect(metrics.text.isEmpty)
  }
}
