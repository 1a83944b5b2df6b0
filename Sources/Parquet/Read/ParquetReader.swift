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
  let source: any ByteSource
  let limits: ReaderLimits

  /// The fields and columns. Columns are numbered by the position of their top-level field.
  public var schema: ParquetSchema { metadata.schema }

  /// Reads the footer.
  ///
  /// Throws `.malformedInput` for what is no Parquet file, `.unsupported` for an encrypted one, `.limitExceeded`, and
  /// what the source throws.
  public init(source: any ByteSource, limits: ReaderLimits = ReaderLimits()) throws {
    self.source = source
    self.limits = limits
    metadata = try Footer.read(source, limits)
  }

  /// The rows of a row group: one column for each of `columns` (positions of top-level fields), in that order.
  ///
  /// With `rows` (ascending, not overlapping, counted from the start of the row group) only these; where the file has
  /// an offset index, only the pages that hold them are fetched and decoded. Columns are decoded on several threads.
  /// Throws `.unsupported` for codecs and encodings that are not known and for groups without fields,
  /// `.malformedInput`, `.limitExceeded`, and `.invalidArgument` for numbers out of range.
  public func read(rowGroup: Int, columns: [Int], rows: [Range<Int>]? = nil) throws -> [Column] {
    let group = try self.group(rowGroup)
    guard let rowCount = Int(exactly: group.rowCount), rowCount <= limits.columnValues else {
      throw Failure.limitExceeded("row group of \(group.rowCount) rows")
    }
    let selection = try rows.map { try RowSelection($0, rowCount: rowCount) }
    let leaves = try columns.map { Array(try leafRange($0)) }
    let wanted = leaves.flatMap { $0 }
    let paths = columns.flatMap { schema.fields[$0].leafPaths }
    let pages = try selection.map { _ in try indexedPages(group, wanted, rowCount) }
    let jobs = try wanted.indices.map { index in
      try within("column \(name(wanted[index])) of row group \(rowGroup)") {
        try job(group, wanted[index], paths[index], selection, pages?[index], rowCount)
      }
    }
    var parts = try decode(jobs, rowGroup, selection)[...]
    return try zip(columns, leaves).map { column, leaves in
      defer { parts = parts.dropFirst(leaves.count) }
      return try within("row group \(rowGroup)") { try schema.fields[column].joined(Array(parts.prefix(leaves.count))) }
    }
  }

  /// Fetches the bytes of all jobs at once and decodes them: the large columns one after the other, the pages of each on
  /// all threads, then the small ones side by side. (What runs on one of several threads is not divided again.)
  private func decode(_ jobs: [ColumnJob], _ rowGroup: Int, _ selection: RowSelection?) throws -> [Column] {
    let fetched = try source.read(jobs.flatMap(\.plan.fetches))
    var position = 0
    let bytes = jobs.map { job in
      defer { position += job.plan.fetches.count }
      return Array(fetched[position..<position + job.plan.fetches.count])
    }
    let decode = { (index: Int) in
      try within("column \(jobs[index].leaf.path.joined(separator: ".")) of row group \(rowGroup)") {
        try jobs[index].decode(bytes[index], selection, limits)
      }
    }
    var columns = [Column?](repeating: nil, count: jobs.count)
    for index in jobs.indices where jobs[index].isLarge { columns[index] = try decode(index) }
    let small = jobs.indices.filter { !jobs[$0].isLarge }
    for (index, column) in zip(small, try concurrentMap(small, decode)) { columns[index] = column }
    return columns.compactMap { $0 }
  }

  /// All rows of the file: one column for each of `columns`, as `read(rowGroup:columns:rows:)` gives them. For small
  /// files: everything is in memory at once.
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
    let leaves = try leafRange(column)
    let parts = try zip(leaves, schema.fields[column].leafPaths).map { leaf, path in
      let job = ColumnJob(
        leaf: schema.leaves[leaf], path: path, codec: .uncompressed, plan: ChunkPlan(), slotCount: 0,
        likelySize: 0)
      return try job.decode([[]], nil, limits)
    }
    return try schema.fields[column].joined(parts)
  }
}

extension ParquetReader {
  func group(_ position: Int) throws(Failure) -> RowGroupMetadata {
    guard metadata.rowGroups.indices.contains(position) else {
      throw .invalidArgument("no row group \(position) of \(metadata.rowGroups.count)")
    }
    return metadata.rowGroups[position]
  }

  /// The name of a leaf.
  func name(_ leaf: Int) -> String { schema.leaves[leaf].path.joined(separator: ".") }

  /// The leaves of a field.
  func leafRange(_ column: Int) throws(Failure) -> Range<Int> {
    guard schema.fields.indices.contains(column) else {
      throw .invalidArgument("no column \(column) of \(schema.fields.count)")
    }
    guard !schema.leafRanges[column].isEmpty else {
      throw .unsupported("field \(schema.fields[column].name), a group without fields")
    }
    return schema.leafRanges[column]
  }

  /// For each leaf its pages, nil where there is no offset index; the indexes in one request.
  private func indexedPages(
    _ group: RowGroupMetadata, _ leaves: [Int], _ rowCount: Int
  ) throws -> [[PageIndex.Page]?] {
    let ranges = try leaves.map { leaf in
      try group.columns[leaf].offsetIndex.map { try ChunkPlan.range($0.offset, $0.length ?? 0, source.count) }
    }
    var fetched = try source.read(ranges.compactMap { $0 }).makeIterator()
    return try zip(leaves, ranges).map { leaf, range in
      guard range != nil, let bytes = fetched.next() else { return nil }
      return try within("offset index of column \(name(leaf))") {
        try PageIndex(offsets: bytes, bounds: nil, schema.leaves[leaf], group.columns[leaf], rowCount: rowCount).pages
      }
    }
  }

  private func job(
    _ group: RowGroupMetadata, _ leaf: Int, _ path: LeafPath, _ selection: RowSelection?, _ pages: [PageIndex.Page]?,
    _ rowCount: Int
  ) throws -> ColumnJob {
    let chunk = group.columns[leaf]
    guard let codec = chunk.codec else { throw Failure.unsupported("compression codec \(chunk.codecCode)") }
    let plan: ChunkPlan
    if let selection, let pages {
      plan = try ChunkPlan(chunk, pages, selection, fileSize: source.count)
    } else {
      plan = try ChunkPlan(wholeChunk: chunk, rowCount: rowCount, fileSize: source.count)
    }
    return ColumnJob(
      leaf: schema.leaves[leaf], path: path, codec: codec, plan: plan,
      slotCount: pages == nil ? Int(clamping: chunk.valueCount) : nil, likelySize: plan.likelySize(chunk))
  }
}
