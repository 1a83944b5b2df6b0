import Bytes
import Columns
import Failures

/// A number of four or eight bytes.
protocol FixedValue: BitwiseCopyable, Sendable, Hashable {
  static var zero: Self { get }
  static var physicalType: PhysicalType { get }
  /// The values as a column.
  static func column(
    _ values: consuming [Self], _ type: ParquetType, validity: [Bool]?
  ) throws(Failure) -> Column
  /// Reads delta-encoded values; only integers have the encoding.
  static func appendDeltas(_ cursor: inout ByteCursor, count: Int, to values: inout [Self]) throws(Failure)
}

/// Numbers of one type.
struct FixedVector<Value: FixedValue>: ValueVector {
  private var values: [Value] = []

  init(_ leaf: LeafColumn) {}

  private init(_ values: [Value]) { self.values = values }

  var count: Int { values.count }

  mutating func appendPlain(_ cursor: inout ByteCursor, count: Int) throws(Failure) {
    let (size, overflows) = count.multipliedReportingOverflow(by: MemoryLayout<Value>.size)
    guard !overflows else { throw .malformedInput("\(count) values") }
    append(raw: try cursor.readBytes(size), count)
  }

  private mutating func append(raw: UnsafeRawBufferPointer, _ count: Int) {
    let added = [Value](unsafeUninitializedCapacity: count) { buffer, filled in
      UnsafeMutableRawBufferPointer(buffer).copyMemory(from: raw)
      filled = count
    }
    values.append(contentsOf: added)
  }

  mutating func append(_ dictionary: Self, _ indices: [UInt32], limit: Int) throws(Failure) {
    let entries = dictionary.values
    if let largest = indices.max(), largest >= entries.count { throw indexOutside(largest, entries.count) }
    values.append(contentsOf: indices.lazy.map { entries[Int($0)] })
  }

  mutating func append(
    _ encoding: PageEncoding, _ cursor: inout ByteCursor, count: Int, limit: Int
  ) throws(Failure) {
    switch encoding {
    case .deltaBinaryPacked: try Value.appendDeltas(&cursor, count: count, to: &values)
    case .byteStreamSplit:
      let bytes = try ByteStreamSplit.decode(&cursor, count: count, width: MemoryLayout<Value>.size)
      bytes.withUnsafeBytes { append(raw: $0, count) }
    default: throw unsupportedEncoding(encoding, Value.physicalType)
    }
  }

  static func joined(_ parts: [Self], limit: Int) -> Self { Self(Array(parts.map(\.values).joined())) }

  mutating func reserve(_ count: Int, bytes: Int) { values.reserveCapacity(count) }

  func spread(over validity: [Bool]) -> Self {
    var next = 0
    return Self(
      [Value](unsafeUninitializedCapacity: validity.count) { buffer, filled in
        for (slot, isValid) in validity.enumerated() {
          buffer.initializeElement(at: slot, to: isValid ? values[next] : .zero)
          next += isValid ? 1 : 0
        }
        filled = validity.count
      })
  }

  consuming func column(_ type: ParquetType, validity: [Bool]?) throws(Failure) -> Column {
    try Value.column(values, type, validity: validity)
  }
}

extension Int32: FixedValue {
  static var physicalType: PhysicalType { .int32 }

  static func column(_ values: consuming [Int32], _ type: ParquetType, validity: [Bool]?) throws(Failure) -> Column {
    switch type {
    case .uint32:
      .int64(PrimitiveColumn(values.map { Int64(UInt32(bitPattern: $0)) }, validity: validity))
    case .timeMillis: .int64(PrimitiveColumn(values.map { Int64($0) * 1000 }, validity: validity))
    case .decimal: .int128(PrimitiveColumn(values.map { Int128($0) }, validity: validity))
    default: .int32(PrimitiveColumn(values, validity: validity))
    }
  }

  static func appendDeltas(_ cursor: inout ByteCursor, count: Int, to values: inout [Int32]) throws(Failure) {
    _ = try DeltaBinaryPacked.decode(&cursor, count: count, appendingTo: &values)
  }
}

extension Int64: FixedValue {
  static var physicalType: PhysicalType { .int64 }

  static func column(_ values: consuming [Int64], _ type: ParquetType, validity: [Bool]?) throws(Failure) -> Column {
    switch type {
    case .decimal: return .int128(PrimitiveColumn(values.map { Int128($0) }, validity: validity))
    case .timestampMillis: try scale(&values)
    case .timestampNanos, .timeNanos: floor(&values)
    default: break
    }
    return .int64(PrimitiveColumn(values, validity: validity))
  }

  private static func scale(_ values: inout [Int64]) throws(Failure) {
    for index in values.indices {
      let (micros, overflows) = values[index].multipliedReportingOverflow(by: 1000)
      guard !overflows else { throw .malformedInput("\(values[index]) ms do not fit into 64 bits of microseconds") }
      values[index] = micros
    }
  }

  private static func floor(_ values: inout [Int64]) {
    for index in values.indices {
      let (quotient, remainder) = values[index].quotientAndRemainder(dividingBy: 1000)
      values[index] = remainder < 0 ? quotient - 1 : quotient
    }
  }

  static func appendDeltas(_ cursor: inout ByteCursor, count: Int, to values: inout [Int64]) throws(Failure) {
    _ = try DeltaBinaryPacked.decode(&cursor, count: count, appendingTo: &values)
  }
}

extension Float: FixedValue {
  static var physicalType: PhysicalType { .float }

  static func column(_ values: consuming [Float], _ type: ParquetType, validity: [Bool]?) throws(Failure) -> Column {
    .float(PrimitiveColumn(values, validity: validity))
  }

  static func appendDeltas(_ cursor: inout ByteCursor, count: Int, to values: inout [Float]) throws(Failure) {
    throw unsupportedEncoding(.deltaBinaryPacked, .float)
  }
}

extension Double: FixedValue {
  static var physicalType: PhysicalType { .double }

  static func column(_ values: consuming [Double], _ type: ParquetType, validity: [Bool]?) throws(Failure) -> Column {
    .double(PrimitiveColumn(values, validity: validity))
  }

  static func appendDeltas(_ cursor: inout ByteCursor, count: Int, to values: inout [Double]) throws(Failure) {
    throw unsupportedEncoding(.deltaBinaryPacked, .double)
  }
}
