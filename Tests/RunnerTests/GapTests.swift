import Iceberg
import JSON
import JobState
import Log
import Pipeline
import Quality
import Runner
import Synchronization
import Testing

/// Offsets inside a range that hold no record: tolerated, and recorded wherever somebody may look.
struct GapTests {
  private func event(_ number: Int) -> String { Event(number: number, time: World.noon - 600).json }

  private func slice(_ plan: Plan) throws -> JSONValue? { try JSONValue.parse(Array(plan.input.utf8))["slices"]?[0] }

  /// Offsets 2 to 6 and 9 are gaps, the last at the end of the partition.
  private func worldWithGaps() throws -> World {
    let world = try World()
    world.log.append((0..<2).map(event))
    world.log.skip(5)
    world.log.append((2..<4).map(event))
    world.log.skip(1)
    return world
  }

  @Test func planSummaryLedgerAndLogNameThem() throws {
    let world = try worldWithGaps()
    let state = MemoryJobState()
    let lines = Mutex<[String]>([])
    let logger = Logger(format: .text, clock: { 0 }, sink: { line in lines.withLock { $0.append(line) } })
    let runner = JobRunner(workspace: world.workspace(state, log: logger), settings: try .test())
    let report = try #require(try runner.run(.bronze, options: .test, drain: true).first)
    #expect(report.counts.total == 4 && report.missingOffsets == 6)
    #expect(try slice(report.plan)?["missing"] == 6)
    #expect(try slice(report.plan)?["gaps"] == [[2, 7], [9, 10]])
    let record = try #require(try state.run(report.plan.run))
    #expect(record.outcome?.contains("\"missing_offsets\":6") == true)
    let summary = try #require(try world.table(Tables.bronzeEvents).metadata.currentSnapshot()).summary
    let plan = try JSONValue.parse(Array(try #require(summary["wikiguard.plan"]).utf8))
    #expect(plan["missing_offsets"] == 6 && plan["input"]?["slices"]?[0]?["gaps"] == [[2, 7], [9, 10]])
    #expect(try world.strings(Tables.qualityMetrics, "plan").contains { $0.contains("\"gaps\":[[2,7],[9,10]]") })
    #expect(lines.withLock { $0 }.contains { $0.contains("cleaned_events/0 has no records at offsets 2-6, 9") })
  }

  @Test func aRangeWithoutGapsSaysNothing() throws {
    let world = try World()
    world.log.append((0..<4).map(event))
    let state = MemoryJobState()
    let report = try #require(try world.runner(state).run(.bronze, options: .test).first)
    #expect(report.missingOffsets == 0 && !report.plan.input.contains("gaps"))
    #expect(try state.run(report.plan.run)?.outcome?.contains("missing") == false)
  }

  @Test func manyGapsAreCountedButNotAllListed() throws {
    let world = try World()
    for number in 0..<50 {
      world.log.append([event(number)])
      world.log.skip(2)
    }
    let report = try #require(try world.runner(MemoryJobState()).run(.bronze, options: .test).first)
    #expect(report.missingOffsets == 100)
    #expect(try slice(report.plan)?["gaps"]?.array?.count == 32)
  }

  /// A proxy that leaves records out of an answer is asked again before it is believed.
  @Test(arguments: [0, 1, 3]) func anAnswerThatLeavesRecordsOutIsNotBelieved(offset: Int64) throws {
    let world = try World()
    world.log.append((0..<4).map(event))
    world.log.loseOnce(offset)
    let report = try #require(try world.runner(MemoryJobState()).run(.bronze, options: .test, drain: true).first)
    #expect(report.missingOffsets == 0)
    #expect(try world.longs(Tables.bronzeEvents, "kafka_offset") == [0, 1, 2, 3])
  }

  @Test func aPlanIsExecutedLaterWithItsGaps() throws {
    let world = try worldWithGaps()
    let state = MemoryJobState()
    try world.workspace(state).createTables()
    try dieAfterPlanning(world, state, .bronze)
    let next = state.afterDeath()
    let report = try #require(try world.runner(next).run(.bronze, options: .test).first)
    #expect(report.missingOffsets == 6 && report.counts.total == 4)
    #expect(try next.runs(job: "bronze", limit: 9).map(\.status) == [.done])
  }

  /// Records that were there when the run was planned and are not any more: it is planned anew, and the gap is recorded.
  @Test func aPlanWhoseRecordsWereCompactedAwayIsMadeAnew() throws {
    let world = try worldWithGaps()
    let state = MemoryJobState()
    try world.workspace(state).createTables()
    try dieAfterPlanning(world, state, .bronze)
    world.log.compact(away: 1)
    let next = state.afterDeath()
    let report = try #require(try world.runner(next).run(.bronze, options: .test).first)
    #expect(report.missingOffsets == 7 && report.counts.total == 3)
    #expect(try next.runs(job: "bronze", limit: 9).map(\.status) == [.done, .failed])
  }
}
