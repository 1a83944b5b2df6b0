import Avro
import Failures
import JSON
import Testing

struct SchemaTests {
  @Test
  func keepsUnknownAttributes() throws {
    let schema = try SampleFile.schema()
    let root = schema[schema.root]
    #expect(root.name == "ns.All")
    #expect(root.attributes.keys == ["extra"])
    #expect(root.fields.map(\.fieldID) == [nil, 1, 2, 3, nil, nil, nil, 9, nil, nil, nil, nil, nil])
    let large = schema[root.fields[3].type]
    #expect(large.logicalType == "timestamp-micros")
    #expect(large.attributes["adjust-to-utc"] == true)
    #expect(schema[root.fields[10].type].attributes["element-id"] == 7)
    #expect(root.fields[7].defaultValue == .some(.null))
    #expect(root.fields[6].defaultValue == nil)
    #expect(schema.json["extra"]?["kept"] == 1)
  }

  @Test
  func resolvesNames() throws {
    let schema = try SampleFile.schema()
    let fields = schema[schema.root].fields
    #expect(schema.unwrappingOptional(fields[12].type) == schema.root)
    guard case .union(let branches) = schema[fields[9].type].kind else {
      Issue.record("no union")
      return
    }
    #expect(schema.isNull(branches[0]))
    #expect(branches[1] == fields[8].type)
    #expect(schema[branches[2]].name == "ns.Hash")
    let other = try AvroSchema([
      "type": "record", "name": "R", "namespace": "a.b",
      "fields": [
        ["name": "x", "type": ["type": "fixed", "name": "c.F", "size": 1]],
        ["name": "y", "type": "c.F"],
        ["name": "z", "type": ["null", "a.b.R"]],
      ],
    ])
    #expect(other[other.root].name == "a.b.R")
    #expect(other[other.root].fields[0].type == other[other.root].fields[1].type)
  }

  static let malformed: [String] = [
    "", "1", "\"nope\"", "[]", "{}", "[[\"null\"]]", #"{"type":"record"}"#, #"{"type":"record","name":"a"}"#,
    #"{"type":"record","name":"","fields":[]}"#, #"{"type":"record","name":"a","fields":[1]}"#,
    #"{"type":"record","name":"a","fields":[{"name":"x"}]}"#, #"{"type":"array"}"#, #"{"type":"map"}"#,
    #"{"type":"record","name":"a","fields":[{"type":"int"}]}"#, #"{"type":"fixed","name":"f"}"#,
    #"{"type":"fixed","name":"f","size":-1}"#, #"{"type":"fixed","name":"int","size":1}"#,
    #"{"type":"enum","name":"e","symbols":[1]}"#, #"{"type":"enum","name":"e"}"#, #"{"type":"decimal"}"#,
    #"["null",{"type":"fixed","name":"f","size":1},{"type":"fixed","name":"f","size":1}]"#,
  ]

  @Test(arguments: malformed)
  func refuses(text: String) {
    let failure = #expect(throws: Failure.self) { try AvroSchema(parsing: Array(text.utf8)) }
    #expect(failure?.kind == .malformedInput)
  }
}
