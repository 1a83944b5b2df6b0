/// What a table format wants to know of one stored column of a whole file.
public struct ColumnMetrics: Sendable, Equatable {
  /// The stored column.
  public let column: LeafColumn
  /// The bytes of its chunks as stored, page headers included.
  public let compressedSize: Int64
  /// The number of values and nulls.
  public let valueCount: Int64
  /// The number of nulls; nil where a row group does not say.
  public let nullCount: Int64?
  /// The number of NaNs; nil for other types and for files that were not just written.
  public let nanCount: Int64?
  /// The bounds over all row groups as in `ColumnStatistics`; nil where one that has values does not say.
  public let min: [UInt8]?
  /// The upper bound.
  public let max: [UInt8]?
}

extension FileMetadata {
  /// The metrics of every stored column, in the order of the schema's leaves.
  public func columnMetrics() -> [ColumnMetrics] {
    schema.leaves.enumerated().map { position, leaf in
      metrics(of: leaf, rowGroups.map { $0.columns[position] })
    }
  }

  private func metrics(of leaf: LeafColumn, _ chunks: [ColumnChunkMetadata]) -> ColumnMetrics {
    let order = ValueOrder(leaf)
    return ColumnMetrics(
      column: leaf,
      compressedSize: chunks.reduce(0) { $0 &+ $1.compressedSize },
      valueCount: chunks.reduce(0) { $0 &+ $1.valueCount },
      nullCount: sum(chunks.map { $0.statistics?.nullCount }),
      nanCount: sum(chunks.map { $0.statistics?.nanCount }),
      min: bound(chunks, \.min) { order.isLess($0, $1) },
      max: bound(chunks, \.max) { order.isLess($1, $0) })
  }

  private func sum(_ counts: [Int64?]) -> Int64? {
    var total: Int64 = 0
    for count in counts {
      guard let count else { return nil }
      total &+= count
    }
    return total
  }

  /// The outermost bound. A chunk without bounds counts only when all its values are null (or NaN).
  private func bound(
    _ chunks: [ColumnChunkMetadata], _ part: (ColumnStatistics) -> [UInt8]?, _ isBetter: ([UInt8], [UInt8]) -> Bool
  ) -> [UInt8]? {
    var best: [UInt8]?
    for chunk in chunks {
      guard let statistics = chunk.statistics else { return nil }
      guard let candidate = part(statistics) else {
        let empty = (statistics.nullCount ?? 0) &+ (statistics.nanCount ?? 0)
        if empty < chunk.valueCount { return nil }
        continue
      }
      guard let old = best else {
        best = candidate
        continue
      }
      if isBetter(candidate, old) { best = candidate }
    }
    return best
  }
}
