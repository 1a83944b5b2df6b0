import Failures
import Parquet

/// Finds the row groups and pages of a file that may hold rows which pass a filter.
struct PagePruner {
  private let reader: ParquetReader
  private let filter: BoundExpression
  private let projection: FileProjection
  /// The types of the fields that the filter tests.
  private let types: [Int32: PrimitiveType]

  init(_ reader: ParquetReader, filter: BoundExpression, _ projection: FileProjection) {
    self.reader = reader
    self.filter = filter
    self.projection = projection
    types = filter.fieldTypes
  }

  /// Whether a row group may hold such a row, by its statistics and then its bloom filters. Throws what reading a bloom filter throws.
  func mayMatch(rowGroup: Int) throws -> Bool {
    guard mayMatchStatistics(of: rowGroup) else { return false }
    var blooms = BloomPruner(reader, rowGroup: rowGroup) { projection.leaf(of: $0) }
    return try blooms.mayMatch(filter)
  }

  private func mayMatchStatistics(of rowGroup: Int) -> Bool {
    filter.mayMatch { id in
      guard let leaf = projection.leaf(of: id) else { return projection.constantRange(of: id) }
      guard let type = types[id], let statistics = reader.statistics(rowGroup: rowGroup, leaf: leaf) else {
        return ValueRange()
      }
      let rows = reader.metadata.rowGroups[rowGroup].rowCount
      return range(leaf, type, min: statistics.min, max: statistics.max, nulls: statistics.nullCount, count: rows)
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
    guard let leaf = projection.leaf(of: predicate.fieldID), let type = predicate.type,
      let index = try reader.pageIndex(rowGroup: rowGroup, leaf: leaf)
    else { return all }
    return RowRanges(
      index.pages.filter { page in
        let nulls = page.isAllNull ? Int64(page.rowCount) : page.nullCount
        return range(leaf, type, min: page.min, max: page.max, nulls: nulls, count: Int64(page.rowCount))
          .mayMatch(predicate.test)
      }
      .map { $0.firstRow..<$0.firstRow + $0.rowCount })
  }

  private func range(
    _ leaf: Int, _ type: PrimitiveType, min: [UInt8]?, max: [UInt8]?, nulls: Int64?, count: Int64
  ) -> ValueRange {
    var range = ValueRange()
    range.mayBeNull = nulls != 0
    if let nulls { range.mayBeNumber = nulls < count }
    // The format does not store how many NaNs there are.
    range.mayBeNaN = type.isFloatingPoint
    range.lower = min.flatMap { projection.bound($0, leaf: leaf, as: type) }
    range.upper = max.flatMap { projection.bound($0, leaf: leaf, as: type) }
    return range
  }
}
