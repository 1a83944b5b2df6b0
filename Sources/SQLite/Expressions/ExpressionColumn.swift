/// A column as SQL expressions see it.
public struct ExpressionColumn: Sendable, Hashable {
  /// How SQLite converts what the column is compared with.
  ///
  /// Source: https://www.sqlite.org/datatype3.html#type_affinity
  public enum Affinity: String, Sendable, Hashable {
    /// Whole numbers and truths (0 and 1).
    case integer = "INTEGER"
    /// Numbers with a fraction. NaN is NULL: SQLite has none.
    case real = "REAL"
    /// Text.
    case text = "TEXT"
    /// Bytes.
    case blob = "BLOB"
  }

  /// The name.
  public let name: String
  /// The affinity.
  public let affinity: Affinity

  /// A column.
  public init(_ name: String, _ affinity: Affinity) {
    self.name = name
    self.affinity = affinity
  }

  var declaration: String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\" "
      + affinity.rawValue
  }
}
