import Bytes
import Compression
import Iceberg
import JSON
import Parquet

/// How a Parquet file stores its rows: a line for the file, for each row group, and for each column chunk with its pages.
struct ParquetStatistics {
  private let reader: ParquetReader
  /// The stored columns that are shown.
  private let leaves: [Int]

  init(_ reader: ParquetReader, columns: [Int]) {
    self.reader = reader
    leaves = columns.flatMap { reader.schema.leafRanges[$0] }
  }

  func lines() throws -> [JSONValue] {
    var lines = [file]
    for (position, group) in reader.metadata.rowGroups.enumerated() {
      lines.append(line(group, position))
      for leaf in leaves { lines.append(try line(leaf, rowGroup: position)) }
    }
    return lines
  }

  private var file: JSONValue {
    let metadata = reader.metadata
    let texts = metadata.keyValueMetadata.map { ($0.key, $0.value.map { JSONValue.string($0) } ?? .null) }
    return [
      "row_count": .integer(metadata.rowCount), "row_groups": JSONValue(metadata.rowGroups.count),
      "created_by": metadata.createdBy.map { .string($0) } ?? .null, "metadata": .object(JSONObject(texts)),
    ]
  }

  private func line(_ group: RowGroupMetadata, _ position: Int) -> JSONValue {
    [
      "row_group": JSONValue(position), "row_count": .integer(group.rowCount),
      "compressed_size": .integer(
        group.columns.reduce(0) { $0.addingReportingOverflow($1.compressedSize).partialValue }),
      "uncompressed_size": .integer(group.uncompressedSize),
      "sorting_columns": .array(
        group.sortingColumns.map { sorting in
          [
            "column": reader.schema.leaves.indices.contains(sorting.leaf) ? .string(name(sorting.leaf)) : .null,
            "descending": .bool(sorting.isDescending), "nulls_first": .bool(sorting.isNullsFirst),
          ]
        }),
    ]
  }

  private func name(_ leaf: Int) -> String { reader.schema.leaves[leaf].path.joined(separator: ".") }

  private func line(_ leaf: Int, rowGroup: Int) throws -> JSONValue {
    let chunk = reader.metadata.rowGroups[rowGroup].columns[leaf]
    let column = reader.schema.leaves[leaf]
    let bounds = chunk.statistics
    return [
      "row_group": JSONValue(rowGroup), "column": .string(name(leaf)), "type": .string(column.physicalType.description),
      "codec": chunk.codec.map { .string($0.formatName) } ?? .null,
      "encodings": .array(chunk.encodings.map { .string($0.description) }), "value_count": .integer(chunk.valueCount),
      "null_count": .optional(bounds?.nullCount), "min": column.json(bound: bounds?.min),
      "max": column.json(bound: bounds?.max),
      "min_is_exact": bounds?.min == nil ? .null : .bool(bounds?.isMinExact ?? false),
      "max_is_exact": bounds?.max == nil ? .null : .bool(bounds?.isMaxExact ?? false),
      "compressed_size": .integer(chunk.compressedSize), "uncompressed_size": .integer(chunk.uncompressedSize),
      "bloom_filter_size": .optional(
        try reader.bloomFilter(rowGroup: rowGroup, leaf: leaf).map { Int64($0.byteCount) }),
      "pages": .array(try pages(leaf, rowGroup: rowGroup)),
    ]
  }

  private func pages(_ leaf: Int, rowGroup: Int) throws -> [JSONValue] {
    let index = try reader.pageIndex(rowGroup: rowGroup, leaf: leaf)?.pages ?? []
    let byOffset = Dictionary(index.map { ($0.offset, $0) }) { first, _ in first }
    return try reader.pages(rowGroup: rowGroup, leaf: leaf).map { page in
      var line: JSONObject = [
        "kind": .string(page.kind.name), "offset": .integer(page.offset), "value_count": JSONValue(page.valueCount),
        "encoding": page.encoding.map { .string($0.description) } ?? .null,
        "compressed_size": JSONValue(page.compressedSize), "uncompressed_size": JSONValue(page.uncompressedSize),
      ]
      if let indexed = byOffset[page.offset] {
        line.append("first_row", JSONValue(indexed.firstRow))
        line.append("row_count", JSONValue(indexed.rowCount))
        line.append("null_count", .optional(indexed.nullCount))
        line.append("min", reader.schema.leaves[leaf].json(bound: indexed.min))
        line.append("max", reader.schema.leaves[leaf].json(bound: indexed.max))
      }
      return .object(line)
    }
  }
}

extension LeafColumn {
  /// A bound as rows have values; as hex where it has no such form.
  fileprivate func json(bound: [UInt8]?) -> JSONValue {
    guard let bound else { return .null }
    let wanted = PrimitiveType(reading: type)
    if let value = wanted.flatMap({ literal(bound, as: $0) }) { return value.json(as: wanted) }
    return Literal.binary(bound).json(as: nil)
  }
}

extension CompressionCodec {
  /// The name in the format.
  fileprivate var formatName: String {
    switch self {
    case .uncompressed: "UNCOMPRESSED"
    case .snappy: "SNAPPY"
    case .gzip: "GZIP"
    case .brotli: "BROTLI"
    case .lz4Hadoop: "LZ4"
    case .zstd: "ZSTD"
    case .lz4Raw: "LZ4_RAW"
    case .deflate: "DEFLATE"
    }
  }
}

extension PageDescription.Kind {
  fileprivate var name: String {
    switch self {
    case .dictionary: "dictionary"
    case .dataV1: "data v1"
    case .dataV2: "data v2"
    case .other: "unknown"
    }
  }
}

extension JSONValue {
  /// A number, or null.
  static func optional(_ number: Int64?) -> JSONValue { number.map { .integer($0) } ?? .null }
}
