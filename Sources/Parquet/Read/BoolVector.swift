import Bytes
import Columns
import Failures

/// Booleans.
struct BoolVector: ValueVector {
  private var values: [Bool] = []

  init(_ leaf: LeafColumn) {}

  private init() {}

  var count: Int { values.count }

  mutating func appendPlain(_ cursor: inout ByteCursor, count: Int) throws(Failure) {
    let packed = try cursor.readBytes((count + 7) / 8)
    for index in 0..<count { values.append(packed[index >> 3] >> UInt8(index & 7) & 1 == 1) }
  }

  mutating func append(_ dictionary: Self, _ indices: [UInt32], limit: Int) throws(Failure) {
    throw unsupportedEncoding(.rleDictionary, .boolean)
  }

  mutating func append(
    _ encoding: PageEncoding, _ cursor: inout ByteCursor, count: Int, limit: Int
  ) throws(Failure) {
    guard encoding == .rle else { throw unsupportedEncoding(encoding, .boolean) }
    // The runs come with their length: https://github.com/apache/parquet-format/blob/master/Encodings.md#RLE
    let length = try cursor.read(littleEndian: UInt32.self)
    var runs = ByteCursor(try cursor.readBytes(Int(length)))
    let bits = try decodedArray(count: count) { (output: UnsafeMutableBufferPointer<UInt8>) throws(Failure) in
      try RLEBitPackedHybrid.decode(&runs, bitWidth: 1, into: output)
    }
    values.append(contentsOf: bits.lazy.map { $0 == 1 })
  }

  static func joined(_ parts: [Self], limit: Int) -> Self {
    var whole = Self()
    whole.values = Array(parts.map(\.values).joined())
    return whole
  }

  mutating func reserve(_ count: Int, bytes: Int) { values.reserveCapacity(count) }

  func spread(over validity: [Bool]) -> Self {
    var next = 0
    var result = BoolVector()
    result.values = validity.map { isValid in
      guard isValid else { return false }
      defer { next += 1 }
      return values[next]
    }
    return result
  }

  consuming func column(_ type: ParquetType, validity: [Bool]?) throws(Failure) -> Column {
    .bool(PrimitiveColumn(values, validity: validity))
  }
}

/// An array of `count` elements that `body` fills wholly, or a failure.
func decodedArray<Element: FixedWidthInteger>(
  count: Int, _ body: (UnsafeMutableBufferPointer<Element>) throws(Failure) -> Void
) throws(Failure) -> [Element] {
  var failure: Failure?
  let array = [Element](unsafeUninitializedCapacity: count) { buffer, filled in
    let slots = UnsafeMutableBufferPointer(rebasing: buffer[..<count])
    do throws(Failure) {
      try body(slots)
      filled = count
    } catch {
      failure = error
    }
  }
  if let failure { throw failure }
  return array
}
