public import Bytes
public import Columns
import Compression
import Failures

/// Reads one file: its footer when it is made, column chunks and pages when they are asked for.
///
/// The bytes are untrusted: whatever they hold, the result is a failure or data, within the limits.
public struct ParquetReader {
  /// What the footer says.
  public let metadata: FileMetadata
  private let source: any ByteSource
  private let limits: ReaderLimits

  /// The fields and columns. Columns are numbered by the position of their top-level field.
  public var schema: ParquetSchema { metadata.schema }

  /// Reads the footer.
  ///
  /// Throws `.malformedInput` for what is no Parquet file, `.unsupported` for an encrypted one, `.limitExceeded`, and what
  /// the source throws.
  public init(source: any ByteSource, limits: ReaderLimits = ReaderLimits()) throws {
    self.source = source
    self.limits = limits
    metadata = try Footer.read(source, limits)
  }

  /// Bounds and counts of a column of primitives in a row group; nil for other columns and where the writer gave none.
  public func statistics(rowGroup: Int, column: Int) -> ColumnStatistics? {
    guard metadata.rowGroups.indices.contains(rowGroup), let leaf = flatLeaf(column) else { return nil }
    return metadata.rowGroups[rowGroup].columns[leaf].statistics
  }

  /// The pages of a column of primitives or of a list of primitives; nil where the file has no offset index for it.
  ///
  /// Bounds are of the leaf: of a list's elements. Throws `.malformedInput` when the index contradicts the footer.
  public func pageIndex(rowGroup: Int, column: Int) throws -> PageIndex? {
    let group = try self.group(rowGroup)
    let leaf = try leafPosition(column)
    let chunk = group.columns[leaf]
    let locations = [chunk.offsetIndex, chunk.columnIndex].compactMap { $0 }
    guard chunk.offsetIndex != nil else { return nil }
    let ranges = try locations.map { try ChunkPlan.range($0.offset, $0.length ?? 0, source.count) }
    let bytes = try source.read(ranges)
    return try within("page index of column \(schema.fields[column].name)") {
      try PageIndex(
        offsets: bytes[0], bounds: bytes.count > 1 ? bytes[1] : nil, schema.leaves[leaf], chunk,
        rowCount: Int(group.rowCount))
    }
  }

  /// The rows of a row group: one column for each of `columns` (positions of top-level fields), in that order.
  ///
  /// With `rows` (ascending, not overlapping, counted from the start of the row group) only these; where the file has an
  /// offset index, only the pages that hold them are fetched and decoded. Columns are decoded on several threads.
  /// Throws `.unsupported` for nested fields other than lists of primitives and for codecs and encodings that are not known,
  /// `.malformedInput`, `.limitExceeded`, and `.invalidArgument` for numbers out of range.
  public func read(rowGroup: Int, columns: [Int], rows: [Range<Int>]? = nil) throws -> [Column] {
    let group = try self.group(rowGroup)
    guard let rowCount = Int(exactly: group.rowCount), rowCount <= limits.columnValues else {
      throw Failure.limitExceeded("row group of \(group.rowCount) rows")
    }
    let selection = try rows.map { try RowSelection($0, rowCount: rowCount) }
    let pages = try selection.map { _ in try indexedPages(group, columns, rowCount) }
    let jobs = try columns.indices.map { index in
      try within("column \(name(columns[index])) of row group \(rowGroup)") {
        try job(group, columns[index], selection, pages?[index], rowCount)
      }
    }
    let fetched = try source.read(jobs.flatMap(\.plan.fetches))
    var position = 0
    let work = jobs.map { job in
      defer { position += job.plan.fetches.count }
      return (job, Array(fetched[position..<position + job.plan.fetches.count]))
    }
    return try concurrentMap(work) { job, bytes in
      try within("column \(job.field.name) of row group \(rowGroup)") { try job.decode(bytes, selection, limits) }
    }
  }

  /// All rows of the file: one column for each of `columns`, as `read(rowGroup:columns:rows:)` gives them. For small files:
  /// everything is in memory at once.
  public func readAll(columns: [Int]) throws -> [Column] {
    var result = try columns.map { try emptyColumn($0) }
    for group in metadata.rowGroups.indices {
      for (index, part) in try read(rowGroup: group, columns: columns).enumerated() {
        try result[index].append(contentsOf: part)
      }
    }
    return result
  }

  /// A column without rows, of the physical form that the field is read as.
  private func emptyColumn(_ column: Int) throws -> Column {
    let leaf = schema.leaves[try leafPosition(column)]
    let none = ChunkPlan()
    return try ColumnJob(field: schema.fields[column], leaf: leaf, codec: .uncompressed, plan: none, slotCount: 0)
      .decode([[]], nil, limits)
  }
}

extension ParquetReader {
  private func group(_ position: Int) throws(Failure) -> RowGroupMetadata {
    guard metadata.rowGroups.indices.contains(position) else {
      throw .invalidArgument("no row group \(position) of \(metadata.rowGroups.count)")
    }
    return metadata.rowGroups[position]
  }

  private func name(_ column: Int) -> String {
    schema.fields.indices.contains(column) ? schema.fields[column].name : "\(column)"
  }

  private func flatLeaf(_ column: Int) -> Int? {
    guard let leaf = try? leafPosition(column), schema.leaves[leaf].path.count == 1 else { return nil }
    return schema.leaves[leaf].maxRepetitionLevel == 0 ? leaf : nil
  }

  /// The only leaf of a field that can be read.
  private func leafPosition(_ column: Int) throws(Failure) -> Int {
    guard schema.fields.indices.contains(column) else {
      throw .invalidArgument("no column \(column) of \(schema.fields.count)")
    }
    let field = schema.fields[column]
    let leaves = schema.leafRanges[column]
    guard leaves.count == 1, let position = leaves.first, field.isReadable(schema.leaves[position]) else {
      throw .unsupported("reading field \(field.name), which is nested")
    }
    return position
  }

  /// For each column its pages, nil where there is no offset index; the indexes in one request.
  private func indexedPages(
    _ group: RowGroupMetadata, _ columns: [Int], _ rowCount: Int
  ) throws -> [[PageIndex.Page]?] {
    let leaves = try columns.map { try leafPosition($0) }
    let ranges = try leaves.map { leaf in
      try group.columns[leaf].offsetIndex.map { try ChunkPlan.range($0.offset, $0.length ?? 0, source.count) }
    }
    var fetched = try source.read(ranges.compactMap { $0 }).makeIterator()
    return try zip(leaves, ranges).map { leaf, range in
      guard range != nil, let bytes = fetched.next() else { return nil }
      return try within("offset index of column \(schema.leaves[leaf].path.joined(separator: "."))") {
        try PageIndex(offsets: bytes, bounds: nil, schema.leaves[leaf], group.columns[leaf], rowCount: rowCount).pages
      }
    }
  }

  private func job(
    _ group: RowGroupMetadata, _ column: Int, _ selection: RowSelection?, _ pages: [PageIndex.Page]?, _ rowCount: Int
  ) throws -> ColumnJob {
    let position = try leafPosition(column)
    let chunk = group.columns[position]
    guard let codec = chunk.codec else { throw Failure.unsupported("compression codec \(chunk.codecCode)") }
    let plan: ChunkPlan
    if let selection, let pages {
      plan = try ChunkPlan(chunk, pages, selection, fileSize: source.count)
    } else {
      plan = try ChunkPlan(wholeChunk: chunk, rowCount: rowCount, fileSize: source.count)
    }
    return ColumnJob(
      field: schema.fields[column], leaf: schema.leaves[position], codec: codec, plan: plan,
      slotCount: pages == nil ? Int(clamping: chunk.valueCount) : nil)
  }
}

extension ParquetField {
  /// Whether the field is a primitive, or a list of primitives of which `leaf` are the elements.
  fileprivate func isReadable(_ leaf: LeafColumn) -> Bool {
    switch type {
    case .group, .map: return false
    case .list(let element):
      switch element.type {
      case .group, .map, .list: return false
      default: break
      }
      let base: UInt8 = isRequired ? 1 : 2
      return leaf.maxRepetitionLevel == 1 && leaf.maxDefinitionLevel == base + (element.isRequired ? 0 : 1)
    default: return leaf.maxRepetitionLevel == 0 && leaf.maxDefinitionLevel == (isRequired ? 0 : 1)
    }
  }
}
