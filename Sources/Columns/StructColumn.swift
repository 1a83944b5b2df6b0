import Failures

/// A column of structures: a column for each field, side by side.
///
/// Invariant: each field's column has a row for each row of the structure; where the structure is null, so are its
/// fields, the required ones too.
public struct StructColumn: Sendable, Equatable {
  /// The fields' columns, in the order of `ColumnType.structure`.
  public private(set) var columns: [Column]
  /// The number of rows.
  public private(set) var count: Int
  /// Whether each row has a structure; nil when all have.
  public private(set) var validity: [Bool]?

  /// A column over parts made elsewhere. `count` is the number of rows, which the fields cannot tell when there are
  /// none.
  ///
  /// Precondition: they keep the invariant above.
  public init(columns: [Column], count: Int, validity: [Bool]? = nil) {
    precondition(columns.allSatisfy { $0.count == count }, "fields differ in length")
    precondition(validity == nil || validity?.count == count, "validity and fields differ in length")
    self.columns = columns
    self.count = count
    self.validity = validity
  }

  /// Whether `row` has a structure.
  public func isValid(_ row: Int) -> Bool { validity?[row] ?? true }

  func gathering(_ rows: [Int]) -> Self {
    StructColumn(
      columns: columns.map { $0.gathering(rows) }, count: rows.count,
      validity: validity.map { valid in rows.map { valid[$0] } })
  }

  mutating func append(contentsOf other: Self) throws {
    guard columns.count == other.columns.count else {
      throw Failure.invalidArgument(
        "structures of \(columns.count) and of \(other.columns.count) fields cannot be joined")
    }
    for position in columns.indices { try columns[position].append(contentsOf: other.columns[position]) }
    validity = joined(validity, count, other.validity, other.count)
    count += other.count
  }
}
