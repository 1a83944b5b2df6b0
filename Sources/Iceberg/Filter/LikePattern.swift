/// A pattern of `LIKE` that is a prefix, or has no wildcard.
struct LikePattern {
  /// The text before the wildcard.
  let text: String
  /// Whether there is no wildcard: the text is all.
  let isWhole: Bool

  /// Nil for a pattern with `_`, or with a `%` before its end. A backslash takes its meaning from what follows.
  init?(_ pattern: String) {
    var text = String.UnicodeScalarView()
    var isEscaped = false
    var isOver = false
    for scalar in pattern.unicodeScalars {
      guard !isOver else { return nil }
      if isEscaped || !["%", "_", "\\"].contains(scalar) {
        text.append(scalar)
        isEscaped = false
      } else {
        if scalar == "_" { return nil }
        isEscaped = scalar == "\\"
        isOver = scalar == "%"
      }
    }
    guard !isEscaped else { return nil }
    self.text = String(text)
    isWhole = !isOver
  }
}
