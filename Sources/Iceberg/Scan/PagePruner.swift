import Failures
import Parquet

/// Finds the row groups and pages of a file that may hold rows which pass a filter.
struct PagePruner {
  private let reader: ParquetReader
  private let filter: BoundExpression
  private let projection: FileProjection

  init(_ reader: ParquetReader, filter: BoundExpression, _ projection: FileProjection) {
    self.reader = reader
    self.filter = filter
    self.projection = projection
  }

  /// Whether a row group may hold such a row.
  func mayMatch(rowGroup: Int) -> Bool {
    filter.mayMatch { id in
      guard let position = projection.position(of: id) else { return projection.constantRange(of: id) }
      guard let statistics = reader.statistics(rowGroup: rowGroup, column: position) else { return ValueRange() }
      let rows = reader.metadata.rowGroups[rowGroup].rowCount
      return range(
        position, id, min: statistics.min, max: statistics.max, nulls: statistics.nullCount, count: rows)
    }
  }

  /// The rows of a row group that lie in such pages.
  func rows(ofRowGroup rowGroup: Int, count: Int) throws -> RowRanges {
    try rows(filter, rowGroup, RowRanges([0..<count]))
  }

  private func rows(_ expression: BoundExpression, _ rowGroup: Int, _ all: RowRanges) throws -> RowRanges {
    switch expression {
    case .alwaysTrue: all
    case .alwaysFalse: RowRanges([])
    case .and(let parts): try parts.reduce(all) { try $0.intersection(rows($1, rowGroup, all)) }
    case .or(let parts): try parts.reduce(RowRanges([])) { try $0.union(rows($1, rowGroup, all)) }
    case .predicate(let predicate): try rows(predicate, rowGroup, all)
    }
  }

  private func rows(_ predicate: BoundPredicate, _ rowGroup: Int, _ all: RowRanges) throws -> RowRanges {
    guard let position = projection.position(of: predicate.fieldID), predicate.type != nil,
      let index = try reader.pageIndex(rowGroup: rowGroup, column: position)
    else { return all }
    return RowRanges(
      index.pages.filter { page in
        let nulls = page.isAllNull ? Int64(page.rowCount) : page.nullCount
        return range(
          position, predicate.fieldID, min: page.min, max: page.max, nulls: nulls, count: Int64(page.rowCount)
        ).mayMatch(predicate.test)
      }
      .map { $0.firstRow..<$0.firstRow + $0.rowCount })
  }

  private func range(
    _ position: Int, _ id: Int32, min: [UInt8]?, max: [UInt8]?, nulls: Int64?, count: Int64
  ) -> ValueRange {
    var range = ValueRange()
    guard let type = projection.comparableType(of: id, at: position) else { return range }
    range.mayBeNull = nulls != 0
    if let nulls { range.mayBeNumber = nulls < count }
    // The format does not store how many NaNs there are.
    range.mayBeNaN = type.isFloatingPoint
    range.lower = min.flatMap { try? Literal(singleValue: $0, type: type) }
    range.upper = max.flatMap { try? Literal(singleValue: $0, type: type) }
    if range.lower?.isNaN ?? false { range.lower = nil }
    if range.upper?.isNaN ?? false { range.upper = nil }
    return range
  }
}
