import Bytes
import Columns

/// A number of four or eight bytes as it is written.
protocol WrittenValue: FixedValue {
  /// The values of a column of this type; nil for another type.
  static func primitives(_ column: Column) -> PrimitiveColumn<Self>?
  /// The smallest and the largest value, NaN left out, zeros of floating-point types widened; nil when there is none.
  /// And the number of NaNs.
  static func bounds(_ values: [Self]) -> (range: (min: Self, max: Self)?, nanCount: Int)
  /// Bits to hash.
  var bits: UInt64 { get }
  /// Appends values as differences; only integers have the encoding.
  static func appendDeltas(of values: [Self], to body: inout ByteBuffer)
}

extension WrittenValue {
  /// The PLAIN bytes.
  var plainBytes: [UInt8] { withUnsafeBytes(of: self) { Array($0) } }
}

/// The smallest and the largest of integers.
private func integerBounds<Value: FixedWidthInteger>(_ values: [Value]) -> (min: Value, max: Value)? {
  guard var low = values.first else { return nil }
  var high = low
  for value in values {
    low = min(low, value)
    high = max(high, value)
  }
  return (low, high)
}

/// The smallest and the largest of numbers that are no NaN, and the number of NaNs.
private func floatingBounds<Value: BinaryFloatingPoint>(
  _ values: [Value]
) -> (range: (min: Value, max: Value)?, nanCount: Int) {
  var low = Value.infinity
  var high = -Value.infinity
  var nanCount = 0
  for value in values {
    if value.isNaN {
      nanCount += 1
    } else {
      if value < low { low = value }
      if value > high { high = value }
    }
  }
  if nanCount == values.count { return (nil, nanCount) }
  // Equal zeros have different bits, and readers may compare these.
  return ((low == 0 ? -0.0 : low, high == 0 ? 0.0 : high), nanCount)
}

extension Int32: WrittenValue {
  static func primitives(_ column: Column) -> PrimitiveColumn<Int32>? {
    if case .int32(let column) = column { column } else { nil }
  }

  static func bounds(_ values: [Int32]) -> (range: (min: Int32, max: Int32)?, nanCount: Int) {
    (integerBounds(values), 0)
  }

  var bits: UInt64 { UInt64(UInt32(bitPattern: self)) }

  static func appendDeltas(of values: [Int32], to body: inout ByteBuffer) {
    DeltaBinaryPacked.encode(values, into: &body)
  }
}

extension Int64: WrittenValue {
  static func primitives(_ column: Column) -> PrimitiveColumn<Int64>? {
    if case .int64(let column) = column { column } else { nil }
  }

  static func bounds(_ values: [Int64]) -> (range: (min: Int64, max: Int64)?, nanCount: Int) {
    (integerBounds(values), 0)
  }

  var bits: UInt64 { UInt64(bitPattern: self) }

  static func appendDeltas(of values: [Int64], to body: inout ByteBuffer) {
    DeltaBinaryPacked.encode(values, into: &body)
  }
}

extension Float: WrittenValue {
  static func primitives(_ column: Column) -> PrimitiveColumn<Float>? {
    if case .float(let column) = column { column } else { nil }
  }

  static func bounds(_ values: [Float]) -> (range: (min: Float, max: Float)?, nanCount: Int) {
    floatingBounds(values)
  }

  var bits: UInt64 { UInt64(bitPattern) }

  static func appendDeltas(of values: [Float], to body: inout ByteBuffer) {
    preconditionFailure("differences of Float values, which WriterOptions.check rules out")
  }
}

extension Double: WrittenValue {
  static func primitives(_ column: Column) -> PrimitiveColumn<Double>? {
    if case .double(let column) = column { column } else { nil }
  }

  static func bounds(_ values: [Double]) -> (range: (min: Double, max: Double)?, nanCount: Int) {
    floatingBounds(values)
  }

  var bits: UInt64 { bitPattern }

  static func appendDeltas(of values: [Double], to body: inout ByteBuffer) {
    preconditionFailure("differences of Double values, which WriterOptions.check rules out")
  }
}
