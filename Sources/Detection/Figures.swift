/// Numbers as people read them in an explanation: rounded, with thousands separated, the same on every machine.
enum Figures {
  /// A whole number: `12,345`.
  static func count(_ value: some BinaryInteger) -> String {
    let digits = Array(String(value.magnitude).utf8)
    var text: [UInt8] = value < 0 ? [UInt8(ascii: "-")] : []
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(UInt8(ascii: ",")) }
      text.append(digit)
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// At most one digit behind the point: `3.4`, `5`, `26,900`.
  static func decimal(_ value: Double) -> String {
    guard value.isFinite, value.magnitude < 1e15 else { return "\(value)" }
    if value.magnitude >= 1000 { return count(Int64(value.rounded())) }
    let tenths = Int64((value * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    let rest = tenths.magnitude % 10
    return sign + count(tenths.magnitude / 10) + (rest == 0 ? "" : ".\(rest)")
  }

  /// A share: `43%`, below a tenth with one digit behind the point: `3.1%`.
  static func percent(_ ratio: Double) -> String {
    let percent = ratio * 100
    return decimal(percent < 10 ? percent : percent.rounded()) + "%"
  }

  /// An amount of text: `812 bytes`, `62.4 kB`, `1.2 MB`.
  static func bytes(_ value: Int64) -> String {
    switch value.magnitude {
    case ..<1000: "\(value) bytes"
    case ..<999_950: decimal(Double(value) / 1000) + " kB"
    default: decimal(Double(value) / 1_000_000) + " MB"
    }
  }

  /// What is usual: `5 ± 3`.
  static func usual(_ spread: Spread) -> String { "\(decimal(spread.average)) ± \(decimal(spread.deviation))" }

  /// `1 edit`, `2 edits`.
  static func counted(_ value: Int64, _ noun: String) -> String { "\(count(value)) \(noun)\(value == 1 ? "" : "s")" }
}
