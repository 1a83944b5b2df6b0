import Avro
import Columns
import Failures
import Iceberg
import JSON
import ObjectStore
import Parquet
import Testing

/// Files without field ids whose fields the table's name mapping finds, at every level
/// (<https://iceberg.apache.org/spec/#name-mapping-serialization>).
@Suite struct NameMappingTests {
  private static let mapping = #"""
    [{"field-id":1,"names":["id","key"]},
     {"field-id":2,"names":["point","pt"],"fields":[{"field-id":5,"names":["x","east"]},{"field-id":6,"names":["y"]}]},
     {"field-id":3,"names":["tags"],"fields":[{"field-id":7,"names":["element"],
       "fields":[{"field-id":8,"names":["label","name"]}]}]},
     {"field-id":4,"names":["sizes"],"fields":[{"field-id":9,"names":["key"]},{"field-id":10,"names":["value"],
       "fields":[{"field-id":11,"names":["w"]}]}]},
     {"names":["unmapped"]}]
    """#

  private static func table(_ test: TestCatalog, mapping: String? = Self.mapping) throws -> Table {
    let schema = try Schema(
      columns: ColumnSchema([
        ColumnField("id", .long, isRequired: true),
        ColumnField("point", .structure([ColumnField("x", .double), ColumnField("y", .double)])),
        ColumnField("tags", .list(.structure([ColumnField("label", .string)]))),
        ColumnField("sizes", .map(key: .string, value: .structure([ColumnField("w", .int)]))),
      ]))
    #expect(schema.id(atPath: "sizes.value.w") == 11 && schema.id(atPath: "tags.element.label") == 8)
    return try test.catalog.createTable(
      test.identifier("t"),
      TableCreation(schema: schema, properties: mapping.map { ["schema.name-mapping.default": $0] } ?? [:]))
  }

  private static func adding(_ bytes: [UInt8], _ format: FileFormat, to table: Table, _ test: TestCatalog) throws
    -> Table
  {
    let path = table.metadata.location + "/data/foreign"
    try test.store.write(bytes, to: path, mode: .createNew)
    let file = DataFile(
      path: path, format: format, partition: .empty, recordCount: 2, fileSize: Int64(bytes.count), specID: 0)
    return try table.commit(clock: test.effects.now, random: test.effects.random) { _, _ in
      var change = SnapshotChange(.append)
      change.added = [file]
      return .proceed(change)
    }
    .table
  }

  /// Names of other days, a field that is not mapped, and no field `y`.
  private static func parquet() throws -> [UInt8] {
    let fields = [
      ParquetField("key", .int64, isRequired: true), ParquetField("unmapped", .int64),
      ParquetField("pt", .group([ParquetField("east", .float)])),
      ParquetField("tags", .list(element: ParquetField("element", .group([ParquetField("name", .string)])))),
      ParquetField(
        "sizes",
        .map(
          key: ParquetField("key", .string, isRequired: true),
          value: ParquetField("value", .group([ParquetField("w", .int32)])))),
    ]
    var writer = try ParquetWriter(schema: ParquetSchema(fields: fields))
    let names = Column.structure(
      StructColumn(columns: [.binary(BinaryColumn(["a", "b", nil]))], count: 3, validity: nil))
    let widths = Column.structure(StructColumn(columns: [.int32(PrimitiveColumn([4, 5]))], count: 2, validity: nil))
    try writer.write([
      .int64(PrimitiveColumn([1, 2])), .int64(PrimitiveColumn([8, 9])),
      .structure(StructColumn(columns: [.float(PrimitiveColumn([0.5, 1.5]))], count: 2, validity: nil)),
      .list(ListColumn(offsets: [0, 1, 3], elements: names, validity: nil)),
      .map(MapColumn(offsets: [0, 2, 2], keys: .binary(BinaryColumn(["k", "l"])), values: widths, validity: nil)),
    ])
    _ = try writer.finish()
    var bytes: [UInt8] = []
    try writer.drain { bytes += $0 }
    return bytes
  }

  private static func avro() throws -> [UInt8] {
    let schema = #"""
      {"type":"record","name":"r","fields":[{"name":"key","type":"long"},{"name":"unmapped","type":"long"},
      {"name":"pt","type":["null",{"type":"record","name":"p","fields":[{"name":"east","type":"float"}]}]},
      {"name":"tags","type":{"type":"array","items":{"type":"record","name":"t","fields":[{"name":"name","type":["null","string"]}]}}},
      {"name":"sizes","type":{"type":"map","values":{"type":"record","name":"s","fields":[{"name":"w","type":"int"}]}}}]}
      """#
    var writer = try AvroFileWriter(
      schema: AvroSchema(parsing: Array(schema.utf8)), codec: .null, sync: [UInt8](0..<16))
    func tag(_ text: String?) -> AvroValue { .record([text.map { .union(1, .string($0)) } ?? .union(0, .null)]) }
    try writer.append(
      .record([
        .long(1), .long(8), .union(1, .record([.float(0.5)])), .array([tag("a")]),
        .map([.init(key: "k", value: .record([.int(4)])), .init(key: "l", value: .record([.int(5)]))]),
      ]))
    try writer.append(
      .record([.long(2), .long(9), .union(1, .record([.float(1.5)])), .array([tag("b"), tag(nil)]), .map([])]))
    return try writer.finish()
  }

  @Test(arguments: [FileFormat.parquet, .avro]) func nestedNamesAreMapped(format: FileFormat) throws {
    let test = try TestCatalog()
    let bytes = try format == .avro ? Self.avro() : Self.parquet()
    let table = try Self.adding(bytes, format, to: Self.table(test), test)
    let rows = try table.rows()
    #expect(
      RowText(rows.schema.fields).lines(rows) == [
        "1|{x:0.5,y:null}|[{label:a}]|<k={w:4},l={w:5}>", "2|{x:1.5,y:null}|[{label:b},{label:null}]|<>",
      ])
    #expect(try table.ids(.greater("point.x", .double(1))) == [2], "filters too go by the mapping")
    #expect(try table.ids(.isNull("point.y")) == [1, 2])
  }

  @Test(arguments: [FileFormat.parquet, .avro]) func withoutAMappingTheyAreRefused(format: FileFormat) throws {
    let test = try TestCatalog()
    let bytes = try format == .avro ? Self.avro() : Self.parquet()
    let table = try Self.adding(bytes, format, to: Self.table(test, mapping: nil), test)
    let failure = #expect(throws: Failure.self) { try table.rows() }
    #expect(failure?.kind == .unsupported && failure?.description.contains("no name mapping") == true)
  }

  @Test(arguments: ["", "{}", "[1]", #"[{"field-id":"x","names":["id"]}]"#, #"[{"field-id":1}]"#])
  func aMappingThatIsNoneIsNamed(mapping: String) throws {
    let test = try TestCatalog()
    let table = try Self.adding(Self.parquet(), .parquet, to: Self.table(test, mapping: mapping), test)
    let failure = #expect(throws: Failure.self) { try table.rows() }
    #expect(failure?.kind == .malformedInput)
    #expect(failure?.description.contains("schema.name-mapping.default") == true, "\(failure?.description ?? "")")
  }
}
