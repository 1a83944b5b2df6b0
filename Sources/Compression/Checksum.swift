import CZlib

/// The CRC-32 of RFC 1952 (gzip's, also Parquet's page checksum and Avro's snappy trailer), continued from `previous`.
public func crc32(_ bytes: UnsafeRawBufferPointer, continuing previous: UInt32 = 0) -> UInt32 {
  let start = bytes.bindMemory(to: UInt8.self).baseAddress
  return UInt32(truncatingIfNeeded: CZlib.crc32_z(UInt(previous), start, bytes.count))
}

/// The CRC-32 of an array.
public func crc32(_ bytes: [UInt8]) -> UInt32 {
  bytes.withUnsafeBytes { crc32($0) }
}
