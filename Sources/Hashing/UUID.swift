/// A universally unique identifier (RFC 9562). Randomness is handed in: nothing here asks the system for it.
public struct UUID: Sendable, Hashable {
  /// The first eight bytes, most significant first.
  public let high: UInt64
  /// The last eight bytes, most significant first.
  public let low: UInt64

  /// The identifier of these bits, whatever they are.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  private init(high: UInt64, low: UInt64, version: UInt64) {
    self.high = high & ~0xf000 | version << 12
    self.low = low & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000
  }

  /// Version 4 of 128 random bits, of which 122 are kept.
  ///
  /// Source: https://www.rfc-editor.org/rfc/rfc9562#section-5.4
  public init(randomHigh: UInt64, randomLow: UInt64) {
    self.init(high: randomHigh, low: randomLow, version: 4)
  }

  /// Version 4 from a generator.
  public init(using generator: inout some RandomNumberGenerator) {
    self.init(randomHigh: generator.next(), randomLow: generator.next())
  }

  /// Version 8 of a name's SHA-256: the same name, the same identifier.
  ///
  /// Source: https://www.rfc-editor.org/rfc/rfc9562#section-5.8
  public init(name: [UInt8]) {
    let digest = SHA256.hash(name)
    func word(_ range: Range<Int>) -> UInt64 { digest[range].reduce(0) { $0 << 8 | UInt64($1) } }
    self.init(high: word(0..<8), low: word(8..<16), version: 8)
  }

  /// The identifier written as `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx` in either case; nil for anything else.
  public init?(_ text: some StringProtocol) {
    self.init(utf8: text.utf8)
  }

  /// The identifier written so in UTF-8.
  public init?(utf8 text: some Collection<UInt8>) {
    guard text.count == 36 else { return nil }
    var words: [UInt64] = [0, 0]
    var digits = 0
    for (index, character) in text.enumerated() {
      if Self.hyphens.contains(index) {
        guard character == 0x2d else { return nil }
      } else {
        guard let value = Hexadecimal.value(of: character) else { return nil }
        words[digits / 16] = words[digits / 16] << 4 | UInt64(value)
        digits += 1
      }
    }
    self.init(high: words[0], low: words[1])
  }

  private static let hyphens = [8, 13, 18, 23]

  /// The 16 bytes.
  public var bytes: [UInt8] {
    [high, low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) } }
  }

  /// The identifier of 16 bytes; nil for another number of them.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 16 else { return nil }
    let words = bytes.enumerated().reduce(into: [UInt64](repeating: 0, count: 2)) { words, byte in
      words[byte.offset / 8] = words[byte.offset / 8] << 8 | UInt64(byte.element)
    }
    self.init(high: words[0], low: words[1])
  }
}

extension UUID: CustomStringConvertible, Comparable {
  /// The identifier in lower case.
  public var description: String {
    var digits = Array(Hexadecimal.encode(bytes).utf8)
    for position in Self.hyphens { digits.insert(0x2d, at: position) }
    return String(decoding: digits, as: UTF8.self)
  }

  /// The order of the bytes.
  public static func < (first: UUID, second: UUID) -> Bool {
    (first.high, first.low) < (second.high, second.low)
  }
}
