/// A column as it is stored: a leaf of the schema's tree.
public struct LeafColumn: Sendable, Hashable {
  /// The names from the top-level field down.
  public let path: [String]
  /// The number of the leaf itself, where it has one.
  public let fieldID: Int32?
  /// How its values are stored.
  public let physicalType: PhysicalType
  /// The length of each value of `.fixedLengthByteArray`, else 0.
  public let typeLength: Int
  /// What its values mean.
  public let type: ParquetType
  /// The definition level of a value that is there; 0 when all are required.
  /// https://github.com/apache/parquet-format/blob/master/README.md#nested-encoding
  public let maxDefinitionLevel: UInt8
  /// How many repeated fields lie on the path.
  public let maxRepetitionLevel: UInt8
  /// The position of the top-level field that it belongs to.
  public let fieldIndex: Int
}
