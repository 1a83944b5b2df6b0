import Columns

/// The way from the columns of a batch to a field that lies in structures only: a position in the schema, then one in each structure.
struct ColumnPath: Sendable, Hashable {
  /// The positions, one or more.
  let positions: [Int]

  /// The column of the field. Where a structure is null, its fields are.
  func column(in columns: [Column]) -> Column? {
    var level = columns
    for position in positions.dropLast() {
      guard level.indices.contains(position), case .structure(let record) = level[position] else { return nil }
      level = record.columns
    }
    return positions.last.flatMap { level.indices.contains($0) ? level[$0] : nil }
  }
}

extension Schema {
  /// The way to a field, nil where there is none or it lies in a list or a map.
  func columnPath(of id: Int32) -> ColumnPath? { Self.columnPath(of: id, in: fields) }

  /// The way to a field below `fields`.
  static func columnPath(of id: Int32, in fields: [NestedField]) -> ColumnPath? {
    for (position, field) in fields.enumerated() {
      if field.id == id { return ColumnPath(positions: [position]) }
      guard case .structure(let record) = field.type, let below = columnPath(of: id, in: record.fields) else {
        continue
      }
      return ColumnPath(positions: [position] + below.positions)
    }
    return nil
  }

  /// The field called `name`: a column, else a field of a structure by its full name, its levels joined with dots. Nothing inside lists
  /// and maps is found: it has no single value a row.
  public func field(at name: String) -> NestedField? {
    if let field = field(named: name) { return field }
    guard let id = id(atPath: name), columnPath(of: id) != nil else { return nil }
    return field(id: id)
  }
}
