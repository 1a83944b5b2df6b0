import Failures
import Iceberg
import JobState
import ObjectStore
import Pipeline
import Runner
import Testing

/// Silver and Gold when tables were dropped, rolled back, cut or changed by others.
struct SilverGoldTests {
  private func events(_ numbers: Range<Int>, from start: Int64 = World.noon - 7200) -> [String] {
    numbers.map { Event(number: $0, time: start + Int64($0) * 200, title: "P\($0 % 2)").json }
  }

  private func undisturbed(_ log: MemoryLog) throws -> [String: TableRows] {
    let world = try World(log: log, seed: 500)
    try world.runner(MemoryJobState()).drainAll()
    return try world.allRows(quality: false)
  }

  @Test func anInputTableOfAnotherUUIDIsRefused() throws {
    for (table, job) in [(Tables.silverEvents, JobName.gold), (Tables.bronzeEvents, JobName.silver)] {
      let world = try World()
      world.log.append(events(0..<4))
      try world.runner(MemoryJobState()).drainAll()
      let identifier = try world.table(table).identifier
      _ = try world.catalog.dropTable(identifier)
      let location = "memory://warehouse/other/\(table.name)"
      _ = try world.catalog.createTable(
        identifier, TableCreation(schema: Schema(columns: table.schema), location: location))
      let failure = #expect(throws: Failure.self) { try world.runner(MemoryJobState()).run(job, options: .test) }
      #expect(failure?.kind == .qualityGate, "\(job)")
    }
  }

  /// Silver lost and made anew from Bronze: rows that are in quarantine already are replaced, and keep what was decided.
  @Test func quarantineHoldsEachRowOnce() throws {
    let world = try World()
    world.log.append(events(0..<4) + [Event(number: 9, time: World.noon - 60, namespace: nil).json, "{"])
    try world.runner(MemoryJobState()).drainAll()
    let ids = try world.strings(Tables.silverQuarantine, "row_id")
    #expect(ids.count == 1 && Set(ids).count == 1)
    try discardAll(world)
    try forgetSilver(world)
    world.log.append([Event(number: 10, time: World.noon - 50, namespace: nil).json])
    try world.runner(MemoryJobState()).drainAll()
    let after = try world.strings(Tables.silverQuarantine, "row_id")
    #expect(after.count == 2 && Set(after).count == 2)
    #expect(try world.strings(Tables.silverQuarantine, "status") == ["discarded", "open"])
  }

  /// What an operator decides about all rows of silver_quarantine.
  private func discardAll(_ world: World) throws {
    let table = try world.table(Tables.silverQuarantine)
    let random = { UInt64.random(in: 0 ... .max) }
    let writer = try DataFileWriter(table: table, random: random)
    try TableScan(table).readAll {
      try writer.write(QuarantineUpdate.marking($0.rows, .discarded, clock: World.noon, batchID: nil))
    }
    let (files, old) = (try writer.finish(), try table.liveFiles(afterSequence: -1, upTo: .max))
    _ = try table.commit(clock: { World.noon * 1000 }, random: random) { _, _ in
      var change = SnapshotChange(.overwrite)
      (change.added, change.removed) = (files, old)
      return .proceed(change)
    }
  }

  private func forgetSilver(_ world: World) throws {
    let silver = try world.table(Tables.silverEvents)
    _ = try world.catalog.dropTable(silver.identifier)
    try world.store.delete(try world.store.list(prefix: silver.metadata.location + "/").map(\.location))
    let gold = try world.table(Tables.goldGlobalMetrics)
    _ = try world.catalog.dropTable(gold.identifier)
    try world.store.delete(try world.store.list(prefix: gold.metadata.location + "/").map(\.location))
  }

  @Test func goldFollowsARollbackOfSilver() throws {
    let world = try World()
    let state = MemoryJobState()
    world.log.append(events(0..<6))
    try world.runner(state).drainAll()
    let first = try #require(try world.snapshots(Tables.silverEvents).last?.id)
    world.log.append(events(6..<20))
    try world.runner(state).drainAll()
    let full = try world.allRows(quality: false)
    try world.rollBack(Tables.silverEvents, to: first)
    let gold = try world.runner(state).run(.gold, options: .test, drain: true)
    #expect(!gold.isEmpty)
    let totals = try world.longs(Tables.goldGlobalMetrics, "total_events")
    #expect(totals.reduce(0, +) == 6)
    // Silver's progress was rolled back with its rows: it takes them again.
    try world.runner(state).drainAll()
    try world.expectEqualTables(to: full, quality: false)
  }

  @Test func goldStopsWhereTheAbandonedSnapshotsAreGone() throws {
    let world = try World()
    let state = MemoryJobState()
    world.log.append(events(0..<6))
    try world.runner(state).drainAll()
    let first = try #require(try world.snapshots(Tables.silverEvents).last?.id)
    world.log.append(events(6..<20))
    try world.runner(state).drainAll()
    try world.rollBack(Tables.silverEvents, to: first, keepingLater: false)
    let failure = #expect(throws: Failure.self) { try world.runner(state).run(.gold, options: .test) }
    #expect(failure?.kind == .qualityGate)
    #expect(failure?.description.contains("--recompute") == true)
  }

  /// More commits than snapshots are kept between two runs of the next job.
  @Test func aCutHistoryLosesNothing() throws {
    let world = try World()
    let state = MemoryJobState()
    let settings = try JobSettings.test(rows: 2)
    func runner() throws -> JobRunner { try world.runner(state, settings: settings, snapshotsKept: 3) }
    world.log.append(events(0..<4) + ["{"])
    for job in JobName.allCases { _ = try runner().run(job, options: .test, drain: true) }
    world.log.append(events(2..<24) + [Event(number: 70, time: World.noon - 7100, namespace: nil).json])
    for job in JobName.allCases { _ = try runner().run(job, options: .test, drain: true) }
    #expect(try world.snapshots(Tables.silverEvents).count <= 3)
    try world.expectEqualTables(to: try undisturbed(world.log), quality: false)
  }

  /// Bronze's waivers hold in Silver for the rows of their batch, also when its summary is gone: then its state or the ledger tells.
  @Test(arguments: [true, false], [2, 50])
  func waiversOfBronzeHold(_ isStateKept: Bool, snapshotsKept: Int) throws {
    let world = try World()
    let state = MemoryJobState()
    var strict = RunOptions.test
    strict.waivers = []
    func stale(_ number: Int) -> String { Event(number: number, time: World.noon - 90_000).json }
    world.log.append([stale(1), stale(2)])
    _ = try world.runner(state, snapshotsKept: snapshotsKept).run(.bronze, options: .test, drain: true)
    for number in 3..<7 {
      world.log.append([stale(number)])
      _ = try world.runner(state, snapshotsKept: snapshotsKept).run(.bronze, options: strict, drain: true)
    }
    let next = isStateKept ? state : MemoryJobState()
    _ = try world.runner(next).run(.silver, options: strict, drain: true)
    #expect(try world.longs(Tables.silverEvents, "kafka_offset") == [0, 1])
    #expect(try world.longs(Tables.silverQuarantine, "kafka_offset") == [2, 3, 4, 5])
  }

  /// A run that was prepared when the history was still whole, and committed; its process died, others went on.
  @Test func aRunThatACutHistoryHidesKeepsItsFiles() throws {
    let base = try World()
    try base.workspace(MemoryJobState()).createTables()
    base.log.append(events(0..<3))
    let changes = Faults()
    _ = try base.copy(seed: 2).runner(MemoryJobState(), faults: changes).run(.bronze, options: .test)
    for position in stride(from: 1, through: changes.count, by: (Faults.step + 1) / 2) {
      let world = try base.copy(seed: UInt64(200 + position))
      let state = MemoryJobState()
      _ = try? world.runner(state, faults: Faults(.kill, at: position)).run(.bronze, options: .test)
      let other = MemoryJobState()
      for number in 3..<8 {
        world.log.append(events(number..<number + 1))
        _ = try world.runner(other, snapshotsKept: 2).run(.bronze, options: .test)
      }
      // Done, superseded or nothing to do: in no case anything is doubled or deleted.
      _ = try? world.runner(state.afterDeath(), snapshotsKept: 2).run(.bronze, options: .test)
      let ids = try world.longs(Tables.bronzeEvents, "kafka_offset")
      #expect(Set(ids).count == ids.count, "killed at \(position)")
      #expect(ids.count >= 8, "killed at \(position)")
    }
  }

  @Test func columnsThatAreNewerAreWrittenNullAndMissingOnesAreAdded() throws {
    let world = try World()
    try world.workspace(MemoryJobState()).createTables()
    let table = try world.table(Tables.silverEvents)
    var update = MetadataUpdate()
    update.schemaChanges = [
      .addColumn(name: "from_the_future", type: .primitive(.string)), .dropColumn("log_params"),
    ]
    _ = try table.commit(clock: { 0 }, random: { 7 }) { _, _ in .update(update) }
    world.log.append(events(0..<4))
    try world.runner(MemoryJobState()).drainAll()
    let schema = try world.table(Tables.silverEvents).metadata.currentSchema
    #expect(schema.field(named: "log_params") != nil)
    #expect(try world.strings(Tables.silverEvents, "from_the_future") == Array(repeating: "null", count: 4))
  }

  @Test func windowsAsTextWithinALimit() throws {
    let width = GoldWindowGrid.width
    // Every second window of two days, the first of which is 1969-12-31.
    let windows = WindowRanges(starts: stride(from: Int64(-144), to: 144, by: 2).map { $0 * width })
    #expect(windows.text(atMost: 10_000) == windows.text)
    #expect(windows.text(atMost: 40) == "-144-143")
    #expect(windows.text(atMost: 5) == nil)
    let apart = WindowRanges(starts: [0, 3, 144 * 5 + 7].map { $0 * width })
    #expect(apart.text(atMost: 6) == nil)
    #expect(apart.text(atMost: 8) == "0,3,727")
  }

  @Test(arguments: [1, 2, 3, 10]) func windowsInParts(count: Int) {
    let width = GoldWindowGrid.width
    let windows = WindowRanges(starts: [-5, -4, 0, 1, 2, 9].map { $0 * width })
    let parts = windows.divided(into: count)
    #expect(parts.flatMap(\.starts) == windows.starts)
    #expect(parts.allSatisfy { $0.count <= count && windows.overlaps($0) && $0.overlaps(windows) })
    #expect(parts.dropLast().allSatisfy { $0.count == count })
    #expect(!windows.overlaps(WindowRanges(starts: [-3, 3, 8].map { $0 * width })))
    #expect(!windows.overlaps(WindowRanges()) && WindowRanges().divided(into: count).isEmpty)
  }

  /// Times before 1970 have negative window numbers, whose sign divides ranges too.
  @Test func windowsAsText() throws {
    let width = GoldWindowGrid.width
    for starts in [[0, 1, 2, 9], [-9, -8, -1, 0, 5], [-3], [7], []] as [[Int64]] {
      let windows = WindowRanges(starts: starts.map { $0 * width })
      #expect(try WindowRanges(text: windows.text) == windows)
      #expect(windows.starts == starts.map { $0 * width })
    }
    for text in ["x", "5-3", "1-", "--", "1,,x", "-"] {
      #expect(throws: Failure.self) { try WindowRanges(text: text) }
    }
  }
}
