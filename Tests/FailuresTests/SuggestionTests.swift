import Failures
import Testing

@Suite struct SuggestionTests {
  static let cases: [(String, String?)] = [
    ("burst_zcore", "burst_zscore"), ("BURST_ZSCORE", "burst_zscore"), ("drian", "drain"), ("wiat", "wait"),
    ("completely", nil), ("x", nil), ("", nil), ("drain", nil),
  ]

  @Test(arguments: cases)
  func nearest(_ word: String, _ expected: String?) {
    #expect(suggestion(for: word, among: ["burst_zscore", "drain", "wait"]) == expected)
  }

  @Test func hints() {
    #expect(hint(for: "drian", among: ["drain"]) == " (did you mean \"drain\"?)")
    #expect(hint(for: "other", among: ["drain"]).isEmpty)
    #expect(hint(for: String(repeating: "a", count: 100_000), among: ["drain"]).isEmpty)
  }
}
