import Columns
import Failures
import RecentChange
import Testing

/// One edit with every field that an edit has.
let edit = #"""
  {"$schema":"/mediawiki/recentchange/1.0.0","meta":{"uri":"https://de.wikipedia.org/wiki/M%C3%BCnchen","request_id":"r-1",
  "id":"28cc884b-3d9e-4bef-8df9-41e5579432ed","domain":"de.wikipedia.org","stream":"mediawiki.recentchange",
  "dt":"2026-01-28T21:42:14.439Z","topic":"t","partition":0,"offset":1933622939},"id":3172911011,"type":"edit","namespace":-1,
  "title":"M\u00fcnchen \ud83d\ude00","title_url":"https://de.wikipedia.org/wiki/M","comment":"/* \"Alt\" */","timestamp":1769636533,
  "user":"~2026-12345-67","bot":false,"notify_url":"https://de.wikipedia.org/w/index.php?diff=2","minor":true,"patrolled":false,
  "length":{"old":5780,"new":8589},"revision":{"old":957597918,"new":1155468783},"server_url":"https://de.wikipedia.org",
  "server_name":"de.wikipedia.org","server_script_path":"/w","wiki":"dewiki","parsedcomment":"<b>x</b>",
  "_metadata":{"ingestion_timestamp":"2026-01-28T21:42:15.000001Z"}}
  """#

func parse(_ events: [String?], _ options: RecentChangeParser.Options = .init()) throws -> RecentChangeBatch {
  try RecentChangeParser(options).parse(BinaryColumn(events))
}

func reasons(_ event: String) throws -> [String] { try parse([event]).failures.flatMap(\.reasons) }

@Suite struct ParserTests {
  @Test func fillsEveryColumnOfAnEdit() throws {
    let batch = try parse([edit])
    #expect(batch.failures.isEmpty)
    let columns = batch.columns
    #expect(columns.schema == RecentChangeSchema.columns)
    let strings = [
      "meta_id": "28cc884b-3d9e-4bef-8df9-41e5579432ed", "meta_domain": "de.wikipedia.org", "request_id": "r-1",
      "stream": "mediawiki.recentchange", "type": "edit", "title": "München 😀",
      "title_url": "https://de.wikipedia.org/wiki/M", "comment": #"/* "Alt" */"#, "user": "~2026-12345-67",
      "wiki": "dewiki", "server_url": "https://de.wikipedia.org", "server_name": "de.wikipedia.org",
      "notify_url": "https://de.wikipedia.org/w/index.php?diff=2",
    ]
    for (name, value) in strings { #expect(try columns.binaries(name).string(0) == value) }
    let longs: [String: Int64] = [
      "meta_dt": 1_769_636_534_439_000, "wikimedia_id": 3_172_911_011, "timestamp": 1_769_636_533,
      "revision_old": 957_597_918, "revision_new": 1_155_468_783, "ingest_time": 1_769_636_535_000_001,
    ]
    for (name, value) in longs { #expect(try columns.int64s(name)[0] == value) }
    for (name, value) in ["namespace": -1, "length_old": 5780, "length_new": 8589] as [String: Int32] {
      #expect(try columns.int32s(name)[0] == value)
    }
    for (name, value) in ["bot": false, "minor": true, "patrolled": false] {
      #expect(try columns.bools(name)[0] == value)
    }
    for name in ["log_type", "log_action", "log_params"] { #expect(try columns.binaries(name)[0] == nil) }
    #expect(try columns.int64s("log_id")[0] == nil)
  }

  @Test func absentAndNullAreNullWithoutAReason() throws {
    let batch = try parse(["{}", #"{"id":null,"length":{"old":null},"log_params":null,"meta":null,"bot":null}"#])
    #expect(batch.failures.isEmpty)
    for column in batch.columns.columns { #expect(column.validity == [false, false]) }
  }

  @Test(arguments: [
    (#"{"b":[1, {"x":"}"}] , "a":2}"#, #"{"b":[1, {"x":"}"}] , "a":2}"#), ("[]", "[]"),
    (#"["a\"]",1]"#, #"["a\"]",1]"#),
    (#""scalar""#, #""scalar""#), ("1.50", "1.50"), ("true ", "true"),
  ])
  func keepsLogParamsAsTheyStand(params: String, kept: String) throws {
    for event in [#"{"log_params":\#(params)}"#, #" { "x" : {"log_params":1} , "log_params" : \#(params) , "y":1}"#] {
      #expect(try parse([event]).columns.binaries("log_params").string(0) == kept)
    }
  }

  @Test func readsAnEscapedKey() throws {
    let columns = try parse([#"{"log\u005fparams":{"a": 1},"\u0074itle":"T"}"#]).columns
    #expect(try columns.binaries("log_params").string(0) == #"{"a":1}"#)
    #expect(try columns.binaries("title").string(0) == "T")
  }

  @Test(arguments: [
    (#"{"namespace":"0"}"#, "field namespace: expected integer, found string"),
    (#"{"namespace":1.0}"#, "field namespace: expected integer, found number"),
    (#"{"namespace":true}"#, "field namespace: expected integer, found boolean"),
    (#"{"namespace":2147483648}"#, "field namespace: out of range for 32 bits"),
    (#"{"id":9223372036854775808}"#, "field id: out of range for 64 bits"),
    (#"{"bot":1}"#, "field bot: expected boolean, found integer"),
    (#"{"bot":"false"}"#, "field bot: expected boolean, found string"),
    (#"{"title":["a"]}"#, "field title: expected string, found array"),
    (#"{"type":142}"#, "field type: expected string, found integer"),
    (#"{"length":[]}"#, "field length: expected object, found array"),
    (#"{"length":{"old":"1"}}"#, "field length.old: expected integer, found string"),
    (#"{"revision":7}"#, "field revision: expected object, found integer"),
    (#"{"meta":"x"}"#, "field meta: expected object, found string"),
    (#"{"meta":{"id":7}}"#, "field meta.id: expected string, found integer"),
    (#"{"meta":{"dt":1769636533}}"#, "field meta.dt: expected string, found integer"),
    (#"{"meta":{"dt":"yesterday"}}"#, "field meta.dt: not an ISO 8601 time"),
    (#"{"title":"a","title":"b"}"#, "field title: appears more than once"),
    (#"{"title":"a\u0000b"}"#, "field title: holds U+0000"),
    (#"{"$schema":"/mediawiki/recentchange/2.0.0"}"#, "unsupported $schema /mediawiki/recentchange/2.0.0"),
    (#"{"$schema":"/mediawiki/page/create/1.0.0"}"#, "unsupported $schema /mediawiki/page/create/1.0.0"),
    (#"{"$schema":1}"#, "field $schema: expected string, found integer"),
    (#"{"_metadata":[]}"#, "field _metadata: expected object, found array"),
  ])
  func namesWhatItCannotRead(event: String, reason: String) throws {
    let batch = try parse([event])
    #expect(batch.failures == [RecentChangeFailure(row: 0, reasons: [reason], kind: .fields)])
  }

  @Test func listsEveryReasonOfARowAndKeepsItsOtherFields() throws {
    let batch = try parse([edit, #"{"title":"T\u0000","bot":1,"namespace":"x","user":"U"}"#, edit])
    #expect(batch.failures.count == 1)
    #expect(batch.failures[0].row == 1)
    #expect(
      batch.failures[0].reasons == [
        "field bot: expected boolean, found integer", "field namespace: expected integer, found string",
        "field title: holds U+0000",
      ])
    #expect(try batch.columns.binaries("user").string(1) == "U")
    #expect(try batch.columns.int32s("namespace")[1] == nil)
  }

  @Test(arguments: [
    "", " ", "{", #"{"a":1"#, #"{"a":1}}"#, #"{"a":1} {"a":1}"#, #"{"a":tru}"#, #"{"a":1,}"#, #"{"a" 1}"#, #"{'a':1}"#,
    #"{"title":"\ud800"}"#, #"{"title":"\ud800\u0041"}"#, #"{"a":"\x"}"#, #"{"a":01}"#, #"{"a":1e999}"#,
    #"{"a":123456789012345678901234567890}"#, "{\"a\":\"\u{0}\"}", "\u{0}", "{\"a\":\"\n\"}", "\u{feff}{}",
    "nothing", #"{"unknown":[1 2]}"#,
  ])
  func malformedEventsAreRowsOfNulls(event: String) throws {
    let batch = try parse([edit, event, edit])
    #expect(batch.failures.map(\.row) == [1])
    #expect(batch.failures.filter { $0.isMalformed && $0.reason.hasPrefix("malformed JSON: ") }.count == 1)
    for column in batch.columns.columns { #expect(!column.isValid(1)) }
    #expect(try batch.columns.binaries("title").string(2) == "München 😀")
  }

  @Test(arguments: [("[]", "array"), ("null", "null"), ("1", "integer"), (#""a""#, "string"), ("1.5", "number")])
  func anEventIsAnObject(event: String, found: String) throws {
    let failure = try #require(try parse([event]).failures.first)
    #expect(failure.kind == .notAnObject)
    #expect(failure.reason == "expected a JSON object, found \(found)")
  }

  @Test func illFormedTextIsMalformed() throws {
    for bytes: [UInt8] in [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0x80], [0xf5, 0x80, 0x80, 0x80]] {
      var column = BinaryColumn()
      column.append((Array(#"{"title":""#.utf8) + bytes + Array(#""}"#.utf8))[...])
      let batch = try RecentChangeParser().parse(column)
      #expect(batch.failures.map(\.isMalformed) == [true])
    }
  }

  @Test func limitsLengthAndDepth() throws {
    let long = #"{"title":"\#(String(repeating: "x", count: 20_000_000))"}"#
    let deep = #"{"a":\#(String(repeating: "[", count: 500_000))"#
    let nested = #"{"a":\#(String(repeating: "[", count: 200))\#(String(repeating: "]", count: 200))}"#
    let batch = try parse([long, deep, nested, edit])
    #expect(batch.failures.map(\.row) == [0, 1, 2])
    #expect(batch.failures.filter(\.isMalformed).count == 3)
    #expect(batch.failures.map(\.kind) == [.tooLong, .notJSON, .notJSON])
    #expect(batch.failures[0].reason == "longer than the limit of a record")
    #expect(try batch.columns.binaries("wiki").string(3) == "dewiki")
    let lenient = try parse([nested], .init(maximumDepth: 300))
    #expect(lenient.failures.isEmpty)
  }

  @Test func aNullRowIsMalformed() throws {
    let batch = try parse([nil, edit])
    #expect(batch.failures.map(\.row) == [0])
    #expect(batch.columns.rowCount == 2)
  }

  @Test func acceptsOtherSchemasWhenTold() throws {
    let event = #"{"$schema":"converted/druid","title":"T"}"#
    let refused = try parse([event])
    #expect(refused.failures.map(\.reason) == ["unsupported $schema converted/druid"])
    let options = RecentChangeParser.Options(acceptedSchemas: ["/mediawiki/recentchange/1.", "converted/"])
    let accepted = try parse([event, edit], options)
    #expect(accepted.failures.isEmpty)
  }

  @Test func parsesARangeOfRows() throws {
    let events = BinaryColumn((0..<10).map { #"{"id":\#($0),"title":"t\#($0)"}"# })
    let batch = try RecentChangeParser().parse(events, rows: 3..<6)
    #expect(try batch.columns.int64s("wikimedia_id").values == [3, 4, 5])
    #expect(try batch.columns.binaries("title").string(2) == "t5")
    #expect(try RecentChangeParser().parse(events, rows: 4..<4).columns.rowCount == 0)
    #expect(throws: Failure.self) { try RecentChangeParser().parse(events, rows: 3..<11) }
  }

  @Test func slicesGiveTheSameBatch() throws {
    let events = (0..<2_000).map {
      $0 % 7 == 0 ? #"{"bot":\#($0)}"# : $0 % 5 == 0 ? "bad" : #"{"id":\#($0),"title":"t\#($0)"}"#
    }
    let one = try parse(events)
    let three = try parse(events, .init(threads: 3))
    #expect(one.columns == three.columns)
    #expect(one.failures == three.failures)
    #expect(one.failures.count > 500)
  }

  @Test func anEmptyBatchHasNoRows() throws {
    let batch = try RecentChangeParser().parse(BinaryColumn())
    #expect(batch.columns.rowCount == 0)
    #expect(batch.failures.isEmpty)
  }
}
