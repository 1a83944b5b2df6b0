import Bytes
import Columns
import Failures

/// Booleans: one bit each, or runs by option, never a dictionary.
///
/// https://github.com/apache/parquet-format/blob/master/Encodings.md#plain-plain--0
struct BoolValues: PageValues, ~Copyable {
  private var bits: [UInt8] = []
  private var trueCount = 0

  private let encoding: PageEncoding

  init(_ leaf: LeafColumn, _ encoding: PageEncoding, hasDictionary: Bool) { self.encoding = encoding }

  func plainBytes(_ column: Column, _ range: Range<Int>) -> Int { (range.count + 7) / 8 }

  var hasDictionary: Bool { false }
  var dictionaryBytes: Int { 0 }
  var plainBytes: Int { (bits.count + 7) / 8 }
  var encodedBytes: Int { plainBytes }

  mutating func append(_ column: Column, _ range: Range<Int>) throws(Failure) {
    guard case .bool(let column) = column else { throw Self.mismatch() }
    for row in range where column.isValid(row) {
      let value = column.values[row]
      bits.append(value ? 1 : 0)
      trueCount += value ? 1 : 0
    }
  }

  mutating func abandonDictionary() {}

  mutating func freezeDictionary() {}

  mutating func endPage(into body: inout ByteBuffer, _ hashes: inout ValueHashes?) -> EncodedValues {
    let count = bits.count
    encode(into: &body)
    defer {
      bits.removeAll(keepingCapacity: true)
      trueCount = 0
    }
    guard count > 0 else { return EncodedValues(encoding: encoding, min: nil, max: nil) }
    return EncodedValues(
      encoding: encoding, min: [trueCount == count ? 1 : 0], max: [trueCount > 0 ? 1 : 0])
  }

  /// Runs come after their length: https://github.com/apache/parquet-format/blob/master/Encodings.md#RLE
  private func encode(into body: inout ByteBuffer) {
    guard encoding == .rle else {
      return bits.withUnsafeBufferPointer { BitPacking.pack($0, bitWidth: 1, into: &body) }
    }
    let start = body.count
    body.append(littleEndian: UInt32(0))
    bits.withUnsafeBufferPointer { RLEBitPackedHybrid.encode($0, bitWidth: 1, into: &body) }
    body.overwrite(at: start, littleEndian: UInt32(truncatingIfNeeded: body.count - start - 4))
  }

  mutating func endChunk(hasDictionary: Bool, _ hashes: inout ValueHashes?) -> PageTask? { nil }
}
