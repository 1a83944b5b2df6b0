import Columns
import Failures
import Iceberg
import ObjectStore

/// Whole tables, whose files may be anything.
enum TableFuzzing {
  /// Reads every metadata table of a table, for each snapshot, and plans a scan. The first file is the table's metadata.
  static func readMetadataTables(_ bytes: [UInt8]) throws {
    let table = try self.table(FuzzFiles.unpack(bytes))
    for kind in MetadataTable.allCases {
      attempt { try check(table.rows(of: kind)) }
      for snapshot in table.metadata.snapshotIDs.prefix(3) {
        attempt { try check(table.rows(of: kind, snapshotID: snapshot)) }
      }
    }
    attempt { _ = try TableScan(table, filter: .notNull("id")).plan() }
  }

  private static func check(_ rows: ColumnBatch) {
    promise(rows.columns.allSatisfy { $0.count == rows.rowCount }, "columns of different lengths")
  }

  /// Scans a table with data files of both formats and delete files of both kinds: all of it, file by file, and by the filter that is
  /// the content of a file called `filter`.
  static func scan(_ bytes: [UInt8]) throws {
    let files = FuzzFiles.unpack(bytes)
    let table = try self.table(files)
    attempt { try readAll(TableScan(table)) }
    attempt { try readFileByFile(table) }
    guard let text = files.first(where: { $0.name == "filter" })?.bytes else { return }
    let filter = try Expression(parsing: String(decoding: text, as: UTF8.self), schema: table.metadata.currentSchema)
    attempt { try readAll(TableScan(table, filter: filter)) }
    try readAll(TableScan(table, filter: .not(filter)))
  }

  private static func readAll(_ scan: TableScan) throws {
    var count = 0
    try scan.readAll { batch in
      check(batch.rows)
      promise(batch.rows.rowCount == batch.positions.count, "rows and their numbers differ")
      count += batch.rows.rowCount
      guard count < 1 << 20 else { throw Failure.limitExceeded("more rows than are wanted") }
    }
  }

  /// Each file alone, so that a damaged one does not hide those behind it.
  private static func readFileByFile(_ table: Table) throws {
    let scan = try TableScan(table)
    for file in try scan.plan().files.prefix(8) { attempt { try scan.read(file) { check($0.rows) } } }
  }

  private static func table(_ files: [(name: String, bytes: [UInt8])]) throws -> Table {
    guard let metadata = files.first else { throw Failure.notFound("the input is empty") }
    let store = MemoryObjectStore()
    for file in files { try store.write(file.bytes, to: file.name, mode: .replace) }
    return try Table(metadataFile: metadata.name, store: store)
  }
}
