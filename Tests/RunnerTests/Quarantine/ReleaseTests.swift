import Failures
import Iceberg
import JobState
import ObjectStore
import Pipeline
import Quality
import Runner
import Testing

/// What becomes of quarantined rows that are taken through their layer again.
struct ReleaseTests {
  /// Old events, one of which has no namespace either, and two fresh ones.
  private func world() throws -> World {
    let world = try World()
    world.log.append(World.stale(0..<10) + [Event(number: 40, time: World.noon - 9000, namespace: nil).json])
    world.log.append([Event(number: 50, time: World.noon - 60).json, Event(number: 51, time: World.noon - 30).json])
    try world.drainStrictly(MemoryJobState())
    return world
  }

  @Test func whatPassesWithoutTheWaivedCheckIsReleasedAndTheRestStays() throws {
    let world = try world()
    let state = MemoryJobState()
    #expect(try world.statuses() == ["open": 11])
    let reports = try world.decisions(state, waiving: ["freshness"]).release(.silver, .failing("freshness"))
    #expect(reports.map(\.counts.passed) == [10])
    #expect(reports.first?.decision == DecisionResult(decided: 10, failing: ["namespace_not_null": 1]))
    #expect(reports.first?.plan.batch.hasPrefix("silver-x") == true)
    try world.expectSilver(12)
    #expect(try world.statuses() == ["open": 1, "released": 10])
    let batch = try #require(reports.first?.plan.batch)
    #expect(try world.strings(Tables.silverQuarantine, "released_batch_id").filter { $0 == batch }.count == 10)
    #expect(try world.strings(Tables.silverEvents, "batch_id").filter { $0 == batch }.count == 10)
  }

  /// The windows of an outage are those of a run without one.
  @Test func goldIsAsIfNothingHadBeenRefused() throws {
    let log = MemoryLog()
    log.append(World.stale(0..<20) + [Event(number: 40, time: World.noon - 9000, namespace: nil).json])
    log.append((50..<55).map { Event(number: $0, time: World.noon - 3000 + Int64($0)).json })
    let calm = try World(log: log, seed: 7)
    try calm.runner(MemoryJobState()).drainAll()
    let world = try World(log: log, seed: 8)
    let state = MemoryJobState()
    try world.drainStrictly(state)
    #expect(
      try TableRows(world.table(Tables.goldGlobalMetrics)) != TableRows(calm.table(Tables.goldGlobalMetrics)))
    _ = try world.decisions(state, waiving: ["freshness"]).release(.silver, .failing("freshness"))
    _ = try world.runner(state).run(.gold, options: .strict(), drain: true)
    for table in [
      Tables.silverEvents, Tables.goldEntityMetrics, Tables.goldUserMetrics, Tables.goldGlobalMetrics,
      Tables.goldQuarantine,
    ] {
      #expect(try TableRows(world.table(table)) == TableRows(calm.table(table)), "\(table.name)")
    }
  }

  @Test func theSecondReleaseFindsNothing() throws {
    let world = try world()
    let state = MemoryJobState()
    _ = try world.decisions(state, waiving: ["freshness"]).release(.silver, .failing("freshness"))
    let again = try world.decisions(state, waiving: ["freshness", "namespace_not_null"])
    #expect(try again.release(.silver, .failing("freshness")).map(\.decision?.decided) == [1])
    #expect(try again.release(.silver, .failing("freshness")).isEmpty)
    try world.expectSilver(13)
    #expect(try world.statuses() == ["released": 11])
  }

  /// What Silver got by another way meanwhile is not added again, and its row is closed all the same.
  @Test func whatTheTableHasIsOnlyMarked() throws {
    let world = try world()
    let state = MemoryJobState()
    world.log.append(World.stale(0..<4))
    for job in [JobName.bronze, .silver] { _ = try world.runner(state).run(job, options: .test) }
    try world.expectSilver(6)
    let reports = try world.decisions(state, waiving: ["freshness"]).release(.silver, .failing("freshness"))
    #expect(reports.first?.counts.duplicates == 4 && reports.first?.counts.passed == 6)
    #expect(reports.first?.decision?.decided == 10)
    try world.expectSilver(12)
  }

  @Test func twiceTheSameEventInQuarantineIsOnceInSilver() throws {
    let world = try World()
    let state = MemoryJobState()
    world.log.append(World.stale(0..<3) + World.stale(1..<2))
    try world.drainStrictly(state)
    #expect(try world.statuses() == ["open": 4])
    let reports = try world.decisions(state, waiving: ["freshness"]).release(.silver, .failing("freshness"))
    #expect(reports.first?.counts.duplicates == 1)
    try world.expectSilver(3)
    #expect(try world.statuses() == ["released": 4])
  }

  @Test func largeSelectionsAreSeveralRuns() throws {
    let world = try world()
    let state = MemoryJobState()
    let decisions = try world.decisions(state, waiving: ["freshness"], settings: .test(rows: 4))
    let reports = try decisions.release(.silver, .failing("freshness"))
    #expect(reports.map { ($0.decision?.decided ?? 0) + ($0.decision?.failing.count ?? 0) } == [4, 4, 3])
    #expect(Set(reports.map(\.plan.batch)).count == 3)
    #expect(try world.statuses() == ["open": 1, "released": 10])
    try world.expectSilver(12)
    #expect(try state.runs(job: "silver", limit: 9).map(\.status) == [.done, .done, .done])
    // Each run is in the ledger once.
    let runs = try world.strings(Tables.qualityMetrics, "run")
    #expect(Set(runs).count == runs.count && Set(reports.map(\.plan.run)).isSubset(of: runs))
  }

  /// The record in Bronze is gone: the quarantine's own copy is taken, with the time at which it was refused.
  @Test func whatBronzeHasNoMoreIsTakenFromTheQuarantine() throws {
    let world = try world()
    let bronze = try world.table(Tables.bronzeEvents)
    let files = try bronze.liveFiles(afterSequence: -1, upTo: .max)
    _ = try bronze.commit(clock: { World.noon * 1000 }, random: { UInt64.random(in: 0 ... .max) }) { _, _ in
      var change = SnapshotChange(.delete)
      change.removed = files
      return .proceed(change)
    }
    world.setClock(World.noon + 7200)
    let reports = try world.decisions(MemoryJobState(), waiving: ["freshness"]).release(.silver, .failing("freshness"))
    #expect(
      reports.first?.decision == DecisionResult(decided: 10, failing: ["namespace_not_null": 1], restored: 11))
    try world.expectSilver(12)
    let times = Set(try world.longs(Tables.silverEvents, "ingestion_timestamp"))
    #expect(times == [World.noon * 1_000_000])
  }

  /// Checks that Bronze's batch waived hold for its rows also when they are released because of another one.
  @Test func waiversOfBronzeHold() throws {
    let world = try World()
    let state = MemoryJobState()
    world.log.append([Event(number: 1, time: World.noon - 9000, namespace: nil).json])
    _ = try world.runner(state).run(.bronze, options: .strict(["freshness"]))
    _ = try world.runner(state).run(.silver, options: .strict())
    #expect(try world.statuses() == ["open": 1])
    let decisions = try world.decisions(MemoryJobState(), waiving: ["namespace_not_null"])
    #expect(try decisions.release(.silver, QuarantineSelection()).first?.decision?.decided == 1)
    try world.expectSilver(1)
  }

  @Test func deadLettersAndRefusedRecordsGoToBronzeOnce() throws {
    let world = try World()
    let state = MemoryJobState()
    let event = Event(number: 3, time: World.noon - 100).json
    world.log.append([World.deadLetter(event), World.deadLetter("{")], topic: "dlq_events")
    world.log.append([Event(number: 4, time: World.noon - 90).json, "{\"no\":\"event\"}", "no JSON"])
    try world.drainStrictly(state)
    #expect(try world.statuses(Tables.bronzeQuarantine) == ["open": 3])
    world.setClock(World.noon + 60)
    let selection = QuarantineSelection()
    let reports = try world.decisions(state).release(.bronze, selection)
    #expect(
      reports.first?.decision == DecisionResult(decided: 1, failing: ["event_data_is_json": 1, "event_id_not_null": 1]))
    let lenient = try world.decisions(state, waiving: ["event_data_is_json", "event_id_not_null"])
    #expect(try lenient.release(.bronze, selection).first?.decision?.decided == 2)
    #expect(try lenient.release(.bronze, selection).isEmpty)
    let ids = try world.strings(Tables.bronzeEvents, "event_data")
    #expect(ids.count == 5 && ids.contains(event) && ids.contains("{"))
    #expect(try world.strings(Tables.bronzeEvents, "kafka_topic").filter { $0 == "dlq_events" }.count == 2)
    #expect(Set(try world.longs(Tables.bronzeEvents, "ingestion_timestamp")).count == 2)
    // Silver takes them as any row.
    try world.drainStrictly(state)
    try world.expectSilver(2)
  }

  @Test func goldsRowsAreRefused() throws {
    let world = try world()
    let failure = #expect(throws: Failure.self) {
      try world.decisions(MemoryJobState()).release(.gold, QuarantineSelection())
    }
    #expect(failure?.kind == .qualityGate)
    #expect(failure?.description.contains("when their window is computed again") == true)
  }

  @Test func aPreviewSaysWhatWouldBeAndChangesNothing() throws {
    let world = try world()
    let objects = try world.store.list(prefix: "").count
    let decisions = try world.decisions(MemoryJobState(), waiving: ["freshness"], settings: .test(rows: 4))
    let preview = try decisions.preview(.release, .silver, .failing("freshness"))
    #expect(preview.counts.passed == 10 && preview.counts.failed == 1)
    #expect(preview.result == DecisionResult(decided: 10, failing: ["namespace_not_null": 1]))
    #expect(try decisions.preview(.discard, .silver, QuarantineSelection()).result.decided == 11)
    #expect(try world.store.list(prefix: "").count == objects)
  }
}
