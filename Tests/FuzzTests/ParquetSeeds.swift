import Columns
import Compression
import FuzzTargets
import Parquet

/// Small Parquet files that between them have every type and page form that the writer makes.
enum ParquetSeeds {
  static func files() throws -> [Seed] {
    var seeds: [Seed] = []
    for codec in [CompressionCodec.uncompressed, .zstd, .snappy, .gzip, .lz4Raw] {
      for useDictionary in [true, false] {
        var options = WriterOptions()
        options.codec = codec
        options.level = nil
        options.useDictionary = useDictionary
        options.pageRows = 7
        options.writePageIndex = useDictionary
        seeds.append(Seed(.parquet, "\(codec)-\(useDictionary ? "dictionary" : "plain")", try file(options)))
      }
    }
    var options = WriterOptions()
    (options.codec, options.level, options.pageRows, options.bloomFilterBytes) = (.uncompressed, nil, 7, 64)
    options.columnEncodings = [
      "flag": .rle, "small": .deltaBinaryPacked, "half": .byteStreamSplit, "text": .deltaByteArray,
      "list.list.element": .deltaLengthByteArray,
    ]
    options.bloomFilterColumns = ["large", "bytes"]
    seeds.append(Seed(.parquet, "uncompressed-encodings", try file(options)))
    return seeds
  }

  /// The footers of the files, without length and `PAR1`.
  static func footers() throws -> [Seed] {
    try files().prefix(2).map { seed in
      let length = seed.bytes.suffix(8).prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
      return Seed(.thrift, seed.name, Array(seed.bytes.dropLast(8).suffix(length)))
    }
  }

  private static let fields = [
    ParquetField("flag", .boolean, fieldID: 1), ParquetField("small", .int32, fieldID: 2),
    ParquetField("large", .int64, fieldID: 3, isRequired: true), ParquetField("half", .float, fieldID: 4),
    ParquetField("whole", .double, fieldID: 5), ParquetField("day", .date, fieldID: 6),
    ParquetField("time", .timestampMicros(utc: true), fieldID: 7), ParquetField("text", .string, fieldID: 8),
    ParquetField("bytes", .binary, fieldID: 9),
    ParquetField("list", .list(element: ParquetField("element", .string, fieldID: 11)), fieldID: 10),
  ]

  private static func file(_ options: WriterOptions) throws -> [UInt8] {
    var writer = try ParquetWriter(schema: ParquetSchema(fields: fields), options: options)
    var bytes: [UInt8] = []
    try writer.write(columns(rows: 16))
    _ = try writer.finish()
    try writer.drain { bytes.append(contentsOf: $0) }
    return bytes
  }

  private static func columns(rows: Int) -> [Column] {
    let validity = (0..<rows).map { $0 % 5 != 3 }
    let numbers = (0..<rows).map { Int64($0 % 4) << ($0 % 40) }
    let texts = BinaryColumn((0..<rows).map { $0 % 5 == 3 ? nil : "text \($0 % 3)" })
    let lists = ListColumn((0..<rows).map { $0 % 6 == 2 ? nil : (0..<$0 % 4).map { "element \($0)" } })
    return [
      .bool(PrimitiveColumn(numbers.map { $0 & 1 == 1 }, validity: validity)),
      .int32(PrimitiveColumn(numbers.map { Int32(truncatingIfNeeded: $0) }, validity: validity)),
      .int64(PrimitiveColumn(numbers)), .float(PrimitiveColumn(numbers.map { Float($0) / 3 }, validity: validity)),
      .double(PrimitiveColumn(numbers.map { Double($0) / 7 }, validity: validity)),
      .int32(PrimitiveColumn((0..<rows).map { 20_000 + Int32($0) }, validity: validity)),
      .int64(PrimitiveColumn(numbers.map { 1_700_000_000_000_000 &+ $0 }, validity: validity)), .binary(texts),
      .binary(texts), .list(lists),
    ]
  }
}
