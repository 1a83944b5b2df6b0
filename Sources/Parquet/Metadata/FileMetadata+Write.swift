import Bytes

extension FileMetadata {
  /// The footer's bytes without length and magic.
  ///
  /// Precondition: the schema was made for writing.
  func footer(statisticsBytes: Int) -> ByteBuffer {
    var writer = CompactWriter(capacity: 4096)
    writer.structure { file in
      file.field(1, int32: 1)
      file.field(2, structures: schema.elements()) { $1.write(to: &$0) }
      file.field(3, int64: rowCount)
      file.field(4, structures: Array(rowGroups.enumerated())) { writer, group in
        group.element.write(to: &writer, schema, ordinal: group.offset, statisticsBytes: statisticsBytes)
      }
      if !keyValueMetadata.isEmpty {
        file.field(5, structures: keyValueMetadata) { writer, pair in
          writer.field(1, string: pair.key)
          if let value = pair.value { writer.field(2, string: value) }
        }
      }
      if let createdBy { file.field(6, string: createdBy) }
      // TYPE_ORDER a leaf: without it readers ignore all bounds.
      file.field(7, structures: schema.leaves) { writer, _ in writer.field(1, structure: { _ in }) }
    }
    return writer.finish()
  }
}

extension RowGroupMetadata {
  fileprivate func write(
    to writer: inout CompactWriter, _ schema: ParquetSchema, ordinal: Int, statisticsBytes: Int
  ) {
    writer.field(1, structures: Array(zip(columns, schema.leaves))) { writer, pair in
      pair.0.write(to: &writer, pair.1, statisticsBytes: statisticsBytes)
    }
    writer.field(2, int64: uncompressedSize)
    writer.field(3, int64: rowCount)
    if !sortingColumns.isEmpty { writer.field(4, structures: sortingColumns) { $1.write(to: &$0) } }
    if let startOffset { writer.field(5, int64: startOffset) }
    writer.field(6, int64: columns.reduce(0) { $0 + $1.compressedSize })
    if let ordinal = Int16(exactly: ordinal) { writer.field(7, int16: ordinal) }
  }
}

extension ColumnChunkMetadata {
  fileprivate func write(to writer: inout CompactWriter, _ leaf: LeafColumn, statisticsBytes: Int) {
    writer.field(2, int64: 0)
    writer.field(3, structure: { writeMetadata(to: &$0, leaf, statisticsBytes: statisticsBytes) })
    if let offsetIndex {
      writer.field(4, int64: offsetIndex.offset)
      writer.field(5, int32: Int32(truncatingIfNeeded: offsetIndex.length ?? 0))
    }
    if let columnIndex {
      writer.field(6, int64: columnIndex.offset)
      writer.field(7, int32: Int32(truncatingIfNeeded: columnIndex.length ?? 0))
    }
  }

  private func writeMetadata(to writer: inout CompactWriter, _ leaf: LeafColumn, statisticsBytes: Int) {
    writer.field(1, int32: physicalType.rawValue)
    writer.field(2, int32s: encodings.map(\.rawValue))
    writer.field(3, strings: path)
    writer.field(4, int32: codecCode)
    writer.field(5, int64: valueCount)
    writer.field(6, int64: uncompressedSize)
    writer.field(7, int64: compressedSize)
    writer.field(9, int64: dataPageOffset)
    if let dictionaryPageOffset { writer.field(11, int64: dictionaryPageOffset) }
    if let statistics {
      writer.field(12, structure: { statistics.write(to: &$0, leaf, limit: statisticsBytes) })
    }
    if !encodingStats.isEmpty {
      writer.field(13, structures: encodingStats) { writer, stats in
        writer.field(1, int32: stats.pageType)
        writer.field(2, int32: stats.encoding.rawValue)
        writer.field(3, int32: stats.count)
      }
    }
    if let bloomFilter {
      writer.field(14, int64: bloomFilter.offset)
      if let length = bloomFilter.length { writer.field(15, int32: Int32(truncatingIfNeeded: length)) }
    }
  }
}
