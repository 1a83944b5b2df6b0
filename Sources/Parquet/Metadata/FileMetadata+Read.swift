import Failures

extension FileMetadata {
  /// Parses a footer. Throws `.malformedInput`, `.limitExceeded`, `.unsupported` for encrypted files.
  init(footer: UnsafeRawBufferPointer, limits: ReaderLimits) throws {
    var elements: [SchemaElement] = []
    var groups: [RawRowGroup] = []
    var pairs: [KeyValue] = []
    var createdBy: String?
    var hasColumnOrders = false
    var reader = CompactReader(footer, maximumElements: limits.footerElements)
    try reader.structure { reader, field in
      switch field.id {
      case 2: elements = try reader.structures(field) { try SchemaElement(&$0) }
      case 4: groups = try reader.structures(field) { try RawRowGroup(&$0) }
      case 5: pairs = try reader.structures(field) { try KeyValue(&$0) }
      case 6: createdBy = try reader.string(field)
      case 7: hasColumnOrders = try !reader.structures(field) { try $0.structure { try $0.skip($1) } }.isEmpty
      case 8: throw Failure.unsupported("encrypted file")
      default: try reader.skip(field)
      }
    }
    guard elements.count <= limits.schemaElements else {
      throw Failure.limitExceeded("schema of \(elements.count) elements")
    }
    let schema = try ParquetSchema(elements, maximumDepth: limits.schemaDepth)
    self.schema = schema
    keyValueMetadata = pairs
    self.createdBy = createdBy
    rowGroups = try groups.enumerated().map { position, group in
      try within("row group \(position)") { try group.checked(schema, hasColumnOrders: hasColumnOrders) }
    }
    rowCount = try Self.total(rowGroups)
  }

  /// The rows of all row groups. The footer's own total is wrong in files of some writers, and nothing needs it.
  private static func total(_ rowGroups: [RowGroupMetadata]) throws(Failure) -> Int64 {
    var total: Int64 = 0
    for group in rowGroups {
      let (sum, overflows) = total.addingReportingOverflow(group.rowCount)
      guard !overflows else { throw .malformedInput("the row groups' rows overflow") }
      total = sum
    }
    return total
  }
}

extension FileMetadata.KeyValue {
  init(_ reader: inout CompactReader) throws {
    var key = ""
    var value: String?
    try reader.structure { reader, field in
      switch field.id {
      case 1: key = try reader.string(field)
      case 2: value = try reader.string(field)
      default: try reader.skip(field)
      }
    }
    self.key = key
    self.value = value
  }
}

/// `RowGroup` as it is on the wire.
private struct RawRowGroup {
  private var columns: [RawColumnChunk] = []
  private var size: Int64 = 0
  private var rowCount: Int64 = 0
  private var sorting: [SortingColumn] = []

  init(_ reader: inout CompactReader) throws {
    try reader.structure { reader, field in
      switch field.id {
      case 1: columns = try reader.structures(field) { try RawColumnChunk(&$0) }
      case 2: size = try reader.int64(field)
      case 3: rowCount = try reader.int64(field)
      case 4: sorting = try reader.structures(field) { try SortingColumn(&$0) }
      default: try reader.skip(field)
      }
    }
  }

  func checked(_ schema: ParquetSchema, hasColumnOrders: Bool) throws -> RowGroupMetadata {
    guard rowCount >= 0 else { throw Failure.malformedInput("\(rowCount) rows") }
    guard columns.count == schema.leaves.count else {
      throw Failure.malformedInput("\(columns.count) columns for a schema of \(schema.leaves.count)")
    }
    let chunks = try zip(columns, schema.leaves).map { raw, leaf in
      try within("column \(leaf.path.joined(separator: "."))") {
        try raw.checked(leaf, rowCount: rowCount, hasColumnOrders: hasColumnOrders)
      }
    }
    return RowGroupMetadata(
      columns: chunks, rowCount: rowCount, uncompressedSize: size,
      sortingColumns: sorting.allSatisfy { schema.leaves.indices.contains($0.leaf) } ? sorting : [])
  }
}
