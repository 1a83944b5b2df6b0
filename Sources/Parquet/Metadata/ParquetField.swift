/// A field of a schema.
public struct ParquetField: Sendable, Hashable {
  /// Its name.
  public let name: String
  /// The number that engines such as Iceberg find it by, where it has one.
  public let fieldID: Int32?
  /// What its values mean.
  public let type: ParquetType
  /// Whether every row has a value.
  public let isRequired: Bool

  /// A field.
  public init(_ name: String, _ type: ParquetType, fieldID: Int32? = nil, isRequired: Bool = false) {
    self.name = name
    self.type = type
    self.fieldID = fieldID
    self.isRequired = isRequired
  }
}
