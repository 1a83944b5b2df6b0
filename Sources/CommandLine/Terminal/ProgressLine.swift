/// One line on a terminal that says how far long work has come; nothing in a pipe.
///
/// A value: each call returns the bytes to print on standard error, often none. At most ten lines a second are drawn.
public struct ProgressLine: Sendable {
  private let terminal: Terminal
  private let label: String
  private var drawnMilliseconds: Int64?

  /// Progress of `label`, such as `silver`.
  public init(_ label: String, terminal: Terminal) {
    self.label = label
    self.terminal = terminal
  }

  /// Progress in `done` of `total` units (nil where the end is not known), with `detail` behind it.
  /// - Parameter now: a clock in milliseconds that does not go back.
  public mutating func update(done: Int, total: Int?, detail: String = "", now: Int64) -> String {
    guard terminal.isTerminal else { return "" }
    if let drawnMilliseconds, now - drawnMilliseconds < 100 { return "" }
    drawnMilliseconds = now
    return draw(words(done, total, detail))
  }

  /// Wipes the line, so that other text can follow.
  public mutating func clear() -> String {
    guard drawnMilliseconds != nil else { return "" }
    drawnMilliseconds = nil
    return "\r\u{1B}[K"
  }

  private func words(_ done: Int, _ total: Int?, _ detail: String) -> String {
    var text = "\(label): "
    if let total, total > 0 {
      let share = min(1, Double(done) / Double(total))
      let filled = Int(share * 20)
      text += "[" + String(repeating: "#", count: filled) + String(repeating: "-", count: 20 - filled) + "] "
      text += "\(Int(share * 100)) % "
    }
    text += Grouped.number(done)
    return detail.isEmpty ? text : "\(text)  \(detail)"
  }

  private func draw(_ text: String) -> String {
    "\r" + DisplayWidth.truncated(DisplayWidth.sanitized(text), to: max(1, terminal.width - 1)) + "\u{1B}[K"
  }
}

/// Numbers as people read them.
public enum Grouped {
  /// `1,234,567`.
  public static func number(_ value: some BinaryInteger) -> String {
    let digits = String(value.magnitude)
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return value < 0 ? "-" + result : result
  }
}
