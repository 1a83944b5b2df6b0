import Columns
import Failures
import Parquet

/// Makes a table's column of a file's, at every level by field id (specification, "Column Projection":
/// <https://iceberg.apache.org/spec/#column-projection>): renamed fields are found, dropped ones left out, those that were added later
/// are null, and values are widened to the type at present.
struct ColumnProjection {
  /// What the file's partition tells about fields.
  let constants: IdentityValues

  /// The column of `field`, given the file's column for it.
  ///
  /// Throws `.malformedInput` when the file's type cannot be the table's, or a required field is missing.
  func project(_ column: Column, from source: FileField, to field: NestedField) throws -> Column {
    switch (field.type, column) {
    case (.primitive(let type), _):
      guard let converted = column.converted(from: source.type, to: type) else { throw misfit(field) }
      return converted
    case (.structure(let record), .structure(let stored)):
      return .structure(try project(stored, from: source, to: record, of: field))
    case (.list(let list), .list(let stored)):
      guard let element = source.children.first else { throw misfit(field) }
      return .list(
        ListColumn(
          offsets: stored.offsets, elements: try project(stored.elements, from: element, to: list.elementField),
          validity: stored.validity))
    case (.map(let map), .map(let stored)):
      guard source.children.count == 2 else { throw misfit(field) }
      return .map(
        MapColumn(
          offsets: stored.offsets, keys: try project(stored.keys, from: source.children[0], to: map.keyField),
          values: try project(stored.values, from: source.children[1], to: map.valueField), validity: stored.validity))
    default: throw misfit(field)
    }
  }

  private func misfit(_ field: NestedField) -> Failure {
    .malformedInput("the file's field \(field.name) does not fit the table's type")
  }

  private func project(
    _ stored: StructColumn, from source: FileField, to record: StructType, of field: NestedField
  ) throws -> StructColumn {
    guard source.children.count == stored.columns.count else { throw misfit(field) }
    let isPresent = constants.makePresent(record) { id in source.children.contains { $0.id == id } }
    let validity = isPresent ? nil : stored.validity
    let columns = try record.fields.map { below in
      guard let position = source.children.firstIndex(where: { $0.id == below.id }) else {
        return try constants.column(of: below, count: stored.count, validity: validity)
      }
      return try project(stored.columns[position], from: source.children[position], to: below)
    }
    return StructColumn(columns: columns, count: stored.count, validity: validity)
  }
}

extension Column {
  /// The column as one of `type`, as it is or widened; nil when the file's type cannot be that.
  fileprivate func converted(from stored: ParquetType, to type: PrimitiveType) -> Column? {
    switch (self, stored, type) {
    case (.bool, _, .boolean), (.int32, _, .int), (.int32, _, .date), (.int64, _, .long), (.float, _, .float),
      (.double, _, .double):
      self
    case (.int64, .timestampMicros, .timestamp), (.int64, .timestampMicros, .timestamptz),
      (.int64, .timestampMillis, .timestamp), (.int64, .timestampMillis, .timestamptz),
      (.int64, .timestampNanos, .timestamp), (.int64, .timestampNanos, .timestamptz), (.int64, .int96, .timestamp),
      (.int64, .int96, .timestamptz), (.int64, .int64, .timestamp), (.int64, .int64, .timestamptz):
      self
    case (.int64, .timeMicros, .time), (.int64, .timeMillis, .time), (.int64, .timeNanos, .time): self
    case (.binary, .fixed(let stored), .fixed(let length)): stored == length ? self : nil
    case (.binary, .uuid, .uuid), (.binary, .fixed(16), .uuid): self
    case (.binary, .decimal, _): nil
    case (.binary, _, .string), (.binary, _, .binary): self
    case (.int128, .decimal(_, let stored), .decimal(_, let scale)): stored == scale ? self : nil
    case (.int64(let column), .uint64, .decimal(_, 0)):
      .int128(PrimitiveColumn(column.values.map { Int128(UInt64(bitPattern: $0)) }, validity: column.validity))
    case (.int32(let column), _, .long):
      .int64(PrimitiveColumn(column.values.map { Int64($0) }, validity: column.validity))
    case (.float(let column), _, .double):
      .double(PrimitiveColumn(column.values.map { Double($0) }, validity: column.validity))
    default: nil
    }
  }
}
