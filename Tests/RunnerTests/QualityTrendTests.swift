import Iceberg
import Pipeline
import Quality
import Runner
import Testing

/// How good the batches of some time were.
struct QualityTrendTests {
  private func trends(_ world: World, _ state: MemoryJobState, since: Int64 = 0) throws -> [QualityTrend] {
    try QualityTrendReader(workspace: world.workspace(state), since: since * 1_000_000).read()
  }

  private func append(_ numbers: Range<Int>, refused: Int, to world: World) {
    world.log.append(
      numbers.map {
        Event(number: $0, time: World.noon - 300, namespace: $0 < numbers.lowerBound + refused ? nil : 0).json
      })
  }

  @Test func anEmptyHomeHasNoBatches() throws {
    let trends = try trends(World(), MemoryJobState())
    #expect(trends.map(\.job) == JobName.allCases)
    #expect(trends.allSatisfy { $0.batches.isEmpty && $0.failedChecks.isEmpty && $0.counts.passRate == 1 })
  }

  @Test func batchesAndTheirFailedChecksAreReadFromTheTablesAndFromWhatWaits() throws {
    let world = try World()
    let state = MemoryJobState()
    append(0..<4, refused: 1, to: world)
    try world.runner(state).drainAll()
    world.setClock(World.noon + 60)
    append(10..<14, refused: 3, to: world)
    for job in [JobName.bronze, .silver] { _ = try world.runner(state).run(job, options: .test) }
    let silver = try #require(try trends(world, state).first { $0.job == .silver })
    #expect(silver.batches.map(\.name) == ["silver-000001", "silver-000002"])
    #expect(silver.batches.map(\.counts.failed) == [1, 3])
    #expect(silver.batches.map(\.severity) == [.critical, .critical])
    #expect(silver.counts.passRate == 0.5)
    #expect(silver.failedChecks.map(\.name) == ["namespace_not_null"])
    #expect(silver.failedChecks.map(\.failed) == [4] && silver.failedChecks.map(\.checked) == [8])
  }

  @Test func olderBatchesAreLeftOut() throws {
    let world = try World()
    let state = MemoryJobState()
    append(0..<4, refused: 1, to: world)
    try world.runner(state).drainAll()
    let later = World.noon + 2 * 86_400
    world.setClock(later)
    world.log.append([Event(number: 20, time: later - 60).json], time: later * 1000)
    try world.runner(state).drainAll()
    let silver = try #require(try trends(world, state, since: later - 86_400).first { $0.job == .silver })
    #expect(silver.batches.map(\.name) == ["silver-000002"] && silver.failedChecks.isEmpty)
  }
}
