public import Failures

extension Literal {
  /// The value of `type` that `text` stands for, in the forms of Iceberg's JSON
  /// (<https://iceberg.apache.org/spec/#json-single-value-serialization>): `2024-01-31`, `12:00:00.5`, `2024-01-31T12:00:00.5`, bytes
  /// as hexadecimal digits, a UUID with its dashes, a decimal with no more digits behind the point than its scale.
  ///
  /// Beside these: a blank for the `T`, no time for midnight, seconds left out, `Z` or any offset for a point in time (`+02:00`; none
  /// means UTC), `NaN` and `Infinity`. Throws `.invalidArgument`.
  public init(parsing text: String, type: PrimitiveType) throws(Failure) {
    guard let value = Self.value(text, type) else { throw .invalidArgument("'\(text)' is no \(type)") }
    self = value
  }

  private static func value(_ text: String, _ type: PrimitiveType) -> Literal? {
    switch type {
    case .boolean: ["true": true, "false": false][text.lowercased()].map { .boolean($0) }
    case .int: Int32(text).map { .int($0) }
    case .long: Int64(text).map { .long($0) }
    case .float: number(text, Float.self).map { .float($0) }
    case .double: number(text, Double.self).map { .double($0) }
    case .decimal(let precision, let scale): decimal(text, precision: precision, scale: scale).map { .decimal($0) }
    case .date: DateTimeParser.date(text).flatMap { Int32(exactly: $0) }.map { .date($0) }
    case .time: DateTimeParser.time(text).map { .time($0) }
    case .timestamp: DateTimeParser.timestamp(text, hasZone: false).map { .timestamp($0) }
    case .timestamptz: DateTimeParser.timestamp(text, hasZone: true).map { .timestamptz($0) }
    case .string: .text(text)
    case .uuid: uuid(text).map { .uuid($0) }
    case .fixed(let length): bytes(text).flatMap { $0.count == length ? .fixed($0) : nil }
    case .binary: bytes(text).map { .binary($0) }
    }
  }

  /// Swift reads a number that is too large as infinite; here only what says so is.
  private static func number<Value: BinaryFloatingPoint & LosslessStringConvertible>(
    _ text: String, _: Value.Type
  ) -> Value? {
    guard let value = Value(text) else { return nil }
    return value.isInfinite && text.utf8.contains { ("0"..."9").contains(Unicode.Scalar($0)) } ? nil : value
  }

  private static func decimal(_ text: String, precision: Int, scale: Int) -> Int128? {
    let isNegative = text.hasPrefix("-")
    let parts = text.dropFirst(isNegative || text.hasPrefix("+") ? 1 : 0)
      .split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = parts.first else { return nil }
    var fraction = parts.count == 2 ? Array(parts[1].utf8) : []
    guard !whole.isEmpty || !fraction.isEmpty else { return nil }
    while fraction.count > scale, fraction.last == UInt8(ascii: "0") { fraction.removeLast() }
    guard fraction.count <= scale else { return nil }
    let digits = Array(whole.utf8) + fraction + [UInt8](repeating: UInt8(ascii: "0"), count: scale - fraction.count)
    let significant = digits.drop { $0 == UInt8(ascii: "0") }
    guard significant.count <= min(precision, 38) else { return nil }
    var value: Int128 = 0
    for digit in significant {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      value = value * 10 + Int128(digit - UInt8(ascii: "0"))
    }
    return isNegative ? -value : value
  }

  private static func bytes(_ text: String) -> [UInt8]? {
    let digits = text.utf8.map { Character(Unicode.Scalar($0)).hexDigitValue }
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    for position in stride(from: 0, to: digits.count, by: 2) {
      guard let high = digits[position], let low = digits[position + 1] else { return nil }
      bytes.append(UInt8(high << 4 | low))
    }
    return bytes
  }

  private static func uuid(_ text: String) -> UInt128? {
    guard text.split(separator: "-", omittingEmptySubsequences: false).map(\.utf8.count) == [8, 4, 4, 4, 12] else {
      return nil
    }
    return bytes(String(text.filter { $0 != "-" }))?.reduce(0) { ($0 << 8) | UInt128($1) }
  }
}
