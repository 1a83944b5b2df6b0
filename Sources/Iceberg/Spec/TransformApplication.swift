import Failures

extension Transform {
  private static let microsecondsPerHour: Int64 = 3_600_000_000
  private static let microsecondsPerDay: Int64 = 86_400_000_000

  /// The transform's result on a value; null stays null. Throws `.unsupported` for an unknown transform and `.invalidArgument` for
  /// a value that it does not apply to.
  public func apply(_ value: Literal?) throws -> Literal? {
    if case .unknown(let text) = self { throw Failure.unsupported("partition transform \(text)") }
    guard let value, self != .void else { return nil }
    guard let result = result(on: value) else {
      throw Failure.invalidArgument("transform \(self) does not apply to \(value)")
    }
    return result
  }

  private func result(on value: Literal) -> Literal? {
    switch self {
    case .identity: value
    case .bucket(let count): value.bucketHash.map { .int(($0 & Int32.max) % count) }
    case .truncate(let width): value.truncated(to: Int(width))
    case .year: value.daysSinceEpoch.map { .int(Int32(truncatingIfNeeded: CivilDate(daysSinceEpoch: $0).year - 1970)) }
    case .month:
      value.daysSinceEpoch.map { days in
        let date = CivilDate(daysSinceEpoch: days)
        return .int(Int32(truncatingIfNeeded: (date.year - 1970) * 12 + date.month - 1))
      }
    case .day: value.daysSinceEpoch.map { .date(Int32(truncatingIfNeeded: $0)) }
    case .hour:
      value.microsecondsSinceEpoch.map {
        .int(Int32(truncatingIfNeeded: $0.flooredQuotient(Self.microsecondsPerHour)))
      }
    case .void, .unknown: nil
    }
  }
}

extension Literal {
  fileprivate var microsecondsSinceEpoch: Int64? {
    switch self {
    case .timestamp(let value), .timestamptz(let value): value
    default: nil
    }
  }

  fileprivate var daysSinceEpoch: Int64? {
    if case .date(let days) = self { return Int64(days) }
    return microsecondsSinceEpoch?.flooredQuotient(86_400_000_000)
  }

  /// The 32-bit hash that bucket transforms use, nil for a type that has none.
  package var bucketHash: Int32? {
    switch self {
    case .int(let value), .date(let value): Murmur3.hash(Int64(value))
    case .long(let value), .time(let value), .timestamp(let value), .timestamptz(let value): Murmur3.hash(value)
    case .decimal(let value): Murmur3.hash(value.minimalBigEndianBytes)
    case .string(let bytes), .fixed(let bytes), .binary(let bytes): Murmur3.hash(bytes)
    case .uuid(let value): Murmur3.hash(withUnsafeBytes(of: value.bigEndian) { Array($0) })
    case .boolean, .float, .double: nil
    }
  }

  fileprivate func truncated(to width: Int) -> Literal? {
    switch self {
    case .int(let value): .int(value &- value.flooredRemainder(Int32(width)))
    case .long(let value): .long(value &- value.flooredRemainder(Int64(width)))
    case .decimal(let value): .decimal(value &- value.flooredRemainder(Int128(width)))
    case .string(let bytes): .string(Array(bytes.prefix(codePoints: width)))
    case .binary(let bytes): .binary(Array(bytes.prefix(width)))
    default: nil
    }
  }
}

extension Array where Element == UInt8 {
  /// The bytes of the first `count` code points of UTF-8 text.
  func prefix(codePoints count: Int) -> ArraySlice<UInt8> {
    var left = count
    for (position, byte) in enumerated() where byte & 0xc0 != 0x80 {
      if left == 0 { return self[..<position] }
      left -= 1
    }
    return self[...]
  }
}

extension FixedWidthInteger where Self: SignedInteger {
  /// The quotient rounded down.
  func flooredQuotient(_ divisor: Self) -> Self {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }

  /// The remainder that is never negative.
  func flooredRemainder(_ divisor: Self) -> Self {
    let remainder = self % divisor
    return remainder < 0 ? remainder + divisor : remainder
  }

  /// Two's complement, most significant byte first, in as few bytes as keep the sign.
  var minimalBigEndianBytes: [UInt8] {
    var bytes: [UInt8] = []
    var rest = self
    repeat {
      bytes.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    } while !(rest == 0 && bytes[bytes.count - 1] < 0x80) && !(rest == -1 && bytes[bytes.count - 1] >= 0x80)
    return bytes.reversed()
  }
}
