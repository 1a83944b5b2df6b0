import JSON
import Testing

struct WriterTests {
  @Test
  func escapesWhatMustBeEscaped() {
    let value: JSONValue = .string("\"\\/\u{8}\u{9}\n\u{c}\r\u{0}\u{1f}\u{7f}é\u{2028}😀")
    #expect(value.description == #""\"\\/\b\t\n\f\r\u0000\u001f"# + "\u{7f}é\u{2028}😀\"")
  }

  @Test
  func laysOutPretty() {
    let value: JSONValue = ["a": [1, [], ["b": nil]], "c": [:]]
    let expected = """
      {
        "a": [
          1,
          [],
          {
            "b": null
          }
        ],
        "c": {}
      }
      """
    #expect(String(decoding: value.serialized(.pretty), as: UTF8.self) == expected)
    #expect(value.description == #"{"a":[1,[],{"b":null}],"c":{}}"#)
  }

  @Test
  func writesStepByStep() throws {
    var writer = JSONWriter()
    writer.beginArray()
    writer.bool(true)
    writer.null()
    writer.beginObject()
    writer.key("k")
    writer.number(try #require(JSONNumber(0.1)))
    writer.key("l")
    writer.string("v")
    writer.endObject()
    writer.integer(.min)
    writer.endArray()
    #expect(String(decoding: writer.finish(), as: UTF8.self) == #"[true,null,{"k":0.1,"l":"v"},-9223372036854775808]"#)
  }
}
