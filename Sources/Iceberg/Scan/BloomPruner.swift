import Parquet

/// Asks a row group's bloom filters whether it may hold a row that passes an expression: they can exclude `=` and `IN`.
///
/// https://github.com/apache/parquet-format/blob/master/BloomFilter.md
struct BloomPruner {
  private let reader: ParquetReader
  private let rowGroup: Int
  private let leaf: (_ fieldID: Int32) -> Int?
  private var filters: [Int: BloomFilter?] = [:]

  init(_ reader: ParquetReader, rowGroup: Int, leaf: @escaping (_ fieldID: Int32) -> Int?) {
    self.reader = reader
    self.rowGroup = rowGroup
    self.leaf = leaf
  }

  /// Whether a row may pass. Throws what reading a filter throws.
  mutating func mayMatch(_ expression: BoundExpression) throws -> Bool {
    switch expression {
    case .alwaysTrue: return true
    case .alwaysFalse: return false
    case .and(let parts):
      for part in parts where try !mayMatch(part) { return false }
      return true
    case .or(let parts):
      for part in parts where try mayMatch(part) { return true }
      return false
    case .predicate(let predicate):
      switch predicate.test {
      case .compare(.equal, let value): return try mayHold(predicate.fieldID, [value])
      case .isIn(let values): return try mayHold(predicate.fieldID, values)
      default: return true
      }
    }
  }

  private mutating func mayHold(_ fieldID: Int32, _ values: [Literal]) throws -> Bool {
    guard let leaf = leaf(fieldID), let filter = try filter(leaf) else { return true }
    let column = reader.schema.leaves[leaf]
    return values.contains { value in column.plainBytes(of: value).map(filter.mightContain) ?? true }
  }

  private mutating func filter(_ leaf: Int) throws -> BloomFilter? {
    if let known = filters[leaf] { return known }
    let filter = try reader.bloomFilter(rowGroup: rowGroup, leaf: leaf)
    filters[leaf] = .some(filter)
    return filter
  }
}
