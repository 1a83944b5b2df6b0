import Failures
import JobState
import Pipeline
import Quality
import Runner
import Testing

/// A release and a discard broken at every call: finished by the next run, or said again, the tables are equal.
struct DecisionCrashTests {
  /// Quarantined rows of both layers, two of Silver's files, and rows that fail whatever is waived.
  private static func base() throws -> World {
    let world = try World()
    try world.workspace(MemoryJobState()).createTables()
    world.log.append(World.stale(0..<6) + ["no JSON"])
    world.log.append([World.deadLetter(Event(number: 30, time: World.noon - 100).json)], topic: "dlq_events")
    try world.drainStrictly(MemoryJobState())
    world.log.append(World.stale(6..<9) + [Event(number: 40, time: World.noon - 9000, namespace: nil).json])
    world.log.append([Event(number: 50, time: World.noon - 60, namespace: nil).json])
    try world.drainStrictly(MemoryJobState())
    return world
  }

  /// What an operator says: everything stale is released, the dead letters too, and what fails otherwise is discarded.
  private static func decide(_ world: World, _ state: any JobState, faults: Faults = Faults()) throws {
    let decisions = try world.decisions(state, waiving: ["freshness"], settings: .test(rows: 7), faults: faults)
    _ = try decisions.release(.bronze, .failing("dead_letter"))
    _ = try decisions.release(.silver, .failing("freshness"))
    _ = try decisions.discard(.silver, .failing("namespace_not_null"))
  }

  private static func undisturbed(_ base: World) throws -> (rows: [String: TableRows], changes: Int) {
    let world = try base.copy(seed: 2)
    let faults = Faults()
    let state = MemoryJobState()
    try decide(world, state, faults: faults)
    try world.drainStrictly(state)
    #expect(try world.statuses() == ["released": 9, "discarded": 2])
    try world.expectSilver(10)
    return (try world.allRows(quality: false), faults.count)
  }

  private static func expectEachRunOnce(_ world: World, _ comment: Comment) throws {
    let runs = try world.strings(Tables.qualityMetrics, "run")
    #expect(Set(runs).count == runs.count, comment)
  }

  /// `jobsFirst`: the jobs run before the operator says the same again.
  @Test(arguments: [false, true])
  func killedAtEveryChange(_ jobsFirst: Bool) throws {
    let base = try Self.base()
    let (wanted, changes) = try Self.undisturbed(base)
    #expect(changes > 60)
    for position in stride(from: jobsFirst ? 1 : 4, through: changes, by: Faults.step) {
      let world = try base.copy(seed: UInt64(1000 + position))
      let state = MemoryJobState()
      #expect(throws: (any Error).self) { try Self.decide(world, state, faults: Faults(.kill, at: position)) }
      let next = state.afterDeath()
      if jobsFirst { try world.drainStrictly(next) }
      try Self.decide(world, next)
      try world.drainStrictly(next)
      try world.expectEqualTables(to: wanted, quality: false, "killed at \(position)")
      try world.expectNoOrphanedMetadata("killed at \(position)")
      try Self.expectEachRunOnce(world, "killed at \(position)")
      for job in JobName.allCases { #expect(try next.unfinished(job: job.rawValue).isEmpty) }
    }
  }

  @Test func killedAtEveryChangeAndTheStateLost() throws {
    let base = try Self.base()
    let (wanted, changes) = try Self.undisturbed(base)
    for position in stride(from: 1, through: changes, by: Faults.step) {
      let world = try base.copy(seed: UInt64(2000 + position))
      #expect(throws: (any Error).self) {
        try Self.decide(world, MemoryJobState(), faults: Faults(.kill, at: position))
      }
      // Gold first: it counts open rows, and commits what Silver still owes.
      _ = try world.runner(MemoryJobState()).run(.gold, options: .strict(), drain: true)
      try Self.decide(world, MemoryJobState())
      try world.drainStrictly(MemoryJobState())
      try world.expectEqualTables(to: wanted, quality: false, "killed at \(position), state lost")
    }
  }

  @Test func everyCallFailsOnce() throws {
    let base = try Self.base()
    let (wanted, _) = try Self.undisturbed(base)
    var position = 1
    while true {
      let world = try base.copy(seed: UInt64(3000 + position))
      let state = MemoryJobState()
      let faults = Faults(.failure, at: position)
      try? Self.decide(world, state, faults: faults)
      guard faults.hasHappened else { break }
      try Self.decide(world, state)
      try world.drainStrictly(state)
      try world.expectEqualTables(to: wanted, quality: false, "call \(position) failed")
      try world.expectNoOrphanedMetadata("call \(position) failed")
      position += 3 * Faults.step - 2
    }
    #expect(position > 150)
  }

  @Test(arguments: [Faults.Kind.unknownDone, .unknownUndone])
  func everyCommitWithUnknownOutcome(_ kind: Faults.Kind) throws {
    let base = try Self.base()
    let (wanted, _) = try Self.undisturbed(base)
    var position = 1
    while true {
      let world = try base.copy(seed: UInt64(4000 + position))
      let state = MemoryJobState()
      let faults = Faults(kind, at: position)
      try? Self.decide(world, state, faults: faults)
      guard faults.hasHappened else { break }
      try Self.decide(world, state)
      try world.drainStrictly(state)
      try world.expectEqualTables(to: wanted, quality: false, "commit \(position) unknown")
      position += 1
    }
    #expect(position > 6)
  }

  /// Rows on which the job dies: the decision is given up after some attempts, and the job goes on.
  @Test func aDecisionThatKillsTheJobIsGivenUp() throws {
    let world = try Self.base().copy(seed: 5)
    let state = MemoryJobState()
    var settings = try JobSettings.test()
    settings.silver.checks = { _ in throw Killed() }
    let decisions = try world.decisions(state, settings: settings)
    #expect(throws: (any Error).self) { try decisions.release(.silver, QuarantineSelection()) }
    world.log.append([Event(number: 70, time: World.noon - 30).json])
    _ = try world.runner(state).run(.bronze, options: .strict())
    for _ in 0..<2 {
      #expect(throws: (any Error).self) { try world.runner(state, settings: settings).run(.silver, options: .strict()) }
    }
    #expect(try world.runner(state).run(.silver, options: .strict()).first?.counts.passed == 1)
    #expect(try state.runs(job: "silver", limit: 9).map(\.status) == [.done, .failed])
    #expect(try world.statuses() == ["open": 11])
  }

  /// What is wrong with the rows themselves is told to the operator; the job's own batches do not wait for it.
  @Test func aDecisionThatFailsIsNotTriedAgain() throws {
    let world = try Self.base().copy(seed: 6)
    let state = MemoryJobState()
    var settings = try JobSettings.test()
    settings.silver.checks = { _ in throw Failure.malformedInput("rows") }
    let decisions = try world.decisions(state, settings: settings)
    #expect(throws: Failure.self) { try decisions.release(.silver, QuarantineSelection()) }
    #expect(try state.unfinished(job: "silver").isEmpty)
    #expect(try state.runs(job: "silver", limit: 1).first?.status == .failed)
  }

  /// A blocked batch stays blocked whatever is decided about rows meanwhile.
  @Test func aBlockedBatchIsNotForgotten() throws {
    let world = try Self.base().copy(seed: 7)
    let state = MemoryJobState()
    world.log.append([Event(number: 80, time: World.noon - 20).json])
    for job in [JobName.bronze, .silver] { _ = try world.runner(state).run(job, options: .strict()) }
    var run = try #require(try state.runs(job: "silver", limit: 1).first)
    // Its progress is what the table has, as if it had not been committed.
    var plan = try Plan(text: run.plan)
    plan.progressStart = plan.progressEnd
    (run.plan, run.status, run.outcome) = (try plan.text, .blocked, nil)
    try state.update(run)
    for _ in 0..<3 { _ = try world.decisions(state).discard(.silver, .failing("freshness")) }
    let failure = #expect(throws: Failure.self) { try world.runner(state).run(.silver, options: .strict()) }
    #expect(failure?.kind == .qualityGate)
    let status = try StatusReader(workspace: world.workspace(state), settings: .test()).read()
    #expect(status.jobs.first { $0.name == .silver }?.blocked == run.batch)
  }
}
