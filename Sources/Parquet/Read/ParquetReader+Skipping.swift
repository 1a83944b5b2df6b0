import Bytes
import Failures

/// What tells a reader which row groups and pages it need not read.
extension ParquetReader {
  /// Bounds and counts of a column of primitives in a row group; nil for other columns and where the writer gave none.
  public func statistics(rowGroup: Int, column: Int) -> ColumnStatistics? {
    guard schema.fields.indices.contains(column), let leaf = schema.leafRanges[column].first,
      schema.leaves[leaf].path.count == 1, schema.leaves[leaf].maxRepetitionLevel == 0
    else { return nil }
    return statistics(rowGroup: rowGroup, leaf: leaf)
  }

  /// Bounds and counts of a stored column, by its position in the schema's leaves; nil where the writer gave none.
  /// Nulls are counted wherever there is no value: also where a group above is null, or a list empty.
  public func statistics(rowGroup: Int, leaf: Int) -> ColumnStatistics? {
    guard metadata.rowGroups.indices.contains(rowGroup), schema.leaves.indices.contains(leaf) else { return nil }
    return metadata.rowGroups[rowGroup].columns[leaf].statistics
  }

  /// The pages of a field that is stored in one column; nil where the file has no offset index for it.
  ///
  /// Bounds are of the leaf: of a list's elements. Throws `.malformedInput` when the index contradicts the footer,
  /// `.invalidArgument` for a field of several columns.
  public func pageIndex(rowGroup: Int, column: Int) throws -> PageIndex? {
    try pageIndex(rowGroup: rowGroup, leaf: try onlyLeaf(column))
  }

  /// The pages of a stored column, by its position in the schema's leaves; nil where the file has no offset index for
  /// it. Throws as above.
  public func pageIndex(rowGroup: Int, leaf: Int) throws -> PageIndex? {
    let chunk = try self.chunk(rowGroup, leaf)
    let locations = [chunk.offsetIndex, chunk.columnIndex].compactMap { $0 }
    guard chunk.offsetIndex != nil else { return nil }
    let ranges = try locations.map { try ChunkPlan.range($0.offset, $0.length ?? 0, source.count) }
    let bytes = try source.read(ranges)
    return try within("page index of column \(name(leaf))") {
      try PageIndex(
        offsets: bytes[0], bounds: bytes.count > 1 ? bytes[1] : nil, schema.leaves[leaf], chunk,
        rowCount: Int(metadata.rowGroups[rowGroup].rowCount))
    }
  }

  /// The bloom filter of a stored column, by its position in the schema's leaves; nil where there is none, or one of a
  /// kind that this version does not know. Throws `.malformedInput`, `.limitExceeded`.
  public func bloomFilter(rowGroup: Int, leaf: Int) throws -> BloomFilter? {
    guard let location = try chunk(rowGroup, leaf).bloomFilter else { return nil }
    return try within("bloom filter of column \(name(leaf))") {
      try BloomFilter(stored: try source.read(try range(location)))
    }
  }

  /// The bytes of a filter. Where the footer does not say how many there are, the header does.
  private func range(_ location: ColumnChunkMetadata.Location) throws -> Range<Int> {
    let limit = Int64(BloomFilter.largestSize + BloomFilter.headerBytes)
    if let length = location.length {
      guard length <= limit else { throw Failure.limitExceeded("\(length) bytes") }
      return try ChunkPlan.range(location.offset, length, source.count)
    }
    let rest = try ChunkPlan.range(location.offset, 0, source.count).lowerBound..<source.count
    let start = try source.read(rest.prefix(BloomFilter.headerBytes))
    let (size, length) = try start.withUnsafeBytes { try BloomFilter.header($0) }
    return try ChunkPlan.range(location.offset, Int64(length + (size ?? 0)), source.count)
  }

  /// Whether a field that is stored in one column may hold `value` in a row group, by its bloom filter; true where
  /// there is none. The value is given as in `ColumnStatistics`. Throws as above, `.invalidArgument` for a field of
  /// several columns.
  public func mightContain(rowGroup: Int, column: Int, value: [UInt8]) throws -> Bool {
    try bloomFilter(rowGroup: rowGroup, leaf: try onlyLeaf(column))?.mightContain(value) ?? true
  }

  func chunk(_ rowGroup: Int, _ leaf: Int) throws(Failure) -> ColumnChunkMetadata {
    let group = try self.group(rowGroup)
    guard schema.leaves.indices.contains(leaf) else {
      throw .invalidArgument("no stored column \(leaf) of \(schema.leaves.count)")
    }
    return group.columns[leaf]
  }

  private func onlyLeaf(_ column: Int) throws(Failure) -> Int {
    let leaves = try leafRange(column)
    guard leaves.count == 1 else {
      throw .invalidArgument("field \(schema.fields[column].name) is stored in \(leaves.count) columns")
    }
    return leaves.lowerBound
  }
}
