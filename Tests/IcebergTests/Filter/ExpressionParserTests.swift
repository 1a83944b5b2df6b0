import Failures
import Hashing
import Iceberg
import Testing

/// Filters in words.
@Suite struct ExpressionParserTests {
  static let schema: Result<Schema, any Error> = Result {
    let point = StructType([
      NestedField(id: 20, name: "x", type: .double), NestedField(id: 21, name: "and", type: .boolean),
    ])
    return try Schema(fields: [
      NestedField(id: 1, name: "i", type: .int), NestedField(id: 2, name: "l", type: .long),
      NestedField(id: 3, name: "f", type: .float), NestedField(id: 4, name: "s", type: .string),
      NestedField(id: 5, name: "flag", type: .boolean), NestedField(id: 6, name: "day", type: .date),
      NestedField(id: 7, name: "ts", type: .timestamptz), NestedField(id: 8, name: "point", type: .structure(point)),
      NestedField(id: 9, name: "price", type: .primitive(.decimal(precision: 6, scale: 2))),
      NestedField(id: 10, name: "raw", type: .binary), NestedField(id: 11, name: "größe", type: .long),
      NestedField(id: 12, name: "odd \"name\"", type: .long), NestedField(id: 13, name: "in", type: .long),
      NestedField(id: 14, name: "tags", type: .list(ListType(elementID: 22, element: .string))),
    ])
  }

  static let cases: [(String, Expression)] = [
    ("i = 5", .equal("i", .int(5))), ("i==-5", .equal("i", .int(-5))), ("i <> +5", .notEqual("i", .int(5))),
    ("i != 5", .notEqual("i", .int(5))), ("l<5", .less("l", .long(5))), ("l <= 5", .lessOrEqual("l", .long(5))),
    ("l > 5", .greater("l", .long(5))), ("l >= 5", .greaterOrEqual("l", .long(5))),
    ("i < 3000000000", .less("i", .long(3_000_000_000))), ("f = 0.1", .equal("f", .float(0.1))),
    ("f > -1.5e3", .greater("f", .float(-1500))), ("f = NaN", .equal("f", .float(.nan))),
    ("f < 'Infinity'", .less("f", .float(.infinity))), ("point.x = .5", .equal("point.x", .double(0.5))),
    ("s = 'it''s'", .equal("s", .text("it's"))), ("s = ''", .equal("s", .text(""))), ("s='é'", .equal("s", .text("é"))),
    ("day = '2024-02-29'", .equal("day", .date(19_782))),
    ("ts >= '1970-01-01T00:00:01Z'", .greaterOrEqual("ts", .timestamptz(1_000_000))),
    ("price = 1.5", .equal("price", .decimal(150))), ("price < '12'", .less("price", .decimal(1200))),
    ("raw = '00Ff'", .equal("raw", .binary([0, 255]))), ("flag", .equal("flag", .boolean(true))),
    ("not flag", .not(.equal("flag", .boolean(true)))), ("flag = false", .equal("flag", .boolean(false))),
    ("point.\"and\"", .equal("point.and", .boolean(true))), ("größe = 1", .equal("größe", .long(1))),
    ("\"odd \"\"name\"\"\" = 1", .equal("odd \"name\"", .long(1))), ("`in` in (1)", .isIn("in", [.long(1)])),
    ("i IN (1, 2 ,3)", .isIn("i", [.int(1), .int(2), .int(3)])),
    ("s not in ('a')", .not(.isIn("s", [.text("a")]))), ("tags is null", .isNull("tags")),
    ("tags IS NOT NULL", .notNull("tags")), ("s LIKE 'a%'", .startsWith("s", Array("a".utf8))),
    ("s LIKE 'a'", .equal("s", .text("a"))), ("s LIKE '%'", .startsWith("s", [])),
    ("s like 'a\\%\\_\\\\%'", .startsWith("s", Array("a%_\\".utf8))),
    ("s NOT LIKE 'a%'", .not(.startsWith("s", Array("a".utf8)))),
    ("i BETWEEN 1 AND 2", .and([.greaterOrEqual("i", .int(1)), .lessOrEqual("i", .int(2))])),
    ("i not between 1 and 2", .not(.and([.greaterOrEqual("i", .int(1)), .lessOrEqual("i", .int(2))]))),
    ("true", .alwaysTrue), ("FALSE", .alwaysFalse), ("(((i = 1)))", .equal("i", .int(1))),
    ("i = 1 or i = 2 and i = 3", .or([.equal("i", .int(1)), .and([.equal("i", .int(2)), .equal("i", .int(3))])])),
    ("(i = 1 or i = 2) and i = 3", .and([.or([.equal("i", .int(1)), .equal("i", .int(2))]), .equal("i", .int(3))])),
    ("not i = 1 and flag", .and([.not(.equal("i", .int(1))), .equal("flag", .boolean(true))])),
    ("NOT NOT (i=1)", .not(.not(.equal("i", .int(1))))), (" \n i\t= 1 ", .equal("i", .int(1))),
    (
      "i between 1 and 2 and l = 3",
      .and([
        .and([.greaterOrEqual("i", .int(1)), .lessOrEqual("i", .int(2))]), .equal("l", .long(3)),
      ])
    ),
  ]

  @Test(arguments: cases.indices) func expressions(position: Int) throws {
    let (text, expected) = Self.cases[position]
    let parsed = try Expression(parsing: text, schema: Self.schema.get())
    #expect("\(parsed)" == "\(expected)", "\(text)")
    _ = try parsed.bound(to: Self.schema.get())
  }

  @Test(arguments: [
    ("", 1, "column's name"), ("i", 1, "alone is no condition"), ("i = ", 5, "the end"), ("i = 1 2", 7, "2"),
    ("nope = 1", 1, "nope"), ("fla", 1, "did you mean \"flag\""), ("i = 'x'", 5, "no int"), ("i = 1.5", 5, "no int"),
    ("i = x", 5, "42"), ("s = 5", 5, "'text'"), ("s = 'a", 5, "closing '"), ("(i = 1", 7, ")"), ("i = 1)", 6, ")"),
    ("i in 1", 6, "("), ("i in (1", 8, ", or )"), ("i in ()", 7, ")"), ("i is 5", 6, "NULL"),
    ("i = null", 5, "IS NULL"),
    ("i in (1, null)", 10, "IS NULL"), ("i not 5", 7, "IN, LIKE"), ("and", 1, "column's name"),
    ("i = 1 and", 10, "the end"),
    ("s like 'a%b'", 8, "prefix"), ("s like '_a'", 8, "prefix"), ("s like 'a\\'", 8, "prefix"),
    ("i like 'a%'", 8, "LIKE"),
    ("i ; 1", 3, ";"), ("i - 1", 3, "number"), ("tags = 'a'", 8, "nested"), ("tags.element = 'a'", 1, "tags.element"),
    ("point = 1", 9, "nested"), ("day = '2023-02-29'", 7, "no date"), ("price = 1.234", 9, "no decimal"),
    ("price = 99999", 9, "no decimal"), ("raw = 'abc'", 7, "no binary"), ("l = 99999999999999999999", 5, "no long"),
    ("i between 1 or 2", 13, "AND"), ("é = 1", 1, "é"), ("s = 'é' ö", 9, "ö"), ("i == = 1", 6, "="),
    ("point. = 1", 8, "name"),
  ])
  func errorsNameTheCharacter(text: String, position: Int, words: String) throws {
    let schema = try Self.schema.get()
    let failure = #expect(throws: Failure.self) { try Expression(parsing: text, schema: schema) }
    #expect(failure?.kind == .invalidArgument)
    #expect(failure?.message.hasPrefix("at character \(position): ") == true, "\(failure?.message ?? "")")
    #expect(failure?.message.contains(words) == true, "\(failure?.message ?? "")")
  }

  @Test func depthIsLimited() throws {
    let schema = try Self.schema.get()
    func nested(_ depth: Int) -> String {
      String(repeating: "(", count: depth) + "i = 1" + String(repeating: ")", count: depth)
    }
    #expect(try Expression(parsing: nested(99), schema: schema) == .equal("i", .int(1)))
    for text in [nested(101), nested(100_000), String(repeating: "NOT ", count: 100_000) + "flag"] {
      #expect(#expect(throws: Failure.self) { try Expression(parsing: text, schema: schema) }?.kind == .limitExceeded)
    }
  }

  /// Whatever the text: an expression or a failure.
  @Test func anyTextIsParsedOrRefused() throws {
    let schema = try Self.schema.get()
    let pieces =
      Self.cases.flatMap { $0.0.split(separator: " ").map(String.init) } + ["'", "\"", "(", ")", "%", "\u{0}", "🇩🇪"]
    var generator = SplitMix64(seed: 3)
    for _ in 0..<3000 {
      let text = (0..<Int.random(in: 0..<9, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? ""
      }
      .joined(separator: Bool.random(using: &generator) ? " " : "")
      do {
        _ = try Expression(parsing: text, schema: schema).bound(to: schema)
      } catch let failure as Failure {
        #expect(failure.kind == .invalidArgument || failure.kind == .limitExceeded, "\(text): \(failure)")
      }
    }
  }
}
