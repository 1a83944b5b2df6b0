import Bytes
import Columns
import Failures

/// Byte strings, of any length or of one; the twelve bytes of int96 too.
struct BinaryVector: ValueVector {
  /// Where each value begins in `bytes`, and where the last one ends.
  var offsets: [Int] = [0]
  /// The values one after the other.
  var bytes: [UInt8] = []
  /// The length of each, where it is fixed.
  let width: Int?

  init(width: Int?) { self.width = width }

  init(_ leaf: LeafColumn) {
    switch leaf.physicalType {
    case .fixedLengthByteArray: width = leaf.typeLength
    case .int96: width = 12
    default: width = nil
    }
  }

  var count: Int { offsets.count - 1 }

  mutating func appendPlain(_ cursor: inout ByteCursor, count: Int) throws(Failure) {
    if let width { return try appendFixed(&cursor, count: count, width) }
    // Each value has a length of four bytes.
    guard count <= cursor.remaining / 4 else { throw .malformedInput("\(count) values in \(cursor.remaining) bytes") }
    for _ in 0..<count {
      let length = try cursor.read(littleEndian: UInt32.self)
      bytes.append(contentsOf: try cursor.readBytes(Int(length)))
      offsets.append(bytes.count)
    }
  }

  private mutating func appendFixed(_ cursor: inout ByteCursor, count: Int, _ width: Int) throws(Failure) {
    let (size, overflows) = count.multipliedReportingOverflow(by: width)
    guard !overflows else { throw .malformedInput("\(count) values of \(width) bytes") }
    let start = bytes.count
    bytes.append(contentsOf: try cursor.readBytes(size))
    for index in 0..<count { offsets.append(start + (index + 1) * width) }
  }

  mutating func append(_ dictionary: Self, _ indices: [UInt32], limit: Int) throws(Failure) {
    let entries = dictionary.count
    if let largest = indices.max(), largest >= entries { throw indexOutside(largest, entries) }
    var end = bytes.count
    for index in indices {
      end += dictionary.offsets[Int(index) + 1] - dictionary.offsets[Int(index)]
      offsets.append(end)
    }
    guard end <= limit else { throw .limitExceeded("column of more than \(limit) bytes") }
    dictionary.bytes.withUnsafeBytes { source in
      for index in indices {
        bytes.append(contentsOf: source[dictionary.offsets[Int(index)]..<dictionary.offsets[Int(index) + 1]])
      }
    }
  }

  mutating func append(
    _ encoding: PageEncoding, _ cursor: inout ByteCursor, count: Int, limit: Int
  ) throws(Failure) {
    switch (encoding, width) {
    case (.deltaLengthByteArray, nil): try DeltaLengthByteArray.decode(&cursor, count: count, into: &self)
    case (.deltaByteArray, _): try DeltaByteArray.decode(&cursor, count: count, limit: limit, into: &self)
    case (.byteStreamSplit, .some(let width)):
      let joined = try ByteStreamSplit.decode(&cursor, count: count, width: width)
      let start = bytes.count
      bytes.append(contentsOf: joined)
      for index in 0..<count { offsets.append(start + (index + 1) * width) }
    default: throw unsupportedEncoding(encoding, width == nil ? .byteArray : .fixedLengthByteArray)
    }
  }

  /// Each part is copied to its place by any thread.
  static func joined(_ parts: [Self], limit: Int) throws -> Self {
    var (byteStarts, valueStarts) = ([0], [0])
    for part in parts {
      byteStarts.append(byteStarts[byteStarts.count - 1] + part.bytes.count)
      valueStarts.append(valueStarts[valueStarts.count - 1] + part.count)
    }
    guard byteStarts[parts.count] <= limit else { throw Failure.limitExceeded("column of more than \(limit) bytes") }
    var whole = Self(width: parts[0].width)
    whole.bytes = try concurrentlyFilled(byteStarts) { part, target in
      _ = target.update(fromContentsOf: parts[part].bytes)
    }
    whole.offsets += try concurrentlyFilled(valueStarts) { part, target in
      let base = byteStarts[part]
      for index in target.indices { target[index] = base + parts[part].offsets[index + 1] }
    }
    return whole
  }

  mutating func reserve(_ count: Int, bytes: Int) {
    offsets.reserveCapacity(count + 1)
    self.bytes.reserveCapacity(bytes)
  }

  func spread(over validity: [Bool]) -> Self {
    var result = self
    var next = 0
    result.offsets = [Int](unsafeUninitializedCapacity: validity.count + 1) { buffer, filled in
      buffer.initializeElement(at: 0, to: 0)
      for (slot, isValid) in validity.enumerated() {
        next += isValid ? 1 : 0
        buffer.initializeElement(at: slot + 1, to: offsets[next])
      }
      filled = validity.count + 1
    }
    return result
  }

  consuming func column(_ type: ParquetType, validity: [Bool]?) throws(Failure) -> Column {
    switch type {
    case .int96: .int64(PrimitiveColumn(Int96.micros(bytes, offsets), validity: validity))
    case .float16: .float(PrimitiveColumn(halves(), validity: validity))
    case .decimal(let precision, _) where precision <= ParquetType.int128Digits:
      .int128(PrimitiveColumn(try BigEndian.int128s(bytes, offsets), validity: validity))
    default: .binary(BinaryColumn(offsets: offsets, bytes: bytes, validity: validity))
    }
  }

  /// Half-precision values; an empty slot gives zero.
  private func halves() -> [Float] {
    zip(offsets, offsets.dropFirst()).map { start, end in
      end - start == 2 ? HalfPrecision.float(UInt16(bytes[start]) | UInt16(bytes[start + 1]) << 8) : 0
    }
  }
}
