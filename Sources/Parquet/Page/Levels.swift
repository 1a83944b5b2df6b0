import Bytes
import Failures

/// Definition or repetition levels of pages.
///
/// https://github.com/apache/parquet-format/blob/master/README.md#nested-encoding
enum Levels {
  /// Reads `count` levels of a V1 page, which come with their length, and advances behind them.
  static func readV1(
    _ cursor: inout ByteCursor, _ encoding: PageEncoding, count: Int, maximum: UInt8, into levels: inout [UInt8]
  ) throws(Failure) {
    let width = RLEBitPackedHybrid.bitWidth(Int(maximum))
    switch encoding {
    case .rle:
      let length = try cursor.read(littleEndian: UInt32.self)
      var runs = ByteCursor(try cursor.readBytes(Int(length)))
      try append(count, maximum, to: &levels) { (output) throws(Failure) in
        try RLEBitPackedHybrid.decode(&runs, bitWidth: width, into: output)
      }
    case .bitPacked:
      try append(count, maximum, to: &levels) { (output) throws(Failure) in
        try BitPackedLevels.decode(&cursor, bitWidth: width, into: output)
      }
    default: throw .unsupported("levels encoded as \(encoding)")
    }
  }

  /// Reads `count` levels of a V2 page, which are all of `bytes`.
  static func readV2(
    _ bytes: UnsafeRawBufferPointer, count: Int, maximum: UInt8, into levels: inout [UInt8]
  ) throws(Failure) {
    var runs = ByteCursor(bytes)
    try append(count, maximum, to: &levels) { (output) throws(Failure) in
      try RLEBitPackedHybrid.decode(&runs, bitWidth: RLEBitPackedHybrid.bitWidth(Int(maximum)), into: output)
    }
  }

  private static func append(
    _ count: Int, _ maximum: UInt8, to levels: inout [UInt8],
    _ body: (UnsafeMutableBufferPointer<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    let added = try decodedArray(count: count, body)
    if let largest = added.max(), largest > maximum {
      throw .malformedInput("level \(largest), at most \(maximum) is possible")
    }
    levels.append(contentsOf: added)
  }

  /// Appends levels as a V1 page has them.
  static func writeV1(_ levels: [UInt8], maximum: UInt8, into output: inout ByteBuffer) {
    let start = output.count
    output.append(littleEndian: UInt32(0))
    levels.withUnsafeBufferPointer {
      RLEBitPackedHybrid.encode($0, bitWidth: RLEBitPackedHybrid.bitWidth(Int(maximum)), into: &output)
    }
    output.overwrite(at: start, littleEndian: UInt32(truncatingIfNeeded: output.count - start - 4))
  }
}
