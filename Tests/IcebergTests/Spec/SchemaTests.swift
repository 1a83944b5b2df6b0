import Columns
import Failures
import Iceberg
import JSON
import Testing

@Suite struct SchemaTests {
  static let text = """
    {"type":"struct","schema-id":3,"identifier-field-ids":[1],"fields":[\
    {"id":1,"name":"id","required":true,"type":"long","doc":"key"},\
    {"id":2,"name":"price","required":false,"type":"decimal(9, 2)","x-unit":{"of":"money"}},\
    {"id":3,"name":"tags","required":false,"type":{"type":"list","element-id":4,"element":"string","element-required":true}},\
    {"id":5,"name":"where","required":false,"type":{"type":"struct","fields":[{"id":6,"name":"x","required":true,"type":"double"}]}},\
    {"id":7,"name":"m","required":false,"type":{"type":"map","key-id":8,"key":"fixed[4]","value-id":9,"value":"timestamp","value-required":false}}]}
    """

  @Test func roundTrip() throws {
    let json = try #require(try JSONValue.parse(Self.text).object)
    let schema = try Schema(json: json)
    #expect(schema.json.object?["fields"] == json["fields"], "unknown members of fields survive")
    #expect(schema.highestFieldID == 9)
    #expect(schema.path(of: 6) == "where.x")
    #expect(schema.path(of: 9) == "m.value")
    #expect(schema.isRepeated(4) && schema.isRepeated(8) && !schema.isRepeated(6))
    #expect(schema.field(named: "price")?.type == .primitive(.decimal(precision: 9, scale: 2)))
    #expect(try Schema(json: #require(schema.json.object)) == schema)
  }

  @Test(arguments: [
    #"{"type":"struct","fields":[{"id":1,"name":"a","required":true,"type":"int"},{"id":1,"name":"b","required":true,"type":"int"}]}"#,
    #"{"type":"struct","fields":[{"id":1,"name":"a","required":true,"type":"int"},{"id":2,"name":"a","required":true,"type":"int"}]}"#,
    #"{"type":"struct","fields":[{"id":1,"name":"a","type":"int"}]}"#,
    #"{"type":"struct","fields":[{"id":1,"name":"a","required":true,"type":"decimal(39, 0)"}]}"#,
    #"{"type":"struct","fields":[{"id":1,"name":"a","required":true,"type":"integer"}]}"#,
    #"{"type":"struct","fields":[{"id":1,"name":"a","required":true,"type":{"type":"set"}}]}"#,
    #"{"type":"struct","fields":[],"identifier-field-ids":[7]}"#, #"{"type":"list","fields":[]}"#,
  ]) func malformed(text: String) throws {
    let json = try #require(try JSONValue.parse(text).object)
    let failure = #expect(throws: Failure.self) { try Schema(json: json) }
    #expect(failure?.kind == .malformedInput)
  }

  @Test func laterTypesAreUnsupported() {
    for name in ["variant", "timestamptz_ns", "geometry(srid:4326)", "unknown"] {
      let failure = #expect(throws: Failure.self) { try PrimitiveType(parsing: name) }
      #expect(failure?.kind == .unsupported)
    }
  }

  @Test func freshIDsInJavasOrder() throws {
    let columns = ColumnSchema([
      ColumnField("a", .list(.string)), ColumnField("b", .long, isRequired: true), ColumnField("c", .timestamptz),
    ])
    let schema = try Schema(columns: columns)
    #expect(schema.fields.map(\.id) == [1, 2, 3])
    #expect(schema.fields[0].type == .list(ListType(elementID: 4, element: .string)))
    #expect(try schema.columnSchema() == columns)
    #expect(try schema.columnSchema(selecting: ["c", "a"]).fields.map(\.name) == ["c", "a"])
    #expect(throws: Failure.self) { try schema.columnSchema(selecting: ["z"]) }
  }

  @Test func assigningFreshIDs() throws {
    let json = try #require(try JSONValue.parse(Self.text).object)
    let fresh = try Schema(json: json).assigningFreshIDs()
    #expect(fresh.fields.map(\.id) == [1, 2, 3, 4, 5])
    #expect(fresh.highestFieldID == 9)
    #expect(fresh.identifierFieldIDs == [1])
    #expect(fresh.path(of: 7) == "where.x")
  }

  @Test func namesAreBytes() throws {
    // Two spellings of é, which Swift's == takes for one.
    let schema = try Schema(fields: [
      NestedField(id: 1, name: "\u{e9}", type: .int), NestedField(id: 2, name: "e\u{301}", type: .int),
    ])
    #expect(schema.field(named: "e\u{301}")?.id == 2)
    #expect(Literal.text("\u{e9}") != Literal.text("e\u{301}"))
  }

  @Test func promotions() {
    #expect(PrimitiveType.int.canPromote(to: .long) && PrimitiveType.float.canPromote(to: .double))
    #expect(PrimitiveType.decimal(precision: 5, scale: 2).canPromote(to: .decimal(precision: 9, scale: 2)))
    #expect(!PrimitiveType.decimal(precision: 5, scale: 2).canPromote(to: .decimal(precision: 9, scale: 3)))
    #expect(!PrimitiveType.long.canPromote(to: .int) && !PrimitiveType.timestamp.canPromote(to: .timestamptz))
  }
}
