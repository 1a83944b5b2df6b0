import Columns
import Failures
import ObjectStore
import Parquet

/// The rows of a Parquet file as a table's columns.
struct ParquetRows {
  /// At most so many rows, of about so many bytes, are decoded at a time where the file's index allows to read parts of a row group.
  private static let batchRows = 1 << 17
  private static let batchBytes: Int64 = 32 << 20

  private let reader: ParquetReader
  private let projection: FileProjection

  /// The columns of top-level fields.
  init(_ fields: [NestedField], of file: DataFile, _ store: any ObjectStore, _ metadata: TableMetadata) throws {
    reader = try ParquetReader(source: store.open(file.path, length: Int(exactly: file.fileSize)))
    projection = try FileProjection(fields, of: file, reader.schema, metadata)
  }

  /// Calls `body` with the numbers of some rows in the file and their columns, one a field. Rows that cannot match `filter` are left out
  /// where statistics tell, those outside of `wanted` always.
  func read(
    matching filter: BoundExpression, rows wanted: Range<Int64>?, _ body: ([Int64], [Column]) throws -> Void
  ) throws {
    var firstRow: Int64 = 0
    let pruner = PagePruner(reader, filter: filter, projection)
    for (rowGroup, metadata) in reader.metadata.rowGroups.enumerated() {
      defer { firstRow &+= metadata.rowCount }
      let selected = RowRanges([Self.rows(wanted, from: firstRow, count: metadata.rowCount)])
      guard selected.count > 0, try pruner.mayMatch(rowGroup: rowGroup) else { continue }
      let rows = try pruner.rows(ofRowGroup: rowGroup, count: Int(metadata.rowCount)).intersection(selected)
      for part in try parts(rows, rowGroup) {
        let positions = part.ranges.flatMap { $0.map { firstRow &+ Int64($0) } }
        try body(positions, try columns(part, of: rowGroup))
      }
    }
  }

  /// Which rows of a row group of `count` rows, of which the first has the number `first` in the file, lie in `wanted`. No numbers of a
  /// footer trap.
  private static func rows(_ wanted: Range<Int64>?, from first: Int64, count: Int64) -> Range<Int> {
    let all = 0..<Int(max(count, 0))
    guard let wanted else { return all }
    let (start, end) = (Int(wanted.lowerBound &- first), Int(wanted.upperBound &- first))
    return start < end ? (start..<end).clamped(to: all) : 0..<0
  }

  /// Divides a selection so that each part has a bounded number of rows; where pages cannot be read alone, it stays whole.
  ///
  /// Parts end with pages of the largest column, so that none of these is decoded for two parts, or cut.
  private func parts(_ rows: RowRanges, _ rowGroup: Int) throws -> [RowRanges] {
    let limit = batchRows(rowGroup)
    guard rows.count > limit else { return rows.count > 0 ? [rows] : [] }
    let leaves = projection.filePositions.joined(reader.schema)
    let indexes = leaves.compactMap { leaf in (try? reader.pageIndex(rowGroup: rowGroup, leaf: leaf)) ?? nil }
    guard indexes.count == leaves.count else { return [rows] }
    let sizes = leaves.map { reader.metadata.rowGroups[rowGroup].columns[$0].uncompressedSize }
    let largest = sizes.indices.max { sizes[$0] < sizes[$1] }
    return rows.divided(into: limit, at: largest.map { indexes[$0].pages.map(\.firstRow) } ?? [])
  }

  private func batchRows(_ rowGroup: Int) -> Int {
    let metadata = reader.metadata.rowGroups[rowGroup]
    let leaves = projection.filePositions.joined(reader.schema)
    let bytes = leaves.reduce(Int64(0)) { $0 &+ metadata.columns[$1].uncompressedSize }
    let bytesPerRow = max(bytes / metadata.rowCount, 1)
    return Int(min(max(Self.batchBytes / bytesPerRow, 1024), Int64(Self.batchRows)))
  }

  private func columns(_ rows: RowRanges, of rowGroup: Int) throws -> [Column] {
    let isWhole = rows.count == Int(reader.metadata.rowGroups[rowGroup].rowCount)
    let stored = try reader.read(
      rowGroup: rowGroup, columns: projection.filePositions, rows: isWhole ? nil : rows.ranges)
    for column in stored where column.count != rows.count {
      throw Failure.malformedInput("a column has \(column.count) rows instead of \(rows.count)")
    }
    return try projection.columns(from: stored, rowCount: rows.count)
  }
}

extension [Int] {
  /// The stored columns of fields given by their positions.
  fileprivate func joined(_ schema: ParquetSchema) -> [Int] { flatMap { schema.leafRanges[$0] } }
}
