import Columns
import Compression
import Parquet

/// A file with columns, encodings, codec, pages and row groups from a seed.
struct PropertyCase {
  let schema: ParquetSchema
  let batches: [[Column]]
  let options: WriterOptions

  init(seed: UInt64) throws {
    var random = SeededRandom(seed)
    var fields: [ParquetField] = []
    for index in 0..<1 + random.below(4) { fields.append(Self.field("c\(index)", depth: 0, &random)) }
    let schema = try ParquetSchema(fields: fields)
    var generator = ColumnGenerator(seed: seed &+ 1)
    let distinct = [1, 6, 100, 1_000_000][random.below(4)]
    let nulls = [0, 15, 50, 100][random.below(4)]
    batches = (0..<1 + random.below(3)).map { _ in
      let rows = [0, 1, 9, 40, 130][random.below(5)]
      return fields.map {
        generator.column($0.type, rows, Shape(nullPercent: $0.isRequired ? nil : nulls, distinct: distinct))
      }
    }
    options = Self.options(schema, &random)
    self.schema = schema
  }

  /// What `PythonScript` prints for the same rows.
  func text() throws -> String {
    var text = ""
    for (index, field) in schema.fields.enumerated() {
      text += "# \(field.name)\n" + canonicalText(try joined(batches, index))
    }
    return text
  }

  static func field(_ name: String, depth: Int, _ random: inout SeededRandom) -> ParquetField {
    ParquetField(
      name, type(depth: depth, &random), fieldID: random.below(2) == 0 ? nil : Int32(random.below(1000)),
      isRequired: random.below(4) == 0)
  }

  private static func type(depth: Int, _ random: inout SeededRandom) -> ParquetType {
    let leaves = RoundTripTests.primitives
    guard depth < 4, random.below(5) < (depth == 0 ? 3 : 2) else { return leaves[random.below(leaves.count)] }
    switch random.below(3) {
    case 0: return .list(element: field("element", depth: depth + 1, &random))
    case 1:
      let key = ParquetField("key", leaves[random.below(leaves.count)], isRequired: true)
      return .map(key: key, value: field("value", depth: depth + 1, &random))
    default:
      return .group((0..<1 + random.below(3)).map { field("f\($0)", depth: depth + 1, &random) })
    }
  }

  private static func options(_ schema: ParquetSchema, _ random: inout SeededRandom) -> WriterOptions {
    var options = WriterOptions()
    options.codec = [.uncompressed, .snappy, .gzip, .zstd, .lz4Raw, .brotli][random.below(6)]
    options.level = options.codec == .brotli ? 1 : nil
    options.pageRows = [1, 7, 50, 20_000][random.below(4)]
    options.pageBytes = [1, 100, 1000, 1 << 20][random.below(4)]
    options.rowGroupRows = [3, 60, 1 << 20][random.below(3)]
    options.rowGroupBytes = [500, 5000, 128 << 20][random.below(3)]
    options.dictionaryBytes = [30, 2 << 20][random.below(2)]
    options.useDictionary = random.below(3) > 0
    options.writeCRC = random.below(2) == 0
    options.writePageIndex = random.below(3) > 0
    options.statisticsBytes = [4, 64][random.below(2)]
    for leaf in schema.leaves {
      let name = leaf.path.joined(separator: ".")
      if random.below(2) == 0 { options.columnEncodings[name] = encodings(leaf.physicalType, &random) }
      if random.below(3) == 0, leaf.physicalType != .boolean { options.bloomFilterColumns.insert(name) }
    }
    return options
  }

  private static func encodings(_ type: PhysicalType, _ random: inout SeededRandom) -> PageEncoding {
    let choices: [PageEncoding] =
      switch type {
      case .boolean: [.rle]
      case .int32, .int64: [.deltaBinaryPacked, .byteStreamSplit]
      case .float, .double: [.byteStreamSplit]
      case .byteArray: [.deltaByteArray, .deltaLengthByteArray]
      case .fixedLengthByteArray: [.deltaByteArray, .byteStreamSplit]
      case .int96: [.plain]
      }
    return choices[random.below(choices.count)]
  }
}
