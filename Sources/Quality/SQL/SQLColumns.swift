import Columns
import JSON
import SQLite

/// A table's columns as SQL expressions see them: whole numbers, dates (days) and times (microseconds) as integers, truths as 0 and 1,
/// fractions as reals, text as text, other bytes as blobs, lists as JSON text. Decimals, structures and maps cannot be seen.
struct SQLColumns {
  let columns: [ExpressionColumn]
  /// Where each column is in the table.
  private let positions: [Int]

  init(_ schema: ColumnSchema) {
    let visible = schema.fields.indices.compactMap { position in
      Self.affinity(schema.fields[position].type).map { (position, $0) }
    }
    positions = visible.map(\.0)
    columns = visible.map { ExpressionColumn(schema.fields[$0.0].name, $0.1) }
  }

  private static func affinity(_ type: ColumnType) -> ExpressionColumn.Affinity? {
    switch type {
    case .boolean, .int, .long, .date, .timestamptz, .timestamp, .time: .integer
    case .float, .double: .real
    case .string, .list: .text
    case .binary, .uuid, .fixed: .blob
    case .decimal, .structure, .map: nil
    }
  }

  /// A batch's columns. Of the lists only those that are read are written as JSON.
  func values(of batch: ColumnBatch, reading names: Set<String>) -> [Column] {
    zip(columns, positions).map { column, position in
      guard case .list(let lists) = batch.columns[position], names.contains(column.name) else {
        return batch.columns[position]
      }
      return .binary(Self.json(lists))
    }
  }

  private static func json(_ lists: ListColumn) -> BinaryColumn {
    var texts = BinaryColumn()
    for row in 0..<lists.count {
      guard lists.isValid(row) else {
        texts.appendNull()
        continue
      }
      var writer = JSONWriter()
      writer.value(.list(lists), row)
      texts.append(writer.finish()[...])
    }
    return texts
  }
}
