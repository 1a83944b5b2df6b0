import Failures

/// Rows as columns: how data moves through the pipeline.
///
/// Invariant: one column a field of the schema, of the type's physical form, all of `rowCount` rows.
public struct ColumnBatch: Sendable, Equatable {
  /// Names and types.
  public let schema: ColumnSchema
  /// The columns in the schema's order.
  public private(set) var columns: [Column]
  /// The number of rows.
  public private(set) var rowCount: Int

  /// A batch over columns made elsewhere. Throws `.invalidArgument` naming the column that does not fit.
  public init(schema: ColumnSchema, columns: [Column]) throws {
    guard columns.count == schema.fields.count else {
      throw Failure.invalidArgument("\(columns.count) columns for a schema of \(schema.fields.count)")
    }
    rowCount = columns.first?.count ?? 0
    for (field, column) in zip(schema.fields, columns) where column.count != rowCount {
      throw Failure.invalidArgument("column \(field.name) has \(column.count) rows, others have \(rowCount)")
    }
    self.schema = schema
    self.columns = columns
  }

  /// A batch without rows.
  public init(empty schema: ColumnSchema) {
    self.schema = schema
    columns = schema.fields.map(\.type.emptyColumn)
    rowCount = 0
  }

  /// The column called `name`. Throws `.notFound`.
  public func column(_ name: String) throws -> Column {
    guard let position = schema.position(of: name) else { throw Failure.notFound("no column \(name)") }
    return columns[position]
  }

  /// The boolean column called `name`. Throws where it is missing or of another type.
  public func bools(_ name: String) throws -> PrimitiveColumn<Bool> {
    guard case .bool(let column) = try column(name) else { throw mismatch(name) }
    return column
  }

  /// The 32-bit column called `name`. Throws where it is missing or of another type.
  public func int32s(_ name: String) throws -> PrimitiveColumn<Int32> {
    guard case .int32(let column) = try column(name) else { throw mismatch(name) }
    return column
  }

  /// The 64-bit column called `name`. Throws where it is missing or of another type.
  public func int64s(_ name: String) throws -> PrimitiveColumn<Int64> {
    guard case .int64(let column) = try column(name) else { throw mismatch(name) }
    return column
  }

  /// The double column called `name`. Throws where it is missing or of another type.
  public func doubles(_ name: String) throws -> PrimitiveColumn<Double> {
    guard case .double(let column) = try column(name) else { throw mismatch(name) }
    return column
  }

  /// The string or binary column called `name`. Throws where it is missing or of another type.
  public func binaries(_ name: String) throws -> BinaryColumn {
    guard case .binary(let column) = try column(name) else { throw mismatch(name) }
    return column
  }

  private func mismatch(_ name: String) -> Failure { .invalidArgument("column \(name) has another type") }

  /// The rows named by `rows`, in that order.
  public func gathering(_ rows: [Int]) -> ColumnBatch {
    var copy = self
    copy.columns = columns.map { $0.gathering(rows) }
    copy.rowCount = rows.count
    return copy
  }

  /// The columns called `names`, in that order. Throws `.notFound`.
  public func selecting(_ names: [String]) throws -> ColumnBatch {
    let fields = try names.map { name in
      guard let position = schema.position(of: name) else { throw Failure.notFound("no column \(name)") }
      return schema.fields[position]
    }
    return try ColumnBatch(schema: ColumnSchema(fields), columns: names.map { try column($0) })
  }

  /// Adds the rows of a batch with the same columns. Throws `.invalidArgument` when they differ.
  public mutating func append(contentsOf other: ColumnBatch) throws {
    guard other.schema.fields.map(\.name) == schema.fields.map(\.name) else {
      throw Failure.invalidArgument("batches of different columns cannot be joined")
    }
    for position in columns.indices { try columns[position].append(contentsOf: other.columns[position]) }
    rowCount += other.rowCount
  }
}
