/// The order of a column's values in their PLAIN bytes, as `ColumnOrder` TYPE_ORDER defines it.
///
/// https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift (`ColumnOrder`)
public struct ValueOrder: Sendable {
  private enum Kind {
    case signed(bytes: Int)
    case unsigned(bytes: Int)
    case float
    case double
    case half
    case bytes
    case bigEndian
    case undefined
  }

  private let kind: Kind

  /// The order of `leaf`.
  public init(_ leaf: LeafColumn) {
    switch (leaf.physicalType, leaf.type) {
    case (_, .int96): kind = .undefined
    case (.boolean, _): kind = .unsigned(bytes: 1)
    case (.int32, .uint8), (.int32, .uint16), (.int32, .uint32): kind = .unsigned(bytes: 4)
    case (.int64, .uint64): kind = .unsigned(bytes: 8)
    case (.int32, _): kind = .signed(bytes: 4)
    case (.int64, _): kind = .signed(bytes: 8)
    case (.float, _): kind = .float
    case (.double, _): kind = .double
    case (.int96, _): kind = .undefined
    case (_, .decimal): kind = .bigEndian
    case (_, .float16): kind = .half
    case (.byteArray, _), (.fixedLengthByteArray, _): kind = .bytes
    }
  }

  /// Whether the type has an order at all; int96 has none.
  public var isDefined: Bool {
    if case .undefined = kind { return false }
    return true
  }

  /// Whether the order of the values is that of their bytes with signed numbers, which the deprecated bounds were
  /// written in.
  var isSigned: Bool {
    switch kind {
    case .signed, .float, .double: true
    default: false
    }
  }

  /// Whether `bytes` can be a bound: the right length, no NaN.
  func isBound(_ bytes: [UInt8]) -> Bool {
    switch kind {
    case .signed(let size), .unsigned(let size): bytes.count == size
    case .float: bytes.count == 4 && !Float(bitPattern: UInt32(truncatingIfNeeded: Self.load(bytes))).isNaN
    case .double: bytes.count == 8 && !Double(bitPattern: Self.load(bytes)).isNaN
    case .half: bytes.count == 2 && !HalfPrecision.isNaN(UInt16(truncatingIfNeeded: Self.load(bytes)))
    case .bytes: true
    case .bigEndian: !bytes.isEmpty
    case .undefined: false
    }
  }

  /// Whether `first` comes before `second`. False for bytes that are no bounds of this type.
  public func isLess(_ first: [UInt8], _ second: [UInt8]) -> Bool {
    guard isBound(first), isBound(second) else { return false }
    switch kind {
    case .signed(let size): return Self.signed(first, size) < Self.signed(second, size)
    case .unsigned: return Self.load(first) < Self.load(second)
    case .float:
      return Float(bitPattern: UInt32(truncatingIfNeeded: Self.load(first)))
        < Float(bitPattern: UInt32(truncatingIfNeeded: Self.load(second)))
    case .double: return Double(bitPattern: Self.load(first)) < Double(bitPattern: Self.load(second))
    case .half:
      return HalfPrecision.float(UInt16(truncatingIfNeeded: Self.load(first)))
        < HalfPrecision.float(UInt16(truncatingIfNeeded: Self.load(second)))
    case .bytes: return first.lexicographicallyPrecedes(second)
    case .bigEndian: return Self.isLessBigEndian(first, second)
    case .undefined: return false
    }
  }

  /// At most eight bytes, little-endian.
  private static func load(_ bytes: [UInt8]) -> UInt64 {
    bytes.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  private static func signed(_ bytes: [UInt8], _ size: Int) -> Int64 {
    size == 4 ? Int64(Int32(truncatingIfNeeded: load(bytes))) : Int64(bitPattern: load(bytes))
  }

  /// Two's complement of any length, most significant byte first.
  private static func isLessBigEndian(_ first: [UInt8], _ second: [UInt8]) -> Bool {
    let length = max(first.count, second.count)
    let (left, right) = (extended(first, length), extended(second, length))
    return left.lexicographicallyPrecedes(right)
  }

  /// The bytes extended by their sign, the sign bit flipped so that bytewise order is numeric order.
  private static func extended(_ bytes: [UInt8], _ length: Int) -> [UInt8] {
    let isNegative = (bytes.first ?? 0) & 0x80 != 0
    var result = [UInt8](repeating: isNegative ? 0xff : 0, count: length - bytes.count) + bytes
    result[0] ^= 0x80
    return result
  }
}
