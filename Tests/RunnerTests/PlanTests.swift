import Failures
import Iceberg
import JSON
import JobState
import Pipeline
import Runner
import Testing

/// What a plan holds on to: the snapshots of the outputs.
struct PlanTests {
  private func event(_ number: Int) -> String { Event(number: number, time: World.noon - 600).json }

  private static let outputs: [JobName: [TableDefinition]] = [
    .bronze: [Tables.bronzeEvents, Tables.bronzeQuarantine],
    .silver: [Tables.silverEvents, Tables.silverQuarantine],
    .gold: [
      Tables.goldBaselines, Tables.goldEntityMetrics, Tables.goldUserMetrics, Tables.goldGlobalMetrics,
      Tables.goldQuarantine,
    ],
  ]

  private func bases(_ job: JobName, _ world: World) throws -> [OutputBase] {
    try (Self.outputs[job] ?? []).map {
      OutputBase(table: $0.name, snapshot: try world.table($0).metadata.currentSnapshotID)
    }
  }

  @Test(arguments: JobName.allCases) func theBasesOfAllOutputsAreRecorded(job: JobName) throws {
    let world = try World()
    let state = MemoryJobState()
    try world.workspace(state).createTables()
    for round in 0..<2 {
      world.log.append((round * 3..<round * 3 + 3).map(event) + ["no JSON \(round)"])
      for earlier in JobName.allCases.prefix(while: { $0 != job }) {
        _ = try world.runner(state).run(earlier, options: .test)
      }
      let before = try bases(job, world)
      #expect(before.contains { $0.snapshot != nil } == (round == 1))
      let report = try #require(try world.runner(state).run(job, options: .test).first)
      #expect(report.plan.bases == before)
      let record = try #require(try state.run(report.plan.run))
      #expect(try Plan(text: record.plan).bases == before)
      #expect(try bases(job, world) != before)
    }
  }

  /// Looking up again in a table that moved is another base.
  @Test func aRunThatIsExecutedLaterRecordsTheBasesThatItSees() throws {
    let world = try World()
    let state = MemoryJobState()
    world.log.append((0..<3).map(event))
    try world.workspace(state).createTables()
    _ = try world.runner(state).run(.bronze, options: .test)
    try dieAfterPlanning(world, state, .silver)
    let next = state.afterDeath()
    let planned = try Plan(text: #require(try next.unfinished(job: "silver").first).plan)
    #expect(
      planned.bases == [.init(table: "silver_events", snapshot: nil), .init(table: "silver_quarantine", snapshot: nil)])
    let workspace = world.workspace(next)
    let moved = try world.table(Tables.silverEvents)
      .commit(clock: { World.noon * 1000 }, random: workspace.random) { _, _ in .proceed(SnapshotChange(.append)) }
    let report = try #require(try world.runner(next).run(.silver, options: .test).first)
    #expect(report.plan.run == planned.run)
    #expect(report.plan.bases.first?.snapshot == moved.snapshot?.id)
    #expect(try Plan(text: #require(try next.run(planned.run)).plan).bases == report.plan.bases)
  }

  @Test func plansOfOlderVersionsHaveNoBases() throws {
    let text = """
      {"job":"gold","batch":"gold-000001","run":"r","clock":1,"progress_end":"{}","input":{},"waivers":[],"config":"c"}
      """
    #expect(try Plan(text: text).bases.isEmpty)
    let wrong = text.replacing("\"waivers\"", with: "\"bases\":{\"t\":\"x\"},\"waivers\"")
    #expect(throws: Failure.self) { try Plan(text: wrong) }
  }
}
