import Columns
import Glibc
import RecentChange
import Testing

private let lenient = RecentChangeParser.Options(acceptedSchemas: ["/mediawiki/recentchange/1.", "converted/"])

@Suite struct RecordedEventTests {
  @Test(arguments: zip(RecordedEvents.files, [11_987, 2_387, 217, 39_244]))
  func parseWithoutLoss(file: String, count: Int) throws {
    guard let events = RecordedEvents.lines(file) else { return }
    let batch = try RecentChangeParser(lenient).parse(events)
    #expect(batch.columns.rowCount == count)
    #expect(batch.failures.isEmpty)
    for name in ["meta_id", "type", "title", "user", "wiki", "comment"] {
      #expect(try batch.columns.binaries(name).nullCount == 0)
    }
    for name in ["meta_dt", "timestamp"] { #expect(try batch.columns.int64s(name).nullCount == 0) }
    #expect(try batch.columns.int32s("namespace").nullCount == 0)
  }

  @Test func theRecordedStreamIsParsed() throws {
    guard let lines = RecordedEvents.lines("recentchange-2021-08-27-1949.sse.gz") else { return }
    let mark = Array("data: ".utf8)
    var events = BinaryColumn()
    for row in 0..<lines.count {
      if let line = lines[row], line.starts(with: mark) { events.append(line.dropFirst(mark.count)) }
    }
    // The recording ends in the middle of an event.
    let batch = try RecentChangeParser().parse(events)
    #expect(batch.columns.rowCount >= 1_949)
    #expect(batch.failures.filter { $0.row < 1_949 }.isEmpty)
    #expect(try batch.columns.binaries("log_params").nullCount < 1_949 - 80)
  }

  @Test func theStrictDefaultRefusesTheConvertedFile() throws {
    guard let events = RecordedEvents.lines("day-2015-09-12-39244-converted.jsonl.gz") else { return }
    let batch = try RecentChangeParser().parse(events, rows: 0..<100)
    #expect(
      batch.failures.map(\.reason) == [String](repeating: "unsupported $schema converted/druid-wikiticker", count: 100))
  }

  /// Every column of every event as Python's own json and datetime read it.
  @Test(arguments: RecordedEvents.files)
  func agreesWithPython(file: String) throws {
    guard let python = getenv("WIKIGUARD_PYTHON").map({ String(cString: $0) }) else {
      print("skipped: WIKIGUARD_PYTHON is not set")
      return
    }
    guard let events = RecordedEvents.lines(file) else { return }
    let columns = try RecentChangeParser(lenient).parse(events).columns
    let rendered = rendering(columns)
    let path = "/tmp/recentchange-\(getpid())-\(file).txt"
    let target = try #require(fopen(path, "wb"))
    defer { unlink(path) }
    #expect(fwrite(rendered, 1, rendered.count, target) == rendered.count)
    fclose(target)
    let command = "'\(python)' - '\(RecordedEvents.path(file))' '\(path)' <<'END'\n\(script)\nEND\n"
    #expect(system(command) == 0)
  }

  /// Values of a row ended by U+001F, null as U+001A, rows ended by U+001E.
  private func rendering(_ batch: ColumnBatch) -> [UInt8] {
    var output: [UInt8] = []
    for row in 0..<batch.rowCount {
      for column in batch.columns {
        let value: [UInt8]? =
          switch column {
          case .bool(let values): values[row].map { Array("\($0 ? "True" : "False")".utf8) }
          case .int32(let values): values[row].map { Array("\($0)".utf8) }
          case .int64(let values): values[row].map { Array("\($0)".utf8) }
          case .binary(let values): values[row].map { Array($0) }
          default: nil
          }
        output += value ?? [0x1a]
        output.append(0x1f)
      }
      output.append(0x1e)
    }
    return output
  }

  private let script = #"""
    import gzip, json, sys
    from datetime import datetime, timezone
    source, rendered = sys.argv[1:]
    lines = (gzip.open if source.endswith(".gz") else open)(source, "rb").read().split(b"\n")
    rows = open(rendered, "rb").read().split(b"\x1e")[:-1]
    def micros(text):
        if text is None: return None
        delta = datetime.fromisoformat(text.replace("Z", "+00:00")) - datetime(1970, 1, 1, tzinfo=timezone.utc)
        return (delta.days * 86400 + delta.seconds) * 1000000 + delta.microseconds
    names = ("m.id m.dt m.domain m.request_id m.stream id type namespace title title_url comment timestamp user bot minor patrolled "
      "wiki server_url server_name notify_url length.old length.new revision.old revision.new log_id log_type log_action "
      "log_params ingest").split()
    def field(event, name):
        if name == "m.dt": return micros(event.get("meta", {}).get("dt"))
        if name == "ingest": return None
        first, _, second = name.partition(".")
        first = "meta" if first == "m" else first
        return (event.get(first) or {}).get(second) if second else event.get(first)
    lines = [line for line in lines if line]
    assert len(lines) == len(rows), (len(lines), len(rows))
    wrong = 0
    for number, (line, row) in enumerate(zip(lines, rows)):
        try: event = json.loads(line)
        except ValueError: event = {}
        values = row.split(b"\x1f")[:-1]
        assert len(values) == len(names)
        for name, got in zip(names, values):
            want = field(event, name)
            if name == "log_params" and got != b"\x1a": same = json.loads(got) == want
            else: same = got == (b"\x1a" if want is None else str(want).encode())
            if not same:
                wrong += 1
                print("line", number, name, "python", want, "parsed", got)
    sys.exit(1 if wrong or len(rows) < 200 else 0)
    """#
}

@Suite struct MessyCaseTests {
  /// The odd events and what each shows; every one is parsed without a failure, since odd is not wrong.
  @Test func everyMessyCaseIsARow() throws {
    guard let lines = RecordedEvents.lines("messy-cases.jsonl") else { return }
    var cases: [String] = []
    var events = BinaryColumn()
    for row in 0..<lines.count {
      let line = try #require(lines.string(row))
      let (name, event) = try #require(split(line))
      cases.append(name)
      events.append(event)
    }
    #expect(cases.count == 54)
    let batch = try RecentChangeParser().parse(events)
    #expect(batch.failures.isEmpty)
    for (row, name) in cases.enumerated() { try check(name, row, batch.columns) }
  }

  /// The text of `case` and of `event`, which comes last or first in the line.
  private func split(_ line: String) -> (String, String)? {
    guard let nameStart = line.range("\"case\": \"") ?? line.range("\"case\":\""),
      let eventStart = line.range("\"event\": ") ?? line.range("\"event\":")
    else { return nil }
    let name = String(line[nameStart.upperBound...].prefix { $0 != "\"" })
    return (name, String(line[eventStart.upperBound...].dropLast()))
  }

  private func check(_ name: String, _ row: Int, _ columns: ColumnBatch) throws {
    let type = try columns.binaries("type").string(row)
    switch name {
    case let name where name.hasPrefix("no meta at all"):
      #expect(try columns.binaries("meta_id").isValid(row) == false)
      #expect(try columns.int64s("meta_dt")[row] == nil)
    case let name where name.hasPrefix("new page"):
      #expect(try columns.int32s("length_old")[row] == nil)
      #expect(try columns.int32s("length_new")[row] != nil)
    case let name where name.hasPrefix("edit without patrolled"):
      #expect(try columns.bools("patrolled")[row] == nil)
    case let name where name.hasPrefix("type \"142\"") || name.hasPrefix("type \\"):
      #expect(type == "142")
    case "negative namespace":
      #expect(try #require(columns.int32s("namespace")[row]) < 0)
    case "empty comment":
      #expect(try columns.binaries("comment").string(row) == "")
    case let name where name.hasPrefix("log_params is a list"):
      #expect(try #require(columns.binaries("log_params").string(row)).hasPrefix("["))
    case let name where name.hasPrefix("log_params is an object"):
      #expect(try #require(columns.binaries("log_params").string(row)).hasPrefix("{"))
    case let name where name.hasPrefix("abusefilter hit"):
      #expect(try columns.int64s("log_id")[row] == 0)
      #expect(try columns.int64s("wikimedia_id")[row] == nil)
    case let name where name.hasPrefix("log event without id") || name.hasPrefix("explicit null id"):
      #expect(type == "log")
      #expect(try columns.int64s("wikimedia_id")[row] == nil)
    case "temporary account":
      #expect(try #require(columns.binaries("user").string(row)).hasPrefix("~2"))
    case let name where name.hasPrefix("page blanked"):
      #expect(try columns.int32s("length_new")[row] == 0)
    default:
      #expect(type != nil)
    }
  }
}

extension String {
  fileprivate func range(_ text: String) -> Range<String.Index>? {
    var position = startIndex
    while position < endIndex {
      if self[position...].hasPrefix(text) { return position..<index(position, offsetBy: text.count) }
      position = index(after: position)
    }
    return nil
  }
}
