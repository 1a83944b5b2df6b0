import Columns
import Compression
import Failures
import Parquet
import Testing

/// Other engines read what we write and the other way round, compared value by value.
@Suite(.serialized) struct CrossEngineTests {
  static let engines = ["pyarrow", "duckdb", "polars"]

  static func ourFile(_ codec: CompressionCodec, _ change: (inout WriterOptions) -> Void) throws -> (
    bytes: [UInt8], expected: String
  ) {
    let types = RoundTripTests.primitives + RoundTripTests.lists + RoundTripTests.nested
    var fields = types.enumerated().map { ParquetField("c\($0)", $1, fieldID: Int32($0 + 1)) }
    fields.append(ParquetField("required", .string, fieldID: 90, isRequired: true))
    fields.append(ParquetField("number", .int64, fieldID: 91))
    let schema = try ParquetSchema(fields: fields)
    var generator = ColumnGenerator(seed: 21)
    let batches = [900, 1, 2100].map { rows in
      fields.enumerated().map { index, field in
        let nulls = field.isRequired ? nil : [0, 12, 60, 100][index % 4]
        return generator.column(field.type, rows, Shape(nullPercent: nulls, distinct: index % 3 == 0 ? 20 : 100_000))
      }
    }
    var options = WriterOptions()
    options.codec = codec
    options.level = nil
    options.pageRows = 500
    options.rowGroupRows = 1800
    change(&options)
    var expected = ""
    for (index, field) in fields.enumerated() {
      expected += "# \(field.name)\n" + canonicalText(try joined(batches, index))
    }
    return (try writtenFile(schema, batches, options).bytes, expected)
  }

  @Test(arguments: [CompressionCodec.zstd, .snappy, .gzip, .uncompressed])
  func othersReadOurFiles(codec: CompressionCodec) throws {
    guard let python = Python.find(for: "othersReadOurFiles") else { return }
    try Python.withDirectory { directory in
      let path = directory + "/ours.parquet"
      let (bytes, expected) = try Self.ourFile(codec) { $0.useDictionary = codec != .gzip }
      try Python.write(bytes, to: path)
      let (text, succeeded) = try Python.run(python, in: directory, ["read", path])
      #expect(succeeded, "\(text.suffix(500))")
      let sections = text.split(separator: "@ ")
      #expect(sections.count == Self.engines.count)
      for (section, engine) in zip(sections, Self.engines) {
        #expect(firstDifference(String(section), engine + "\n" + expected) == nil, "\(engine)")
      }
    }
  }

  /// Readers skip row groups and pages by our statistics and lose nothing.
  @Test func othersFilterOurFiles() throws {
    guard let python = Python.find(for: "othersFilterOurFiles") else { return }
    let schema = try ParquetSchema(fields: [ParquetField("n", .int64), ParquetField("other", .string)])
    let values = (0..<20_000).map { Int64($0 / 3) }
    let column = Column.int64(PrimitiveColumn(values, validity: values.map { $0 % 11 != 0 }))
    let other = Column.binary(BinaryColumn(values.map { "row \($0)" }))
    var options = WriterOptions()
    options.pageRows = 100
    options.rowGroupRows = 7000
    let (bytes, _) = try writtenFile(schema, [[column, other]], options)
    try Python.withDirectory { directory in
      let path = directory + "/ours.parquet"
      try Python.write(bytes, to: path)
      let ranges = [100...250, 2300...2400, 6660...9999, -5...0]
      let arguments = ["filter", path, "n"] + ranges.map { "\($0.lowerBound):\($0.upperBound)" }
      let (text, _) = try Python.run(python, in: directory, arguments)
      let expected = ranges.map { range in
        let count = values.count { $0 % 11 != 0 && range.contains(Int($0)) }
        return "\(count) \(count) \(count)\n"
      }
      #expect(text == expected.joined())
    }
  }

  @Test(arguments: engines)
  func weReadTheirFiles(engine: String) throws {
    guard let python = Python.find(for: "weReadTheirFiles") else { return }
    try Python.withDirectory { directory in
      let (text, succeeded) = try Python.run(python, in: directory, ["write", engine, directory])
      #expect(succeeded, "\(text.suffix(500))")
      let names = text.split(separator: "\n").map(String.init)
      #expect(names.count >= 6)
      for name in names {
        let bytes = try Python.read("\(directory)/\(name).parquet")
        let expected = String(decoding: try Python.read("\(directory)/\(name).txt"), as: UTF8.self)
        let actual = try within(name) { try allText(bytes) }
        #expect(firstDifference(actual, expected) == nil, "\(name)")
        try within(name) { try readInRanges(bytes) }
        // Their encodings, damaged; without checksums the decoders see it all.
        var random = SeededRandom(UInt64(bytes.count))
        for round in 0..<6 { exercise(damaged(bytes, &random), checksCRC: round % 2 == 0) }
      }
    }
  }

  /// All columns as text.
  private func allText(_ bytes: [UInt8]) throws -> String {
    let file = try reader(bytes)
    var text = ""
    for (index, field) in file.schema.fields.enumerated() {
      let parts = try file.metadata.rowGroups.indices.map { try file.read(rowGroup: $0, columns: [index])[0] }
      text += "# \(field.name)\n" + parts.map { canonicalText($0) }.joined()
    }
    return text
  }

  /// Ranges of rows are the same rows.
  private func readInRanges(_ bytes: [UInt8]) throws {
    let file = try reader(bytes)
    let columns = Array(file.schema.fields.indices)
    guard let count = file.metadata.rowGroups.first.map({ Int($0.rowCount) }), count > 5 else { return }
    let whole = try file.read(rowGroup: 0, columns: columns)
    let ranges = [0..<min(1, count), count / 3..<count / 2, max(count - 2, count / 2)..<count]
    let some = try file.read(rowGroup: 0, columns: columns, rows: ranges)
    for (all, part) in zip(whole, some) {
      let rows = ranges.flatMap { Array($0) }
      #expect(canonicalText(all.gathering(rows)) == canonicalText(part))
    }
  }
}

/// The first line in which two texts differ, nil when they are equal.
func firstDifference(_ first: String, _ second: String) -> String? {
  if first.utf8.elementsEqual(second.utf8) { return nil }
  let (left, right) = (first.split(separator: "\n"), second.split(separator: "\n"))
  var section: Substring = ""
  for (a, b) in zip(left, right) {
    if a.utf8.first == UInt8(ascii: "#") { section = a }
    if a != b { return "\(section): \(a.prefix(200)) instead of \(b.prefix(200))" }
  }
  return "\(left.count) lines instead of \(right.count); \(first.suffix(300))"
}
