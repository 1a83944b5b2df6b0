import Columns
import Failures
import ObjectStore
import Parquet

/// Reads one Parquet data file for a scan: columns by field id, row groups and pages by their statistics, rows by the filter.
struct DataFileReader {
  /// At most so many rows, of about so many bytes, are decoded at a time where the file's index allows to read parts of a row group.
  private static let batchRows = 1 << 17
  private static let batchBytes: Int64 = 32 << 20

  private let scan: TableScan
  private let path: String
  private let reader: ParquetReader
  private let projection: FileProjection

  init(_ scan: TableScan, _ file: LiveFile) throws {
    guard file.dataFile.format == .parquet else {
      throw Failure.unsupported("data files of format \(file.dataFile.format.name)")
    }
    self.scan = scan
    path = file.dataFile.path
    reader = try ParquetReader(source: scan.table.store.open(path, length: Int(exactly: file.dataFile.fileSize)))
    projection = try FileProjection(scan, file.dataFile, reader.schema)
  }

  func read(_ body: (ScanBatch) throws -> Void) throws {
    var firstRow: Int64 = 0
    let pruner = PagePruner(reader, filter: scan.filter, projection)
    for (rowGroup, metadata) in reader.metadata.rowGroups.enumerated() {
      defer { firstRow &+= metadata.rowCount }
      guard metadata.rowCount > 0, pruner.mayMatch(rowGroup: rowGroup) else { continue }
      let rows = try pruner.rows(ofRowGroup: rowGroup, count: Int(metadata.rowCount))
      for part in try parts(rows, rowGroup) { try read(part, of: rowGroup, firstRow, body) }
    }
  }

  /// Divides a selection so that each part has a bounded number of rows; where pages cannot be read alone, it stays whole.
  private func parts(_ rows: RowRanges, _ rowGroup: Int) throws -> [RowRanges] {
    let limit = batchRows(rowGroup)
    guard rows.count > limit else { return rows.count > 0 ? [rows] : [] }
    let isIndexed = projection.filePositions.allSatisfy { position in
      ((try? reader.pageIndex(rowGroup: rowGroup, column: position)) ?? nil) != nil
    }
    return isIndexed ? rows.divided(into: limit) : [rows]
  }

  private func batchRows(_ rowGroup: Int) -> Int {
    let metadata = reader.metadata.rowGroups[rowGroup]
    let leaves = projection.filePositions.flatMap { reader.schema.leafRanges[$0] }
    let bytes = leaves.reduce(Int64(0)) { $0 &+ metadata.columns[$1].uncompressedSize }
    let bytesPerRow = max(bytes / metadata.rowCount, 1)
    return Int(min(max(Self.batchBytes / bytesPerRow, 1024), Int64(Self.batchRows)))
  }

  private func read(
    _ rows: RowRanges, of rowGroup: Int, _ firstRow: Int64, _ body: (ScanBatch) throws -> Void
  ) throws {
    let isWhole = rows.count == Int(reader.metadata.rowGroups[rowGroup].rowCount)
    let stored = try reader.read(
      rowGroup: rowGroup, columns: projection.filePositions, rows: isWhole ? nil : rows.ranges)
    let columns = try projection.columns(from: stored, rowCount: rows.count)
    var positions = rows.ranges.flatMap { $0.map { firstRow &+ Int64($0) } }
    var batch = try ColumnBatch(schema: scan.columns, rowCount: rows.count, columns: columns.selected)
    if scan.filter != .alwaysTrue {
      let matching = try RowFilter(scan.filter).matchingRows(count: rows.count) { try columns.column(of: $0) }
      guard !matching.isEmpty else { return }
      if matching.count < rows.count {
        batch = batch.gathering(matching)
        positions = matching.map { positions[$0] }
      }
    }
    try body(ScanBatch(rows: batch, filePath: path, positions: positions))
  }
}

extension ColumnBatch {
  /// A batch of columns that are known to have `rowCount` rows.
  fileprivate init(schema: ColumnSchema, rowCount: Int, columns: [Column]) throws {
    try self.init(schema: schema, columns: columns)
    guard self.rowCount == rowCount || columns.isEmpty else {
      throw Failure.malformedInput("a column has \(self.rowCount) rows instead of \(rowCount)")
    }
  }
}
