internal import CSimdjson

/// Whether bytes are well-formed UTF-8 (RFC 3629 §4: no overlong forms, no surrogates, nothing above U+10FFFF).
public enum UTF8Validity {
  /// Whether all of `bytes` are one well-formed text.
  public static func isValid(_ bytes: UnsafeRawBufferPointer) -> Bool {
    wg_utf8_is_valid(bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count) != 0
  }

  /// Whether every value of a column is well formed, found in one pass over all bytes. Value i is `bytes[offsets[i]..<offsets[i + 1]]`.
  ///
  /// Precondition: the offsets never fall and end at `bytes.count`.
  public static func areAllValid(bytes: [UInt8], offsets: [Int]) -> Bool {
    // Well formed as a whole, they are so one by one where none begins inside of a character.
    guard bytes.withUnsafeBytes(isValid) else { return false }
    return offsets.allSatisfy { $0 == bytes.count || bytes[$0] & 0xc0 != 0x80 }
  }
}
