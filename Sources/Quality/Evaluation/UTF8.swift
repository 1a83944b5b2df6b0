/// Whether `bytes` are well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF).
///
/// https://www.rfc-editor.org/rfc/rfc3629#section-4
public func isUTF8(_ bytes: UnsafeRawBufferPointer) -> Bool {
  var position = 0
  let end = bytes.count
  while position < end {
    if position + 8 <= end, bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
    {
      position += 8
    } else if bytes[position] < 0x80 {
      position += 1
    } else if let length = sequenceLength(bytes, position) {
      position += length
    } else {
      return false
    }
  }
  return true
}

/// The number of Unicode scalars in well-formed UTF-8: the bytes that continue none.
func scalarCount(_ bytes: UnsafeRawBufferPointer) -> Int {
  var count = 0
  for byte in bytes where byte & 0xc0 != 0x80 { count += 1 }
  return count
}

/// The length of the multi-byte sequence at `position`, nil when it is ill-formed.
private func sequenceLength(_ bytes: UnsafeRawBufferPointer, _ position: Int) -> Int? {
  let lead = bytes[position]
  let length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2
  guard lead >= 0xc2, lead <= 0xf4, position + length <= bytes.count else { return nil }
  let second: ClosedRange<UInt8> =
    switch lead {
    case 0xe0: 0xa0...0xbf
    case 0xed: 0x80...0x9f
    case 0xf0: 0x90...0xbf
    case 0xf4: 0x80...0x8f
    default: 0x80...0xbf
    }
  guard second.contains(bytes[position + 1]) else { return nil }
  for offset in 2..<max(length, 2) where bytes[position + offset] & 0xc0 != 0x80 { return nil }
  return length
}
