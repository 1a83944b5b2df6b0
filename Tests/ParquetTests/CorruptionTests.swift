import Bytes
import Columns
import Compression
import Failures
import Parquet
import Testing

/// Whatever a file's bytes are, reading gives data or a failure. A trap would end the whole test process.
@Suite struct CorruptionTests {
  /// Small files that between them have every encoding that is written, with and without checksums.
  static let files: [[UInt8]] = {
    var files: [[UInt8]] = []
    for (codec, writesCRC, dictionary) in [
      (CompressionCodec.uncompressed, false, true), (.zstd, false, false), (.snappy, true, true), (.gzip, false, true),
    ] {
      var options = WriterOptions()
      options.codec = codec
      options.level = nil
      options.writeCRC = writesCRC
      options.useDictionary = dictionary
      options.pageRows = 9
      if let bytes = try? small(options) { files.append(bytes) }
    }
    return files + nested
  }()

  /// Two files of nested columns, of differences and with bloom filters.
  static let nested: [[UInt8]] = {
    let entries = ParquetType.map(
      key: ParquetField("key", .uuid, isRequired: true),
      value: ParquetField("value", .list(element: ParquetField("element", .decimal(precision: 20, scale: 2)))))
    let fields = [
      ParquetField("m", entries),
      ParquetField("s", .group([ParquetField("a", .int32, isRequired: true), ParquetField("b", .string)])),
      ParquetField("l", .list(element: ParquetField("element", .group([ParquetField("t", .timeMicros(utc: false))])))),
    ]
    var options = WriterOptions()
    options.codec = .uncompressed
    options.pageRows = 7
    options.bloomFilterColumns = ["s.b", "m.key_value.key"]
    var plain = options
    plain.writeCRC = false
    plain.columnEncodings = [
      "s.a": .deltaBinaryPacked, "s.b": .deltaByteArray, "m.key_value.key": .deltaByteArray,
      "m.key_value.value.list.element": .byteStreamSplit, "l.list.element.t": .deltaBinaryPacked,
    ]
    return [options, plain].compactMap { options in
      var generator = ColumnGenerator(seed: 6)
      let columns = fields.map { generator.column($0.type, 20, Shape(nullPercent: 20, distinct: 4)) }
      guard let schema = try? ParquetSchema(fields: fields) else { return nil }
      return try? writtenFile(schema, [columns], options).bytes
    }
  }()

  private static func small(_ options: WriterOptions) throws -> [UInt8] {
    let types: [ParquetType] = [
      .boolean, .int64, .string, .list(element: ParquetField("element", .int32, fieldID: 9)), .double,
    ]
    let schema = try ParquetSchema(fields: types.enumerated().map { ParquetField("c\($0)", $1, fieldID: Int32($0)) })
    var generator = ColumnGenerator(seed: 5)
    let columns = types.map { generator.column($0, 20, Shape(nullPercent: 20, distinct: 4)) }
    return try writtenFile(schema, [columns], options).bytes
  }

  @Test func theFilesAreGood() throws {
    #expect(Self.files.count == 6 && Self.nested.count == 2)
    for bytes in Self.files { #expect(try readAll(bytes).allSatisfy { $0.count == 20 }) }
  }

  @Test(arguments: files)
  func truncatedAtEveryByte(bytes: [UInt8]) {
    for length in 0..<bytes.count {
      #expect(throws: Failure.self) { try reader([UInt8](bytes[..<length]), smallLimits) }
      // The same with a footer at the end, so that pages are cut.
      if length % 7 == 0 { exercise([UInt8](bytes[length...])) }
    }
  }

  @Test(arguments: files.prefix(3) + nested, [0x01, 0xFF] as [UInt8])
  func everyByteFlipped(bytes: [UInt8], pattern: UInt8) {
    for position in bytes.indices {
      var damaged = bytes
      damaged[position] ^= pattern
      exercise(damaged)
    }
  }

  @Test(arguments: files)
  func randomBytesInPlaceOfSome(bytes: [UInt8]) {
    var random = SeededRandom(17)
    for _ in 0..<150 {
      exercise(damaged(bytes, &random))
    }
  }

  @Test func checksumsFindEveryFlippedBit() throws {
    let bytes = Self.files[2]
    let file = try reader(bytes)
    let original = try readAll(bytes)
    let pages = try file.schema.fields.indices.map { try file.pageIndex(rowGroup: 0, column: $0)?.pages ?? [] }
    for (column, pages) in pages.enumerated() {
      for page in pages {
        for position in Int(page.offset)..<Int(page.offset) + page.compressedSize {
          var damaged = bytes
          damaged[position] ^= 0x10
          guard let read = try? reader(damaged).read(rowGroup: 0, columns: [column])[0] else { continue }
          // Only bits of the header that mean nothing to a reader may go unnoticed.
          #expect(isSame(read, original[column]), "byte \(position)")
        }
      }
    }
  }

  @Test func noFilesAtAll() {
    for bytes in [[], [UInt8]("PAR1".utf8), [UInt8]("PAR1PAR1".utf8), [UInt8](repeating: 0, count: 100)] {
      #expect(throws: Failure.self) { try reader(bytes) }
    }
    var long = [UInt8]("PAR1".utf8) + [UInt8](repeating: 0, count: 20)
    long += [0xFF, 0xFF, 0xFF, 0x7F] + [UInt8]("PAR1".utf8)
    #expect(throws: Failure.self) { try reader(long) }
    #expect(throws: Failure.self) { try reader(long.dropLast(4) + [UInt8]("PARE".utf8)) }
  }
}
