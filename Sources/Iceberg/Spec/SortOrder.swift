/// One field of a sort order.
public struct SortField: Sendable, Hashable {
  /// Which way values go.
  public enum Direction: String, Sendable { case ascending = "asc", descending = "desc" }
  /// Where nulls go.
  public enum NullOrder: String, Sendable { case first = "nulls-first", last = "nulls-last" }

  /// The field id of the column.
  public let sourceID: Int32
  /// What is computed from the column.
  public let transform: Transform
  /// Which way values go.
  public let direction: Direction
  /// Where nulls go.
  public let nullOrder: NullOrder

  /// A sort field.
  public init(
    sourceID: Int32, transform: Transform = .identity, direction: Direction = .ascending, nullOrder: NullOrder = .first
  ) {
    self.sourceID = sourceID
    self.transform = transform
    self.direction = direction
    self.nullOrder = nullOrder
  }
}

/// How the rows of a file are sorted (specification, "Sorting": <https://iceberg.apache.org/spec/#sorting>).
public struct SortOrder: Sendable, Hashable {
  /// The order's id in its table; 0 is kept for no order.
  public let id: Int32
  /// The fields, most significant first.
  public let fields: [SortField]

  /// A sort order.
  public init(id: Int32, fields: [SortField]) {
    self.id = id
    self.fields = fields
  }

  /// No order.
  public static let unsorted = SortOrder(id: 0, fields: [])
}
