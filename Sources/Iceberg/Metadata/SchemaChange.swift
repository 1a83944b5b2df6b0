/// A change of a table's schema (specification, "Schema Evolution": <https://iceberg.apache.org/spec/#schema-evolution>).
///
/// Fields are named by their full names: a column's name, or the levels joined with dots, where the elements of a list are called
/// `element` and the values of a map `value`. A column whose own name has dots is found first.
public enum SchemaChange: Sendable, Hashable {
  /// A new optional column at the end; ids inside the type are given out anew.
  case addColumn(name: String, type: IcebergType, doc: String? = nil)
  /// A new optional field at the end of a structure; ids inside the type are given out anew.
  case addField(to: String, name: String, type: IcebergType, doc: String? = nil)
  /// Another name, without the levels above, for the same field.
  case renameColumn(from: String, to: String)
  /// Leaves the field out; its id is never used again.
  case dropColumn(String)
  /// Allows nulls.
  case makeOptional(String)
  /// A wider type: int to long, float to double, more digits of a decimal.
  case widen(String, to: PrimitiveType)
  /// Another comment, none for nil.
  case setDoc(String, String?)
  /// Another place among the fields of the same structure.
  case move(String, Place)

  /// Where a field is moved to.
  public enum Place: Sendable, Hashable {
    /// To the front.
    case first
    /// In front of the field with this name, without the levels above.
    case before(String)
    /// Behind the field with this name, without the levels above.
    case after(String)
  }
}
