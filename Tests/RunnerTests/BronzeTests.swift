import Failures
import Iceberg
import JobState
import Pipeline
import Quality
import Runner
import Testing

/// Which offsets Bronze takes, and what it does when they are gone.
struct BronzeTests {
  private func event(_ number: Int) -> String { Event(number: number, time: World.noon - 600).json }

  private func offsets(_ world: World) throws -> [Int64] { try world.longs(Tables.bronzeEvents, "kafka_offset") }

  @Test func limitsOfRowsAndBytes() throws {
    let world = try World()
    let state = MemoryJobState()
    world.log.append((0..<10).map(event))
    let size = event(1).utf8.count + 3
    #expect(try world.runner(state, settings: .test(rows: 3)).run(.bronze, options: .test).first?.counts.total == 3)
    let bytes = try world.runner(state, settings: .test(bytes: 2 * size + 1)).run(.bronze, options: .test)
    #expect(bytes.first?.counts.total == 2)
    // At least one record, however large.
    let one = try world.runner(state, settings: .test(bytes: 1)).run(.bronze, options: .test)
    #expect(one.first?.counts.total == 1)
    let rest = try world.runner(state, settings: .test(rows: 3)).run(.bronze, options: .test, drain: true)
    #expect(rest.map(\.counts.total) == [3, 1])
    #expect(try offsets(world) == Array(0..<10))
    #expect(world.log.noted() == 10)
  }

  @Test func aDrainEndsWhereTheLogEndedWhenItBegan() throws {
    let world = try World()
    world.log.append((0..<4).map(event))
    let reports = try world.runner(MemoryJobState(), settings: .test(rows: 2))
      .run(.bronze, options: .test, drain: true) { _ in
        world.log.append([event(50)])
        world.log.append([event(51)], partition: 1)
      }
    #expect(reports.map(\.counts.total) == [2, 2])
    let next = try world.runner(MemoryJobState()).run(.bronze, options: .test, drain: true)
    #expect(next.map(\.counts.total) == [4])
  }

  @Test func aGapInsideIsNoError() throws {
    let world = try World()
    world.log.append((0..<2).map(event))
    world.log.skip(5)
    world.log.append((2..<4).map(event))
    world.log.skip(2)
    let reports = try world.runner(MemoryJobState(), settings: .test(rows: 3))
      .run(.bronze, options: .test, drain: true)
    #expect(reports.map(\.counts.total).reduce(0, +) == 4)
    #expect(try offsets(world) == [0, 1, 7, 8])
    #expect(world.log.noted() == 11)
  }

  @Test func anotherLogIsRefusedUntilItsLossIsAccepted() throws {
    let world = try World()
    let state = MemoryJobState()
    world.log.append((0..<3).map(event))
    try world.runner(state).drainAll()
    world.log.replace(id: "log-2")
    world.log.append((10..<12).map(event))
    let failure = #expect(throws: Failure.self) { try world.runner(state).run(.bronze, options: .test) }
    #expect(failure?.kind == .qualityGate)
    #expect(failure?.description.contains("accept-loss log-1") == true)
    try BatchDecisions(workspace: world.workspace(state)).acceptLoss(log: "log-1")
    _ = try world.runner(state).run(.bronze, options: .test, drain: true)
    #expect(
      try world.strings(Tables.bronzeEvents, "kafka_cluster_id") == Array(repeating: "log-1", count: 3) + [
        "log-2", "log-2",
      ])
    // The word is used up.
    #expect(try state.value(job: "bronze", key: "accepted-loss") == nil)
  }

  @Test func aLogThatEndsBeforeTheProgressIsRefused() throws {
    let world = try World()
    let state = MemoryJobState()
    world.log.append((0..<3).map(event))
    try world.runner(state).drainAll()
    world.log.replace(id: "log-1")
    world.log.append([event(10)])
    let failure = #expect(throws: Failure.self) { try world.runner(state).run(.bronze, options: .test) }
    #expect(failure?.kind == .qualityGate)
    try BatchDecisions(workspace: world.workspace(state)).acceptLoss(log: "log-1")
    _ = try world.runner(state).run(.bronze, options: .test)
    #expect(try offsets(world) == [0, 0, 1, 2])
  }

  @Test func aHeadThatRetentionTookIsRefusedUntilAccepted() throws {
    let world = try World()
    let state = MemoryJobState()
    world.log.append((0..<2).map(event))
    try world.runner(state).drainAll()
    world.log.append((2..<8).map(event))
    world.log.trim(before: 5)
    let failure = #expect(throws: Failure.self) { try world.runner(state).run(.bronze, options: .test) }
    #expect(failure?.kind == .qualityGate)
    #expect(failure?.description.contains("2 to 4") == true)
    try BatchDecisions(workspace: world.workspace(state)).acceptLoss(log: "log-1")
    let report = try world.runner(state).run(.bronze, options: .test)
    #expect(report.first?.plan.input.contains("\"lost_from\":2") == true)
    #expect(try offsets(world) == [0, 1, 5, 6, 7])
  }

  @Test func aMissingHeadIsSkippedWhereConfigured() throws {
    let world = try World()
    world.log.append((0..<2).map(event))
    let state = MemoryJobState()
    try world.runner(state).drainAll()
    world.log.append((2..<8).map(event))
    world.log.trim(before: 5)
    let report = try world.runner(state, settings: .test(onMissing: .skip)).run(.bronze, options: .test)
    #expect(report.first?.plan.input.contains("\"lost_from\":2") == true)
    #expect(report.first?.counts.total == 3)
  }

  /// A plan of a process that died, whose records retention took meanwhile, must not stand in the way.
  @Test func aPlanWhoseInputIsGoneIsMadeAnew() throws {
    let world = try World()
    let state = MemoryJobState()
    world.log.append((0..<4).map(event))
    try world.workspace(state).createTables()
    try dieAfterPlanning(world, state, .bronze)
    let next = state.afterDeath()
    #expect(try next.unfinished(job: "bronze").count == 1)
    world.log.trim(before: 2)
    _ = try world.runner(next, settings: .test(onMissing: .skip)).run(.bronze, options: .test)
    #expect(try offsets(world) == [2, 3])
    #expect(try next.runs(job: "bronze", limit: 9).map(\.status) == [.done, .failed])
  }

  @Test func numbersGoOnWithoutStateAndAfterARollback() throws {
    let world = try World()
    world.log.append((0..<6).map(event))
    let reports = try world.runner(MemoryJobState(), settings: .test(rows: 2))
      .run(.bronze, options: .test, drain: true)
    #expect(reports.map(\.plan.batch) == ["bronze-000001", "bronze-000002", "bronze-000003"])
    try world.rollBack(Tables.bronzeEvents, to: try #require(try world.snapshots(Tables.bronzeEvents).first?.id))
    let again = try world.runner(MemoryJobState()).run(.bronze, options: .test)
    #expect(again.first?.plan.batch == "bronze-000004")
    #expect(try offsets(world) == Array(0..<6))
  }
}

/// Runs `job` until its plan is recorded, and dies before anything is written.
func dieAfterPlanning(_ world: World, _ state: MemoryJobState, _ job: JobName) throws {
  for position in 1...40 {
    let trial = state.afterDeath()
    _ = try? world.runner(trial, faults: Faults(.kill, at: position)).run(job, options: .test)
    if let record = try trial.unfinished(job: job.rawValue).first, record.status == .planned, record.attempts == 1 {
      _ = try? world.runner(state, faults: Faults(.kill, at: position)).run(job, options: .test)
      return
    }
  }
}
