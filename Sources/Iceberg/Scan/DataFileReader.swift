import Columns
import Failures
import ObjectStore
import Parquet

/// Reads one Parquet data file for a scan: columns by field id, row groups and pages by their statistics, rows by the filter and
/// without those that delete files name.
struct DataFileReader {
  private let scan: TableScan
  private let path: String
  private let deletes: FileDeletes
  private let filterPaths: [Int32: ColumnPath]
  private let columns: StoredColumns

  init(_ scan: TableScan, _ file: LiveFile) throws {
    self.scan = scan
    path = file.dataFile.path
    var fields = ReadFields(scan.fields, schema: scan.schema, metadata: scan.table.metadata)
    var paths: [Int32: ColumnPath] = [:]
    for id in scan.filter.fieldIDs.sorted() { paths[id] = try fields.add(id).path }
    filterPaths = paths
    deletes = try scan.deletes.deletes(of: file, &fields)
    columns = try StoredColumns(fields.fields, of: file.dataFile, scan.table.store, scan.table.metadata)
  }

  func read(rows wanted: Range<Int64>?, _ body: (ScanBatch) throws -> Void) throws {
    try columns.read(matching: scan.filter, rows: wanted) { positions, columns in
      var rows = try deletes.survivors(positions, columns)
      if scan.filter != .alwaysTrue {
        let matching = try RowFilter(scan.filter).matchingRows(count: positions.count) { id in
          guard let column = filterPaths[id]?.column(in: columns) else {
            throw Failure.internalError("field \(id) was not read")
          }
          return column
        }
        rows = rows.map { Set($0).intersection(matching).sorted() } ?? matching
      }
      guard rows?.isEmpty != true else { return }
      var batch = try ColumnBatch(schema: scan.columns, columns: Array(columns.prefix(scan.fields.count)))
      guard let rows, rows.count < positions.count else {
        return try body(ScanBatch(rows: batch, filePath: path, positions: positions))
      }
      batch = batch.gathering(rows)
      try body(ScanBatch(rows: batch, filePath: path, positions: rows.map { positions[$0] }))
    }
  }
}
