/// A change of how a table's new files are divided (specification, "Partition Evolution":
/// <https://iceberg.apache.org/spec/#partition-evolution>). Files that are there keep their spec.
public enum PartitionChange: Sendable, Hashable {
  /// A new field over a column, or a field of a structure by its full name; called as Java calls it where `name` is nil.
  case addField(column: String, transform: Transform, name: String? = nil)
  /// Leaves out the field of this name.
  case dropField(String)
  /// Another name for the same field.
  case renameField(from: String, to: String)
}
