import Columns
import Hashing
import RecentChange
import Testing

/// Events of every type, recorded ones where they are there.
private func samples(_ count: Int) -> [[UInt8]] {
  let log = #"{"meta":{"id":"x"},"type":"log","log_id":0,"log_params":{"a":["b",{"c":"}\"]"}]},"title":"\ud83d\ude00"}"#
  var events = [Array(edit.utf8), Array(log.utf8)]
  if let recorded = RecordedEvents.lines("recentchange-2024-08-22-2387-raw.jsonl.gz") {
    events += (0..<(count - 2)).compactMap { recorded[$0 * 11].map { Array($0) } }
  }
  return events
}

private func column(_ events: [[UInt8]]) -> BinaryColumn {
  var column = BinaryColumn()
  for event in events { column.append(event[...]) }
  return column
}

/// Whatever happens to the bytes of an event, it is a row, and a row of nulls where it is malformed; the other functions that see
/// it before it is checked give something or throw.
private func expectRows(_ events: [[UInt8]]) throws {
  let batch = try RecentChangeParser().parse(column(events))
  #expect(batch.columns.rowCount == events.count)
  for failure in batch.failures where failure.isMalformed {
    #expect(batch.columns.columns.filter { $0.isValid(failure.row) }.isEmpty)
  }
  let stamp = EventStamp(source: "test", version: "0")
  for event in events {
    var output: [UInt8] = []
    event.withUnsafeBytes { event in
      try? stamp.append(event, ingestionTime: 0, canonicalEntity: nil, to: &output)
      try? Retiming(shiftSeconds: 77).append(event, to: &output)
    }
  }
}

@Suite struct DamagedEventTests {
  @Test func truncatedAtEveryByte() throws {
    for event in samples(6) {
      let cuts = (0..<event.count).map { Array(event[..<$0]) }
      try expectRows(cuts)
      let failures = try RecentChangeParser().parse(column(cuts)).failures
      #expect(failures.filter(\.isMalformed).count == cuts.count)
    }
  }

  @Test func flippedBits() throws {
    var random = Xoshiro256StarStar(seed: 20_260_128)
    var damaged: [[UInt8]] = []
    for event in samples(200) {
      for _ in 0..<20 {
        var copy = event
        for _ in 0...random.next(below: 3) { copy[random.next(below: copy.count)] ^= 1 << UInt8(random.next(below: 8)) }
        damaged.append(copy)
      }
    }
    try expectRows(damaged)
  }

  @Test func replacedStructure() throws {
    var random = Xoshiro256StarStar(seed: 7)
    let pieces = ["{", "}", "[", "]", "\"", ":", ",", "\\", "null", "1e9", "\"meta\":", "\u{0}", "\\ud800", " "].map {
      Array($0.utf8)
    }
    var damaged: [[UInt8]] = []
    for event in samples(100) {
      for _ in 0..<10 {
        var copy = event
        let position = random.next(below: copy.count)
        let piece = pieces[random.next(below: pieces.count)]
        copy.replaceSubrange(position..<min(copy.count, position + random.next(below: 4)), with: piece)
        damaged.append(copy)
      }
    }
    try expectRows(damaged)
  }

  @Test func anEventDoesNotDependOnItsNeighbours() throws {
    var random = Xoshiro256StarStar(seed: 3)
    var events: [[UInt8]] = []
    for event in samples(60) {
      events.append(event)
      events.append(Array(event[..<random.next(below: event.count)]))
      events.append(Array(event[random.next(below: event.count)...]))
    }
    let together = try RecentChangeParser().parse(column(events))
    var failed = 0
    for (row, event) in events.enumerated() {
      let alone = try RecentChangeParser().parse(column([event]))
      let taken = try normalized(together.columns.gathering([row]))
      #expect(alone.columns == taken)
      #expect(alone.failures.map(\.reasons) == together.failures.filter { $0.row == row }.map(\.reasons))
      failed += alone.failures.count
    }
    #expect(failed >= events.count / 3)
  }

  /// Without validity where all rows are valid, as a batch of one has it.
  private func normalized(_ batch: ColumnBatch) throws -> ColumnBatch {
    let columns = batch.columns.map { column -> Column in
      guard column.validity == [true] else { return column }
      return switch column {
      case .bool(let values): .bool(PrimitiveColumn(values.values))
      case .int32(let values): .int32(PrimitiveColumn(values.values))
      case .int64(let values): .int64(PrimitiveColumn(values.values))
      case .binary(let values): .binary(BinaryColumn(offsets: values.offsets, bytes: values.bytes))
      case let other: other
      }
    }
    return try ColumnBatch(schema: batch.schema, columns: columns)
  }
}

@Suite struct EnvelopeTests {
  @Test func readsWhatIngestNeeds() throws {
    let canary =
      #"{"$schema":"/mediawiki/recentchange/1.0.0","meta":{"domain":"canary","dt":"2026-01-28T00:00:00Z","stream":"s"}}"#
    let events = BinaryColumn([edit, canary, "broken", #"{"bot":7,"title":7}"#])
    let envelopes = try RecentChangeParser().envelopes(events)
    #expect(envelopes.count == 4)
    #expect((0..<4).map { envelopes.isCanary($0) } == [false, true, false, false])
    #expect(envelopes.id.string(0) == "28cc884b-3d9e-4bef-8df9-41e5579432ed")
    #expect(envelopes.id.isValid(1) == false)
    #expect(envelopes.time[1] == 1_769_558_400_000_000)
    #expect(envelopes.title.string(0) == "München 😀")
    #expect(envelopes.wiki.string(0) == "dewiki")
    #expect(envelopes.type.string(0) == "edit")
    #expect(envelopes.comment.string(0) == #"/* "Alt" */"#)
    #expect(envelopes.namespace[0] == -1)
    #expect(envelopes.timestamp[0] == 1_769_636_533)
    #expect(envelopes.domain.string(1) == "canary")
    // Only what is looked at is judged: `bot` is Silver's.
    #expect(envelopes.failures.map(\.row) == [2, 3])
    #expect(envelopes.failures.map(\.isMalformed) == [true, false])
    #expect(envelopes.failures[1].reasons == ["field title: expected string, found integer"])
  }

  @Test func agreesWithTheWholeEvent() throws {
    guard let events = RecordedEvents.lines("recentchange-2026-01-28-217-raw.jsonl") else { return }
    let envelopes = try RecentChangeParser(.init(threads: 2)).envelopes(events)
    let columns = try RecentChangeParser().parse(events).columns
    #expect(try envelopes.id == columns.binaries("meta_id"))
    #expect(try envelopes.time == columns.int64s("meta_dt"))
    #expect(try envelopes.comment == columns.binaries("comment"))
    #expect(try envelopes.namespace == columns.int32s("namespace"))
    #expect(try envelopes.timestamp == columns.int64s("timestamp"))
  }
}
