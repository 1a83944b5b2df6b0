import Hashing

/// Damage as a fuzzer does it, the same for the same seed.
struct Mutation {
  private var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  private static let interesting: [UInt8] = [0, 1, 0x7f, 0x80, 0xff, 0x20, 0x22, 0x5b, 0x7b, 0x0a]

  /// `bytes` with one to six changes, some of them taken from `other`.
  mutating func mutated(_ bytes: [UInt8], with other: [UInt8]) -> [UInt8] {
    var result = bytes
    for _ in 0...below(6) { change(&result, other) }
    return result
  }

  private mutating func change(_ bytes: inout [UInt8], _ other: [UInt8]) {
    guard !bytes.isEmpty else {
      bytes = Array(other.prefix(below(64)))
      return
    }
    let position = below(bytes.count)
    switch below(8) {
    case 0: bytes[position] = Self.interesting[below(Self.interesting.count)]
    case 1: bytes[position] ^= 1 << UInt8(below(8))
    case 2: bytes[position] = UInt8(below(256))
    case 3: bytes.removeSubrange(position..<min(position + 1 + below(16), bytes.count))
    case 4: bytes.insert(contentsOf: (0...below(9)).map { _ in UInt8(below(256)) }, at: position)
    case 5: bytes.insert(contentsOf: bytes[position..<min(position + 1 + below(64), bytes.count)], at: position)
    case 6: bytes.replaceSubrange(position..<min(position + 9, bytes.count), with: piece(of: other))
    default: bytes.removeLast(below(bytes.count) / 4)
    }
  }

  private mutating func piece(of other: [UInt8]) -> [UInt8] {
    guard !other.isEmpty else { return [] }
    let start = below(other.count)
    return Array(other[start..<min(start + 1 + below(32), other.count)])
  }

  private mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }
}
