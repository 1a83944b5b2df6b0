import Columns
import Iceberg
import ObjectStore
import Pipeline
import Runner
import Testing

/// The rows of a table as text, in an order that does not depend on files.
struct TableRows: Equatable {
  /// A line a row.
  let lines: [String]

  /// Columns in which equal tables may differ: who wrote a row, and how often.
  static let incidental: Set<String> = [
    "batch_id", "run", "quarantine_batch_id", "released_batch_id", "revision", "plan", "config",
  ]

  init(_ table: Table, without ignored: Set<String> = incidental) throws {
    var lines: [String] = []
    if table.metadata.currentSnapshotID != nil {
      try TableScan(table).readAll { batch in
        let kept = batch.rows.schema.fields.indices.filter { !ignored.contains(batch.rows.schema.fields[$0].name) }
        for row in 0..<batch.rows.rowCount {
          lines.append(kept.map { Self.text(batch.rows.columns[$0], row) }.joined(separator: "|"))
        }
      }
    }
    self.lines = lines.sorted()
  }

  private static func text(_ column: Column, _ row: Int) -> String {
    guard column.isValid(row) else { return "null" }
    return switch column {
    case .bool(let values): "\(values.values[row])"
    case .int32(let values): "\(values.values[row])"
    case .int64(let values): "\(values.values[row])"
    case .float(let values): "\(values.values[row])"
    case .double(let values): "\(values.values[row])"
    case .binary(let values): values.string(row) ?? "null"
    case .int128, .list, .structure, .map: "\(column.gathering([row]))"
    }
  }
}

extension World {
  /// The rows of all tables by name.
  func allRows(quality: Bool = true) throws -> [String: TableRows] {
    var result: [String: TableRows] = [:]
    for definition in Tables.all where quality || !definition.name.hasPrefix("quality") {
      result[definition.name] = try TableRows(table(definition))
    }
    return result
  }

  /// Fails unless both worlds hold equal tables.
  func expectEqualTables(
    to other: [String: TableRows], quality: Bool = true, _ comment: Comment? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    for (name, rows) in try allRows(quality: quality) {
      let wanted = other[name]?.lines ?? []
      #expect(
        rows.lines == wanted, "\(comment?.rawValue ?? "") \(name): \(rows.lines.count) rows, wanted \(wanted.count)",
        sourceLocation: sourceLocation)
    }
  }

  /// Fails where a listing reader would take another metadata file for the newest than the catalog's.
  func expectNoOrphanedMetadata(_ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation) throws {
    for definition in Tables.all {
      let table = try table(definition)
      let files = try store.list(prefix: table.metadata.location + "/metadata/").map(\.location)
        .filter { $0.hasSuffix(".metadata.json") }
      #expect(files.max() == table.metadataLocation, comment, sourceLocation: sourceLocation)
    }
  }
}
