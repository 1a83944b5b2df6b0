import Bytes
import Failures

/// Finds and reads the footer at the end of a file.
///
/// https://github.com/apache/parquet-format/blob/master/README.md#file-format
enum Footer {
  /// `PAR1`, at both ends of a file.
  static let magic: [UInt8] = [0x50, 0x41, 0x52, 0x31]
  /// `PARE`, at the end of a file whose footer is encrypted.
  private static let encryptedMagic: [UInt8] = [0x50, 0x41, 0x52, 0x45]
  /// Most footers lie in the last 64 KiB: one request.
  private static let guess = 64 << 10

  static func read(_ source: any ByteSource, _ limits: ReaderLimits) throws -> FileMetadata {
    let size = source.count
    guard size >= 12 else { throw Failure.malformedInput("\(size) bytes are no Parquet file") }
    let tailStart = max(0, size - guess)
    let tail = try source.read(tailStart..<size)
    guard tail.count == size - tailStart else { throw Failure.malformedInput("the file's end cannot be read") }
    let length = try footerLength(tail, fileSize: size)
    guard length <= limits.footerBytes else { throw Failure.limitExceeded("footer of \(length) bytes") }
    let start = size - 8 - length
    let footer =
      start >= tailStart ? [UInt8](tail[(start - tailStart)..<(tail.count - 8)]) : try source.read(start..<size - 8)
    return try within("footer") { try footer.withUnsafeBytes { try FileMetadata(footer: $0, limits: limits) } }
  }

  private static func footerLength(_ tail: [UInt8], fileSize: Int) throws -> Int {
    let end = [UInt8](tail.suffix(4))
    if end == encryptedMagic { throw Failure.unsupported("encrypted file") }
    guard end == magic else { throw Failure.malformedInput("does not end with PAR1: no Parquet file, or cut short") }
    let length = Int(tail.suffix(8).prefix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
    guard length <= fileSize - 12 else {
      throw Failure.malformedInput("footer of \(length) bytes in a file of \(fileSize)")
    }
    return length
  }
}
