/// A column that the rows of a row group are sorted by.
///
/// https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift (`SortingColumn`)
public struct SortingColumn: Sendable, Hashable {
  /// The position of the stored column in the schema's leaves.
  public let leaf: Int
  /// Whether the largest value comes first.
  public let isDescending: Bool
  /// Whether nulls come before all values.
  public let isNullsFirst: Bool

  /// A column to sort by.
  public init(leaf: Int, isDescending: Bool = false, isNullsFirst: Bool = true) {
    self.leaf = leaf
    self.isDescending = isDescending
    self.isNullsFirst = isNullsFirst
  }

  init(_ reader: inout CompactReader) throws {
    var leaf: Int32 = -1
    var (isDescending, isNullsFirst) = (false, false)
    try reader.structure { reader, field in
      switch field.id {
      case 1: leaf = try reader.int32(field)
      case 2: isDescending = try reader.bool(field)
      case 3: isNullsFirst = try reader.bool(field)
      default: try reader.skip(field)
      }
    }
    self.init(leaf: Int(leaf), isDescending: isDescending, isNullsFirst: isNullsFirst)
  }

  func write(to writer: inout CompactWriter) {
    writer.field(1, int32: Int32(truncatingIfNeeded: leaf))
    writer.field(2, bool: isDescending)
    writer.field(3, bool: isNullsFirst)
  }
}
