import Failures
import Iceberg
import JobState
import Pipeline
import Quality
import Runner
import Testing

/// Decisions and batches of two hosts, whose states and locks know nothing of each other.
struct DecisionRaceTests {
  private func world() throws -> World {
    let world = try World()
    try world.workspace(MemoryJobState()).createTables()
    world.log.append(World.stale(0..<6))
    try world.drainStrictly(MemoryJobState())
    return world
  }

  private func decide(
    _ kind: PlanKind, _ world: World, _ state: any JobState, faults: Faults = Faults(),
    isStopping: @escaping @Sendable () -> Bool = { false }
  ) throws {
    let decisions = try world.decisions(state, waiving: ["freshness"], faults: faults, isStopping: isStopping)
    if kind == .release { _ = try decisions.release(.silver, .failing("freshness")) }
    if kind == .discard { _ = try decisions.discard(.silver, .failing("freshness")) }
  }

  /// A decision that is prepared, its process stopped before the first commit.
  private func prepare(_ kind: PlanKind, _ world: World, _ state: MemoryJobState) throws {
    let failure = #expect(throws: Failure.self) {
      try decide(
        kind, world, state, isStopping: { (try? state.unfinished(job: "silver").first?.status) == .prepared })
    }
    #expect(failure?.kind == .unavailable)
    #expect(try state.unfinished(job: "silver").first?.status == .prepared)
  }

  /// While Silver's next batch, which refuses rows, is executed, somebody else decides, and dies somewhere.
  @Test(arguments: [PlanKind.release, .discard])
  func aForwardBatchComesBetweenTheCommits(_ kind: PlanKind) throws {
    let base = try world()
    base.log.append([
      Event(number: 60, time: World.noon - 300, namespace: nil).json, Event(number: 61, time: World.noon - 200).json,
    ])
    _ = try base.runner(MemoryJobState()).run(.bronze, options: .strict())
    let wanted = try base.copy(seed: 2)
    let changes = Faults()
    try decide(kind, wanted, MemoryJobState(), faults: changes)
    try wanted.drainStrictly(MemoryJobState())
    let rows = try wanted.allRows(quality: false)
    for position in stride(from: 1, through: changes.count, by: (Faults.step + 2) / 3) {
      let world = try base.copy(seed: UInt64(100 + position))
      let (host, other) = (MemoryJobState(), MemoryJobState())
      let isFirst = Flag(true)
      var settings = try JobSettings.test()
      settings.silver.checks = { clock in
        if isFirst.value { try? decide(kind, world, host, faults: Faults(.kill, at: position)) }
        isFirst.value = false
        return .silver(clock: clock)
      }
      _ = try world.runner(other, settings: settings).run(.silver, options: .strict())
      // Whoever comes next makes the status; nobody has to decide again, also when the state is lost.
      if try world.snapshots(Tables.silverEvents).contains(where: {
        $0.summary[SummaryKey.batch]?.contains("-x") == true
      }) {
        #expect(try world.statuses()[kind == .release ? "released" : "discarded"] == 6, "\(kind) killed at \(position)")
      }
      let next = host.afterDeath()
      try decide(kind, world, next)
      try world.drainStrictly(next)
      try world.expectEqualTables(to: rows, quality: false, "\(kind) killed at \(position)")
    }
  }

  /// The same rows released by two.
  @Test func theSecondReleaseAddsNothing() throws {
    let world = try world()
    let (first, second) = (MemoryJobState(), MemoryJobState())
    try prepare(.release, world, first)
    try decide(.release, world, second)
    let report = try world.runner(first).run(.silver, options: .strict())
    #expect(report.first?.decision == DecisionResult())
    try world.expectSilver(6)
    #expect(try world.statuses() == ["released": 6])
    #expect(try first.unfinished(job: "silver").isEmpty)
  }

  /// One releases what another discards: what is in Silver is released, whoever came last.
  @Test(arguments: [PlanKind.release, .discard])
  func releasedWhateverTheOtherDecides(_ prepared: PlanKind) throws {
    let world = try world()
    let (first, second) = (MemoryJobState(), MemoryJobState())
    try prepare(prepared, world, first)
    try decide(prepared == .release ? .discard : .release, world, second)
    _ = try world.runner(first).run(.silver, options: .strict())
    try world.expectSilver(6)
    #expect(try world.statuses() == ["released": 6])
  }

  /// Rows that came into Silver between the look-up and the commit.
  @Test func aReleaseLooksUpAgain() throws {
    let world = try world()
    let (first, second) = (MemoryJobState(), MemoryJobState())
    try prepare(.release, world, first)
    world.log.append(World.stale(0..<4))
    for job in [JobName.bronze, .silver] { _ = try world.runner(second).run(job, options: .test) }
    let report = try world.runner(first).run(.silver, options: .strict())
    #expect(report.first?.counts.duplicates == 4 && report.first?.counts.passed == 2)
    try world.expectSilver(6)
    #expect(try world.statuses() == ["released": 6])
  }

  /// Gold's refused rows are written over a table in which somebody has just closed one.
  @Test func goldKeepsWhatWasDecidedMeanwhile() throws {
    let world = try World()
    let (first, second) = (MemoryJobState(), MemoryJobState())
    func add(_ number: Int) throws {
      world.log.append([Event(number: number, time: World.noon - Int64(60 + number), user: nil).json])
      for job in [JobName.bronze, .silver] {
        _ = try world.runner(first).run(job, options: .strict(["user_name_not_null"]))
      }
    }
    try add(1)
    _ = try world.runner(first).run(.gold, options: .strict())
    try add(2)
    let stopping = try world.runner(
      first, isStopping: { (try? first.unfinished(job: "gold").first?.status) == .prepared })
    let stopped = #expect(throws: Failure.self) { try stopping.run(.gold, options: .strict()) }
    #expect(stopped?.kind == .unavailable)
    #expect(try first.unfinished(job: "gold").first?.status == .prepared)
    _ = try world.decisions(second).discard(.gold, QuarantineSelection())
    #expect(try world.runner(first).run(.gold, options: .strict()).count == 1)
    #expect(try world.statuses(Tables.goldQuarantine) == ["discarded": 1])
    #expect(try world.longs(Tables.goldGlobalMetrics, "total_events") == [2])
  }

  /// Both of a table's newest batches are finished by whoever comes, also when the second came while the first was.
  @Test func decisionsThatFollowEachOther() throws {
    let world = try world()
    let state = MemoryJobState()
    try decide(.discard, world, state)
    var selection = QuarantineSelection(statuses: [.discarded])
    selection.checks = ["freshness"]
    let reports = try world.decisions(state, waiving: ["freshness"]).release(.silver, selection)
    #expect(reports.first?.decision?.decided == 6)
    _ = try world.runner(state).run(.gold, options: .strict(), drain: true)
    #expect(try world.longs(Tables.goldGlobalMetrics, "total_quality_failed").reduce(0, +) == 0)
    #expect(try world.longs(Tables.goldGlobalMetrics, "total_events").reduce(0, +) == 6)
  }
}
