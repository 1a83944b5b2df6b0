import Bytes
import Columns
import Failures

/// Booleans: one bit each, never a dictionary.
///
/// https://github.com/apache/parquet-format/blob/master/Encodings.md#plain-plain--0
struct BoolValues: PageValues, ~Copyable {
  private var bits: [UInt8] = []
  private var trueCount = 0

  init(hasDictionary: Bool) {}

  static func plainBytes(_ column: Column, _ range: Range<Int>) -> Int { (range.count + 7) / 8 }

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

  mutating func endPage(into body: inout ByteBuffer) -> EncodedValues {
    let count = bits.count
    bits.withUnsafeBufferPointer { BitPacking.pack($0, bitWidth: 1, into: &body) }
    defer {
      bits.removeAll(keepingCapacity: true)
      trueCount = 0
    }
    guard count > 0 else { return EncodedValues(encoding: .plain, min: nil, max: nil) }
    return EncodedValues(
      encoding: .plain, min: [trueCount == count ? 1 : 0], max: [trueCount > 0 ? 1 : 0])
  }

  mutating func endChunk(hasDictionary: Bool) -> PageTask? { nil }
}
