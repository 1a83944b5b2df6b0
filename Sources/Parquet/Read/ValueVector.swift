import Bytes
import Columns
import Failures

/// The values of one stored column that are there, without slots for nulls, as its pages are decoded.
protocol ValueVector {
  init(_ leaf: LeafColumn)
  /// The number of values.
  var count: Int { get }
  /// Adds `count` PLAIN values.
  /// https://github.com/apache/parquet-format/blob/master/Encodings.md#plain-plain--0
  mutating func appendPlain(_ cursor: inout ByteCursor, count: Int) throws(Failure)
  /// Adds the values of a dictionary that `indices` name. `limit` bounds the bytes.
  mutating func append(_ dictionary: Self, _ indices: [UInt32], limit: Int) throws(Failure)
  /// Adds `count` values in another encoding. Throws `.unsupported` for one that the type does not have.
  mutating func append(
    _ encoding: PageEncoding, _ cursor: inout ByteCursor, count: Int, limit: Int
  ) throws(Failure)
  /// The values of vectors one after the other. `limit` bounds the bytes.
  ///
  /// Precondition: there is at least one.
  static func joined(_ parts: [Self], limit: Int) throws -> Self
  /// Makes room for `count` values of `bytes` bytes in all.
  mutating func reserve(_ count: Int, bytes: Int)
  /// The values with an empty slot wherever `validity` is false.
  func spread(over validity: [Bool]) -> Self
  /// The values as a column of `type`, all slots filled. Throws where one has no counterpart.
  consuming func column(_ type: ParquetType, validity: [Bool]?) throws(Failure) -> Column
}

/// Refuses an encoding.
@inline(never)
func unsupportedEncoding(_ encoding: PageEncoding, _ type: PhysicalType) -> Failure {
  .unsupported("\(encoding) of \(type) values")
}

/// Refuses a dictionary index.
@inline(never)
func indexOutside(_ index: UInt32, _ count: Int) -> Failure {
  .malformedInput("dictionary index \(index) in a dictionary of \(count)")
}
