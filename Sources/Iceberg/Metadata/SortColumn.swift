/// A column that a table's rows are to be sorted by.
public struct SortColumn: Sendable, Hashable {
  /// The column, or a field of a structure by its full name.
  public let column: String
  /// What is compared.
  public let transform: Transform
  /// Which way values go.
  public let direction: SortField.Direction
  /// Where nulls go.
  public let nullOrder: SortField.NullOrder

  /// A column to sort by; nulls go first in ascending order, last in descending, where `nullOrder` does not say.
  public init(
    _ column: String, transform: Transform = .identity, direction: SortField.Direction = .ascending,
    nullOrder: SortField.NullOrder? = nil
  ) {
    self.column = column
    self.transform = transform
    self.direction = direction
    self.nullOrder = nullOrder ?? (direction == .ascending ? .first : .last)
  }
}
