import Failures
import Iceberg
import JSON
import JobState
import Pipeline
import Runner
import Testing

/// Rows as `quarantine list` and `show` have them.
struct QuarantineReaderTests {
  private static let events = [
    Event(number: 1, time: World.noon - 9000, title: "Old"),
    Event(number: 2, time: World.noon - 60, title: "Both", namespace: nil),
    Event(number: 3, time: World.noon - 9100, title: "Both", user: "Bob", namespace: nil),
  ]

  /// Rows of two days and both layers.
  private func world() throws -> (World, QuarantineReader) {
    let (world, state) = (try World(), MemoryJobState())
    world.log.append(Self.events.map(\.json) + ["no JSON"])
    try world.drainStrictly(state)
    world.setClock(World.noon + 86_400)
    world.log.append([Event(number: 4, time: World.noon + 86_300, title: "Late", user: "Carol", namespace: nil).json])
    try world.drainStrictly(state)
    return (world, QuarantineReader(workspace: world.workspace(state)))
  }

  private func listed(_ reader: QuarantineReader, _ change: (inout QuarantineSelection) -> Void) throws -> Set<Int64> {
    var selection = QuarantineSelection()
    change(&selection)
    let listing = try reader.list(JobName.allCases, selection, limit: 100)
    #expect(listing.rows.count == listing.total)
    return Set(listing.rows.compactMap(\.coordinates?.offset))
  }

  @Test func everyFilterNarrows() throws {
    let (_, reader) = try world()
    let day = World.noon * 1_000_000
    #expect(try listed(reader) { _ in } == [0, 1, 2, 3, 4])
    #expect(try listed(reader) { $0.reason = "freshness" } == [0])
    #expect(try listed(reader) { $0.checks = ["freshness"] } == [0, 2])
    #expect(try listed(reader) { $0.checks = ["freshness", "event_data_is_json"] } == [0, 2, 3])
    #expect(try listed(reader) { $0.since = day + 1 } == [4])
    #expect(try listed(reader) { $0.since = day } == [0, 1, 2, 3, 4])
    #expect(try listed(reader) { $0.until = day } == [])
    #expect(try listed(reader) { $0.until = day + 1 } == [0, 1, 2, 3])
    #expect(try listed(reader) { $0.batch = "silver-000002" } == [4])
    #expect(try listed(reader) { $0.entity = "enwiki:Both" } == [1, 2])
    #expect(try listed(reader) { $0.wiki = "enwiki" } == [0, 1, 2, 4])
    #expect(try listed(reader) { $0.user = "Carol" } == [4])
    #expect(try listed(reader) { $0.statuses = [.released, .discarded] } == [])
    #expect(try listed(reader) { ($0.entity, $0.user) = ("enwiki:Both", "Bob") } == [2])
  }

  /// A day's rows are a partition of their own.
  @Test func timesSkipFiles() throws {
    let (world, _) = try world()
    let table = try world.table(Tables.silverQuarantine)
    var selection = QuarantineSelection()
    #expect(try TableScan(table, filter: selection.filter).plan().files.count == 2)
    selection.since = (World.noon + 3600) * 1_000_000
    #expect(try TableScan(table, filter: selection.filter).plan().files.count == 1)
    (selection.since, selection.until) = (nil, World.noon * 1_000_000 + 1)
    #expect(try TableScan(table, filter: selection.filter).plan().files.count == 1)
  }

  @Test func theNewestFirstAndAllCounted() throws {
    let (_, reader) = try world()
    let listing = try reader.list(JobName.allCases, QuarantineSelection(), limit: 2)
    #expect(listing.rows.map(\.quarantined) == [World.noon + 86_400, World.noon].map { $0 * 1_000_000 })
    #expect(listing.rows.first?.user == "Carol" && listing.rows.first?.failedChecks == ["namespace_not_null"])
    #expect(
      listing.groups.map { "\($0.group.layer) \($0.group.reason) \($0.group.status) \($0.count)" } == [
        "silver namespace_not_null open 3", "bronze event_data_is_json open 1", "silver freshness open 1",
      ])
    #expect(try reader.list([.bronze], QuarantineSelection(), limit: 9).total == 1)
    #expect(try reader.list([.gold], QuarantineSelection(), limit: 0).rows.isEmpty)
  }

  @Test func rowsByTheBeginningOfTheirID() throws {
    let (_, reader) = try world()
    let all = try reader.list(JobName.allCases, QuarantineSelection(), limit: 9).rows
    let found = try reader.find(all.map { String($0.rowID.prefix(12)) } + [all[0].rowID])
    #expect(found == all + [all[0]])
    for (prefix, kind) in [
      ("", Failure.Kind.invalidArgument), ("xyz", .invalidArgument), (all[0].rowID + "0", .invalidArgument),
      (String(repeating: "0", count: 32), .notFound),
    ] {
      let failure = #expect(throws: Failure.self) { try reader.find([prefix]) }
      #expect(failure?.kind == kind, "\(prefix)")
    }
    // One digit is the beginning of several of so many rows.
    let world = try World()
    world.log.append((0..<40).map { Event(number: $0, time: World.noon - 9000).json })
    try world.drainStrictly(MemoryJobState())
    let crowded = QuarantineReader(workspace: world.workspace(MemoryJobState()))
    let failure = #expect(throws: Failure.self) { for digit in 0..<10 { _ = try crowded.find(["\(digit)"]) } }
    #expect(failure?.kind == .invalidArgument && failure?.description.contains("several") == true)
  }

  @Test func recordsByteForByte() throws {
    let (_, reader) = try world()
    let rows = try reader.list(JobName.allCases, QuarantineSelection(), limit: 9).rows
    for (offset, record) in (Self.events.map(\.json) + ["no JSON"]).enumerated() {
      let row = try #require(rows.first { $0.coordinates?.offset == Int64(offset) })
      #expect(try reader.original(of: row) == .text(Array(record.utf8)))
    }
  }

  @Test func selectionsAsJSON() throws {
    var selection = QuarantineSelection(statuses: [.open, .discarded])
    #expect(!selection.isNarrow)
    (selection.ids, selection.checks) = (["ab", "cd"], ["freshness"])
    (selection.since, selection.until) = (-5, .max)
    (selection.reason, selection.batch, selection.entity) = ("parse", "silver-000001", "enwiki:Ä \"x\"")
    (selection.wiki, selection.user) = ("enwiki", "B\u{301}ob")
    #expect(selection.isNarrow)
    let world = try World()
    world.log.append([Event(number: 1, time: World.noon - 60, namespace: nil).json])
    let state = MemoryJobState()
    try world.drainStrictly(state)
    // As a plan holds it.
    let report = try world.decisions(state).discard(.silver, .failing("namespace_not_null"))
    let plan = try #require(report.first?.plan)
    #expect(try Plan(text: plan.text) == plan && plan.kind == .discard)
    #expect(plan.input.contains("\"checks\":[\"namespace_not_null\"]") && plan.input.contains("\"rows\":1"))
    #expect(throws: Failure.self) {
      try Plan(text: plan.text.replacing("\"discard\"", with: "\"shred\""))
    }
  }

  @Test func windowsInFewerRanges() {
    let width = GoldWindowGrid.width
    let windows = WindowRanges(starts: [0, 1, 5, 6, 20, 22, 900].map { $0 * width })
    #expect(windows.closed(toRanges: 5) == windows)
    #expect(windows.closed(toRanges: 4).text == "0-1,5-6,20-22,900")
    #expect(windows.closed(toRanges: 3).text == "0-6,20-22,900")
    #expect(windows.closed(toRanges: 1).text == "0-900")
    #expect(WindowRanges().closed(toRanges: 1).isEmpty)
  }
}
