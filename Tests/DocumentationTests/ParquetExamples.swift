import Bytes
import Columns
import Compression
import Parquet
import Testing

/// The code of Parquet's articles.
@Suite struct ParquetExamples {
  /// In place of the standard output.
  private func print(_ items: Any...) {}

  private func users(_ options: WriterOptions = WriterOptions()) throws -> [UInt8] {
    var writer = try ParquetWriter(
      schema: ParquetSchema(fields: [ParquetField("user", .string)]), options: options)
    try writer.write([.binary(BinaryColumn(["Ann", nil, "Bob"]))])
    _ = try writer.finish()
    var file: [UInt8] = []
    try writer.drain { file.append(contentsOf: $0) }
    return file
  }

  @Test func writingAFile() throws {
    var file: [UInt8] = []
    let schema = try ParquetSchema(fields: [
      ParquetField("id", .int64, fieldID: 1, isRequired: true),
      ParquetField("name", .string, fieldID: 2),
      ParquetField("time", .timestampMicros(utc: true), fieldID: 3),
    ])
    var writer = try ParquetWriter(schema: schema)
    try writer.write([
      .int64(PrimitiveColumn([1, 2])),
      .binary(BinaryColumn(["one", nil])),
      .int64(PrimitiveColumn([1_700_000_000_000_000, 1_700_000_000_000_001])),
    ])
    try writer.drain { file.append(contentsOf: $0) }
    let metadata = try writer.finish()
    try writer.drain { file.append(contentsOf: $0) }
    #expect(metadata.rowCount == 2)
    #expect(try ParquetReader(source: MemorySource(file)).metadata.rowCount == 2)
  }

  @Test func options() throws {
    var options = WriterOptions()
    options.codec = .snappy
    options.level = nil
    options.columnsWithoutDictionary = ["id"]
    options.keyValueMetadata = [("made-by", "an example")]
    let file = try ParquetReader(source: MemorySource(users(options)))
    #expect(file.metadata.value(forKey: "made-by") == "an example")
    #expect(file.metadata.rowGroups[0].columns[0].codec == .snappy)
  }

  @Test func readingAFile() throws {
    let bytes = try users()
    let file = try ParquetReader(source: MemorySource(bytes))
    for field in file.schema.fields { print(field.name, field.type) }

    if let position = file.schema.position(named: "user") {
      for group in file.metadata.rowGroups.indices {
        let column = try file.read(rowGroup: group, columns: [position])[0]
        guard case .binary(let users) = column else { continue }
        for row in 0..<users.count { print(users.string(row) ?? "null") }
      }
    }

    let position = 0
    let wanted = try file.pageIndex(rowGroup: 0, column: position)?.pages
      .filter { !$0.isAllNull }
      .map { $0.firstRow..<$0.firstRow + $0.rowCount }
    let rows = try file.read(rowGroup: 0, columns: [position], rows: wanted)
    #expect(rows == [.binary(BinaryColumn(["Ann", nil, "Bob"]))])
  }

  @Test func hostileFiles() throws {
    let source = MemorySource(try users())
    var limits = ReaderLimits()
    limits.pageBytes = 64 << 20
    limits.columnValues = 1 << 22
    let file = try ParquetReader(source: source, limits: limits)
    #expect(file.metadata.rowCount == 3)
  }
}
