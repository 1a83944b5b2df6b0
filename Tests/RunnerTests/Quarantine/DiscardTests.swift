import Failures
import Iceberg
import JobState
import Pipeline
import Quality
import Runner
import Testing

/// Rows that somebody decided against.
struct DiscardTests {
  private func world() throws -> (World, MemoryJobState) {
    let (world, state) = (try World(), MemoryJobState())
    world.log.append(World.stale(0..<4))
    world.log.append((50..<53).map { Event(number: $0, time: World.noon - 3000 + Int64($0)).json })
    world.log.append([Event(number: 60, time: World.noon - 2900, namespace: nil).json])
    try world.drainStrictly(state)
    return (world, state)
  }

  private func ids(_ world: World, _ selection: QuarantineSelection) throws -> [String] {
    try QuarantineReader(workspace: world.workspace(MemoryJobState())).list([.silver], selection, limit: 100).rows
      .map(\.rowID)
  }

  /// Only open rows count as failed: Gold follows by the windows that the decision names.
  @Test func theirWindowsAreComputedAgain() throws {
    let (world, state) = try world()
    #expect(try world.longs(Tables.goldGlobalMetrics, "total_quality_failed").reduce(0, +) == 1)
    let reports = try world.decisions(state).discard(.silver, .failing("namespace_not_null"))
    #expect(reports.map(\.decision?.decided) == [1])
    #expect(reports.first?.windows == 1)
    _ = try world.runner(state).run(.gold, options: .strict(), drain: true)
    #expect(try world.longs(Tables.goldGlobalMetrics, "total_quality_failed").reduce(0, +) == 0)
    #expect(try world.statuses() == ["open": 4, "discarded": 1])
  }

  @Test func theyAreReleasedOnlyWhereTheyAreNamed() throws {
    let (world, state) = try world()
    _ = try world.decisions(state).discard(.silver, QuarantineSelection())
    #expect(try world.statuses() == ["discarded": 5])
    let decisions = try world.decisions(state, waiving: ["freshness"])
    #expect(try decisions.release(.silver, QuarantineSelection()).isEmpty)
    var named = QuarantineSelection(statuses: [.open, .discarded])
    named.ids = Array(try ids(world, QuarantineSelection(statuses: [.discarded])).prefix(2))
    var discarded = QuarantineSelection(statuses: [.discarded])
    discarded.checks = ["freshness"]
    let first = try decisions.release(.silver, named).compactMap(\.decision?.decided).reduce(0, +)
    let rest = try decisions.release(.silver, discarded).compactMap(\.decision?.decided).reduce(0, +)
    #expect(first + rest == 4)
    #expect(try world.statuses() == ["discarded": 1, "released": 4])
    try world.expectSilver(7)
  }

  @Test func aReleasedRowStaysReleased() throws {
    let (world, state) = try world()
    _ = try world.decisions(state, waiving: ["freshness"]).release(.silver, .failing("freshness"))
    var selection = QuarantineSelection(statuses: [.released])
    selection.ids = try ids(world, selection)
    #expect(try world.decisions(state).discard(.silver, selection).isEmpty)
    #expect(try world.statuses() == ["open": 1, "released": 4])
  }

  @Test func rowsOfBronzeAndGold() throws {
    let (world, state) = (try World(), MemoryJobState())
    world.log.append(["no JSON", Event(number: 1, time: World.noon - 60, user: nil).json])
    try refuseInGold(world, state)
    #expect(try world.statuses(Tables.goldQuarantine) == ["open": 1])
    let silver = try world.table(Tables.silverEvents).metadataLocation
    for layer in [JobName.bronze, .gold] {
      #expect(try world.decisions(state).discard(layer, QuarantineSelection()).first?.decision?.decided == 1)
    }
    #expect(try world.statuses(Tables.goldQuarantine) == ["discarded": 1])
    #expect(try world.statuses(Tables.bronzeQuarantine) == ["discarded": 1])
    #expect(try world.table(Tables.silverEvents).metadataLocation == silver)
    // Its window computed again keeps what was decided.
    world.log.append([Event(number: 2, time: World.noon - 61, user: nil).json])
    try refuseInGold(world, state)
    #expect(try world.statuses(Tables.goldQuarantine) == ["discarded": 1])
  }

  /// Events without a user pass Silver, and make a row of Gold that does not.
  private func refuseInGold(_ world: World, _ state: MemoryJobState) throws {
    for (job, waivers) in [(JobName.bronze, []), (.silver, ["user_name_not_null"]), (.gold, [])] {
      _ = try world.runner(state).run(job, options: .strict(Set(waivers)))
    }
  }

  /// A forward batch that meets a refused record again leaves the decision alone.
  @Test func aForwardBatchTouchesNoStatus() throws {
    let (world, state) = try world()
    _ = try world.decisions(state).discard(.silver, .failing("freshness"))
    world.log.append([Event(number: 61, time: World.noon - 2800, namespace: nil).json])
    try world.drainStrictly(state)
    #expect(try world.statuses() == ["open": 2, "discarded": 4])
  }
}
