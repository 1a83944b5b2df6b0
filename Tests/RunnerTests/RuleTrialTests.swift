import Pipeline
import Quality
import Runner
import Testing

/// What changed rules would do to batches that are committed.
struct RuleTrialTests {
  private func trial(
    _ world: World, _ state: MemoryJobState, _ settings: JobSettings, last: Int = 10, waivers: Set<String> = []
  ) throws -> [RuleTrial.Outcome] {
    try RuleTrial(workspace: world.workspace(state), settings: settings).silver(last: last, waivers: waivers)
  }

  /// Two batches: four events of which one is refused; then two new ones and two that the first batch holds.
  private func drained() throws -> (World, MemoryJobState) {
    let world = try World()
    let state = MemoryJobState()
    world.log.append((0..<4).map { Event(number: $0, time: World.noon - 300, namespace: $0 == 0 ? nil : 0).json })
    try world.runner(state).drainAll()
    world.log.append((2..<6).map { Event(number: $0, time: World.noon - 300).json })
    try world.runner(state).drainAll()
    return (world, state)
  }

  @Test func theSameRulesGiveTheSameBatches() throws {
    let (world, state) = try drained()
    let outcomes = try trial(world, state, .test())
    #expect(outcomes.map(\.batch) == ["silver-000001", "silver-000002"])
    #expect(outcomes.map(\.recorded) == outcomes.map(\.today))
    #expect(outcomes.map(\.recorded.duplicates) == [0, 2] && outcomes.map(\.recorded.failed) == [1, 0])
  }

  @Test func aChangedRuleIsTriedWithoutWriting() throws {
    let (world, state) = try drained()
    let before = try world.snapshots(Tables.silverEvents).count
    var settings = try JobSettings.test()
    settings.silver.checks = { _ in try RowChecks([RowCheck("wikimedia_id", .between(3, nil))]) }
    let outcomes = try trial(world, state, settings)
    #expect(outcomes.map(\.today?.failed) == [2, 0])
    #expect(outcomes[0].todaysChecks.map(\.name) == ["parse", "wikimedia_id_min"])
    #expect(outcomes[0].todaysChecks.map(\.failed) == [0, 2])
    #expect(try world.snapshots(Tables.silverEvents).count == before)
  }

  @Test func waiversAreTriedToo() throws {
    let (world, state) = try drained()
    let outcomes = try trial(world, state, .test(), last: 2, waivers: ["namespace_not_null"])
    #expect(outcomes.map(\.today?.failed) == [0, 0] && outcomes.map(\.today?.passed) == [4, 2])
  }

  @Test func onlyTheNewestBatchesAreTried() throws {
    let (world, state) = try drained()
    #expect(try trial(world, state, .test(), last: 1).map(\.batch) == ["silver-000002"])
    #expect(try trial(world, state, .test(), last: 0).isEmpty)
  }
}
