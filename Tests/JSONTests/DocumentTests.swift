import Failures
import JSON
import Testing

struct DocumentTests {
  static let text = #"{ "id" : 7, "list" : [ 1 , "a\n" , {"x":[]} ] , "name":"\u00e9" , "big":12345678901234567890 }"#

  func document() throws -> JSONDocument { try JSONDocument(parsing: Array(Self.text.utf8)) }

  func source(_ node: JSONNode?) -> String? { node.map { String(decoding: $0.bytes, as: UTF8.self) } }

  @Test
  func givesTheSourceOfEachPart() throws {
    let root = try document().root
    #expect(source(root) == Self.text)
    #expect(source(root["list"]) == #"[ 1 , "a\n" , {"x":[]} ]"#)
    #expect(root["list"]?.elements.map { source($0) ?? "" } == ["1", #""a\n""#, #"{"x":[]}"#])
    #expect(source(root["name"]) == #""\u00e9""#)
    #expect(source(root["big"]) == "12345678901234567890")
    #expect(root.members.map(\.key) == ["id", "list", "name", "big"])
    #expect(root["list"]?.byteRange.lowerBound == 21)
  }

  @Test
  func answersWithoutMakingValues() throws {
    let root = try document().root
    #expect(root.isObject && root.count == 4 && !root.isArray && !root.isNull)
    #expect(root["id"]?.int64 == 7)
    #expect(root["id"]?.string == nil)
    #expect(root["name"]?.string == "é")
    #expect(root["big"]?.int64 == nil)
    #expect(root["list"]?.isArray == true && root["list"]?.count == 3)
    #expect(root["none"] == nil && root["id"]?["x"] == nil)
    #expect(root["id"]?.elements.isEmpty == true && root["id"]?.members.isEmpty == true)
    #expect(root["list"]?.elements[2]["x"]?.elements.isEmpty == true)
  }

  @Test
  func splicesUnchangedParts() throws {
    let root = try document().root
    var writer = JSONWriter()
    writer.beginObject()
    for member in root.members {
      writer.key(member.key)
      if member.key == "id" { writer.integer(8) } else { writer.splice(member.value.bytes) }
    }
    writer.endObject()
    let result = try JSONValue.parse(writer.finish())
    var expected = try JSONValue.parse(Self.text).object
    expected?["id"] = 8
    #expect(result.object == expected)
  }

  @Test
  func namesTheMemberThatIsWrong() throws {
    let text = #"{"s":"x","i":5,"big":5000000000,"n":null,"d":0.5,"b":true,"a":[],"o":{}}"#
    let object = try #require(try JSONValue.parse(text).object)
    #expect(try object.string("s") == "x")
    #expect(try object.int32("i") == 5 && object.int64("big") == 5_000_000_000)
    #expect(try object.double("d") == 0.5 && object.double("i") == 5)
    #expect(try object.bool("b") && object.array("a").isEmpty && object.object("o").isEmpty)
    #expect(try object.optionalString("n") == nil && object.optionalInt64("none") == nil)
    #expect(throws: Failure.self) { try object.string("none") }
    let failure = #expect(throws: Failure.self) { try object.int32("big") }
    #expect(failure?.message == "member \"big\" is an integer, not a 32-bit integer")
    #expect(throws: Failure.self) { try object.array("o") }
    #expect(throws: Failure.self) { try object.optionalBool("s") }
  }

  @Test
  func setsAndRemovesMembers() {
    var object: JSONObject = ["a": 1, "b": 2]
    object["a"] = "x"
    object["c"] = [true]
    object["b"] = nil
    object.append("a", 9)
    #expect(JSONValue.object(object).description == #"{"a":"x","c":[true],"a":9}"#)
    object["a"] = nil
    #expect(object.keys == ["c"])
    #expect(object.count == 1)
  }

  @Test
  func comparesBytesNotLooks() {
    #expect(JSONValue.string("e\u{301}") != .string("é"))
    let object: JSONObject = ["é": 1]
    #expect(object["e\u{301}"] == nil)
  }
}
