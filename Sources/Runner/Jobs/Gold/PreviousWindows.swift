import Columns
import Failures
import Iceberg
import Pipeline

/// The Gold rows that stand where windows are computed, read one window at a time.
struct PreviousWindows {
  private let entities: Source
  private let users: Source
  private let globals: Source
  private let quarantine: Source

  init(_ windows: WindowRanges, tables: inout TableSet) throws {
    entities = try Source(Tables.goldEntityMetrics, windows, &tables)
    users = try Source(Tables.goldUserMetrics, windows, &tables)
    globals = try Source(Tables.goldGlobalMetrics, windows, &tables)
    quarantine = try Source(Tables.goldQuarantine, windows, &tables)
  }

  /// The rows of the window that begins at `start`.
  func rows(of start: Int64) throws -> PreviousGold {
    PreviousGold(
      entities: try entities.rows(of: start), users: try users.rows(of: start), globals: try globals.rows(of: start))
  }

  /// The refused rows of the window that begins at `start`; nil without any.
  func quarantined(in start: Int64) throws -> ColumnBatch? { try quarantine.rows(of: start) }

  /// One table: planned once for all windows.
  private struct Source {
    private let table: Table
    private let columns: [String]
    private let column: String
    private let files: [(file: LiveFile, range: ClosedRange<Int64>)]

    init(_ definition: TableDefinition, _ windows: WindowRanges, _ tables: inout TableSet) throws {
      table = try tables.owned(definition)
      columns = definition.schema.fields.map(\.name)
      column = WindowFiles.column(of: definition.name)
      guard table.metadata.currentSnapshotID != nil else {
        files = []
        return
      }
      let bounds = try Bounds(table: table, column: column)
      files = try WindowFiles(table: table, column: column).files(of: windows).map { file in
        (file, try bounds.range(file.dataFile) ?? .min ... .max)
      }
    }

    func rows(of start: Int64) throws -> ColumnBatch? {
      var result: ColumnBatch?
      let scan = try TableScan(table, filter: .equal(column, .timestamptz(start)), columns: columns)
      for (file, range) in files where range.contains(start) {
        try scan.read(file) { batch in
          if result == nil { result = batch.rows } else { try result?.append(contentsOf: batch.rows) }
        }
      }
      return result
    }
  }
}
