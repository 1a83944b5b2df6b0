public import Columns
import Failures
public import Parquet

/// Reads the rows of one Parquet file, which need not belong to any table, that pass a filter: row groups are skipped by statistics and
/// bloom filters, pages by the page index, and what is left is filtered exactly.
public struct ParquetFileScan {
  /// So many rows of a row group with a page index are tested at a time.
  private static let batchRows = 1 << 16

  private let reader: ParquetReader
  private let filter: BoundExpression
  private let projection: FileProjection
  /// The ways from the columns that the filter needs to the fields that it tests.
  private let paths: [Int32: ColumnPath]

  /// A scan by `filter`, which names the columns of `schema`, the file's own (`Schema(reader.schema)`).
  ///
  /// Throws `.invalidArgument` for a filter that does not fit the columns, `.unsupported` for one on a decimal of more than 38 digits.
  public init(_ reader: ParquetReader, schema: Schema, filter: Expression) throws {
    self.reader = reader
    self.filter = try filter.bound(to: schema)
    for case .decimal(let precision, _) in self.filter.fieldTypes.values where precision > 38 {
      throw Failure.unsupported("comparing decimals of \(precision) digits")
    }
    var fields: [NestedField] = []
    var paths: [Int32: ColumnPath] = [:]
    for id in self.filter.fieldIDs.sorted() {
      guard let path = schema.columnPath(of: id) else { continue }
      let root = schema.fields[path.positions[0]]
      let place = fields.firstIndex(of: root) ?? fields.count
      if place == fields.count { fields.append(root) }
      paths[id] = ColumnPath(positions: [place] + path.positions.dropFirst())
    }
    self.paths = paths
    let stored = zip(reader.schema.fields, schema.fields).map { FileField($0, as: $1) }
    projection = FileProjection(fields, stored: stored, reader.schema, IdentityValues())
  }

  /// Calls `body` with the columns at `columns` (positions of top-level fields, in the reader's own form) of the rows that pass, some
  /// thousand at a time in the order of the file, and with the number of these rows, until it returns false.
  ///
  /// Throws what reading throws.
  public func read(columns: [Int], _ body: (_ columns: [Column], _ rowCount: Int) throws -> Bool) throws {
    let pruner = PagePruner(reader, filter: filter, projection)
    for (rowGroup, metadata) in reader.metadata.rowGroups.enumerated() {
      guard metadata.rowCount > 0, try pruner.mayMatch(rowGroup: rowGroup) else { continue }
      guard let rowCount = Int(exactly: metadata.rowCount), rowCount <= ReaderLimits().columnValues else {
        throw Failure.limitExceeded("row group of \(metadata.rowCount) rows")
      }
      let candidates = try pruner.rows(ofRowGroup: rowGroup, count: rowCount)
      for part in isIndexed(rowGroup, columns) ? candidates.divided(into: Self.batchRows) : [candidates] {
        let rows = try matching(part, of: rowGroup)
        guard rows.count > 0 else { continue }
        guard try body(reader.read(rowGroup: rowGroup, columns: columns, rows: rows.ranges), rows.count) else { return }
      }
    }
  }

  /// Whether pages can be read alone, so that a part of a row group costs no more than its share.
  private func isIndexed(_ rowGroup: Int, _ columns: [Int]) -> Bool {
    (columns + projection.filePositions).allSatisfy { column in
      reader.schema.leafRanges[column].allSatisfy {
        reader.metadata.rowGroups[rowGroup].columns[$0].offsetIndex != nil
      }
    }
  }

  /// The rows of `candidates` that pass.
  private func matching(_ candidates: RowRanges, of rowGroup: Int) throws -> RowRanges {
    guard candidates.count > 0 else { return candidates }
    let stored = try reader.read(rowGroup: rowGroup, columns: projection.filePositions, rows: candidates.ranges)
    let columns = try projection.columns(from: stored, rowCount: candidates.count)
    let matches = try RowFilter(filter).matchingRows(count: candidates.count) { id in
      guard let column = paths[id]?.column(in: columns) else { throw Failure.internalError("field \(id) was not read") }
      guard column.count == candidates.count else {
        throw Failure.malformedInput("a column has \(column.count) rows instead of \(candidates.count)")
      }
      return column
    }
    let numbers = candidates.ranges.flatMap { Array($0) }
    return RowRanges(matches.map { numbers[$0]..<numbers[$0] + 1 })
  }
}
