package import Failures

/// Two's complement, the most significant byte first: how decimals lie in byte strings.
///
/// https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#decimal
package enum BigEndian {
  /// The numbers at `offsets`; an empty slot gives 0. Throws `.malformedInput` for one that takes more than 128 bits.
  package static func int128s(_ bytes: [UInt8], _ offsets: [Int]) throws(Failure) -> [Int128] {
    var result: [Int128] = []
    result.reserveCapacity(offsets.count)
    for slot in 0..<offsets.count - 1 { result.append(try int128(bytes[offsets[slot]..<offsets[slot + 1]])) }
    return result
  }

  private static func int128(_ bytes: ArraySlice<UInt8>) throws(Failure) -> Int128 {
    var value: Int128 = bytes.first.map { $0 & 0x80 != 0 } ?? false ? -1 : 0
    let sign = UInt8(truncatingIfNeeded: value)
    let digits = bytes.suffix(16)
    let isExtension = bytes.dropLast(16).allSatisfy { $0 == sign }
    guard isExtension, bytes.count <= 16 || (digits.first ?? sign) & 0x80 == sign & 0x80 else {
      throw .malformedInput("decimal of \(bytes.count) bytes, more than fit into 128 bits")
    }
    for byte in digits { value = value << 8 | Int128(byte) }
    return value
  }

  /// The last `width` bytes of a number.
  package static func append(_ value: Int128, width: Int, to bytes: inout [UInt8]) {
    for position in (0..<width).reversed() { bytes.append(UInt8(truncatingIfNeeded: value >> Int128(8 * position))) }
  }
}
