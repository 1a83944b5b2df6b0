import Parquet

extension DataFile {
  /// Takes counts, sizes and bounds from a finished Parquet file (specification, "Data File Fields", and Java's `ParquetMetrics`):
  /// a metric that some row group lacks is left out, and nothing is said of what lies inside lists and maps but its size.
  mutating func setMetrics(_ metadata: FileMetadata, modes: MetricsModes, schema: Schema) {
    splitOffsets = metadata.splitOffsets.isEmpty ? nil : metadata.splitOffsets
    for metrics in metadata.columnMetrics() {
      guard let id = metrics.column.fieldID else { continue }
      columnSizes[id] = metrics.compressedSize
      let mode = modes[id]
      guard mode != .none, let type = schema.field(id: id)?.type.primitive else { continue }
      valueCounts[id] = metrics.valueCount
      nullValueCounts[id] = metrics.nullCount
      if type.isFloatingPoint { nanValueCounts[id] = metrics.nanCount }
      setBounds(metrics, mode, id, type)
    }
  }

  private mutating func setBounds(_ metrics: ColumnMetrics, _ mode: MetricsMode, _ id: Int32, _ type: PrimitiveType) {
    let lower = metrics.min.flatMap { metrics.column.literal($0, as: type) }
    let upper = metrics.max.flatMap { metrics.column.literal($0, as: type) }
    switch mode {
    case .none, .counts: return
    case .full:
      lowerBounds[id] = lower?.singleValue
      upperBounds[id] = upper?.singleValue
    case .truncate(let length):
      lowerBounds[id] = lower?.truncatedLowerBound(to: length).singleValue
      upperBounds[id] = upper?.truncatedUpperBound(to: length)?.singleValue
    }
  }
}
