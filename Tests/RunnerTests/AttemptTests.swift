import Failures
import JobState
import Pipeline
import Quality
import Runner
import Synchronization
import Testing

/// What becomes of input on which a job crashes again and again.
struct AttemptTests {
  @Test func rowLimitsSearchTheRangeThatFailed() throws {
    var limit: RowLimit? = RowLimit.halving(100, after: nil)
    #expect(limit == RowLimit(rows: 50, remaining: 100))
    limit = limit?.consuming(50)
    #expect(limit == RowLimit(rows: 50, remaining: 50))
    limit = RowLimit.halving(50, after: limit)
    #expect(limit == RowLimit(rows: 25, remaining: 50))
    #expect(RowLimit.halving(1, after: limit) == RowLimit(rows: 0, remaining: 50))
    // Once the record is found, or the range is behind, there is no limit any more.
    #expect(RowLimit(rows: 0, remaining: 50).consuming(1) == nil)
    #expect(RowLimit(rows: 25, remaining: 25).consuming(25) == nil)
    #expect(try RowLimit(text: RowLimit(rows: 3, remaining: 9).text) == RowLimit(rows: 3, remaining: 9))
  }

  /// A Silver whose checks cannot be made while `isBroken` says so: the process dies before anything is written.
  private func settings(_ isBroken: @escaping @Sendable () -> Bool) throws -> JobSettings {
    var settings = try JobSettings.test()
    settings.silver.checks = { clock in
      if isBroken() { throw Killed() }
      return .silver(clock: clock)
    }
    settings.gold.checks = { _, waived in
      if isBroken() { throw Killed() }
      return try GoldRowChecks(waiving: waived)
    }
    return settings
  }

  @Test func halvesDownToOneRecordWhichIsPoison() throws {
    let world = try World()
    let state = MemoryJobState()
    world.log.append((0..<4).map { Event(number: $0, time: World.noon - 600).json })
    _ = try world.runner(state).run(.bronze, options: .test)
    let runner = try world.runner(state, settings: settings { true })
    var failures = 0
    while try world.strings(Tables.silverQuarantine, "row_id").count < 1, failures < 100 {
      do { _ = try runner.run(.silver, options: .test) } catch { failures += 1 }
    }
    // Three attempts each at four, two and one records; then the first goes to quarantine unseen.
    #expect(failures == 9)
    #expect(try world.strings(Tables.silverQuarantine, "quarantine_reason") == ["poison"])
    // The rest is taken whole as soon as it can be.
    let healed = try world.runner(state).run(.silver, options: .test)
    #expect(healed.first?.counts.passed == 3)
  }

  @Test func attemptsAreCountedBeforeTheyStart() throws {
    let world = try World()
    let state = MemoryJobState()
    world.log.append([Event(number: 0, time: World.noon - 600).json])
    _ = try world.runner(state).run(.bronze, options: .test)
    let runner = try world.runner(state, settings: settings { true })
    for attempt in 1...3 {
      #expect(throws: (any Error).self) { try runner.run(.silver, options: .test) }
      #expect(try state.unfinished(job: "silver").first?.attempts == attempt)
    }
  }

  /// A disk that is full says nothing about the range.
  @Test func troublesOfTheEnvironmentAreNoAttempts() throws {
    let world = try World()
    let state = MemoryJobState()
    world.log.append([Event(number: 0, time: World.noon - 600).json])
    var settings = try JobSettings.test()
    settings.silver.checks = { _ in throw Failure.unavailable("disk full") }
    _ = try world.runner(state).run(.bronze, options: .test)
    let runner = try world.runner(state, settings: settings)
    for _ in 0..<8 { #expect(throws: Failure.self) { try runner.run(.silver, options: .test) } }
    #expect(try state.unfinished(job: "silver").first?.attempts == 0)
    #expect(try world.runner(state).run(.silver, options: .test).first?.counts.passed == 1)
  }

  @Test func goldStopsUntilSomebodyRetries() throws {
    let world = try World()
    let state = MemoryJobState()
    world.log.append([Event(number: 0, time: World.noon - 600).json])
    let shared = Flag(true)
    let runner = try world.runner(state, settings: settings { shared.value })
    shared.value = false
    for job in [JobName.bronze, .silver] { _ = try runner.run(job, options: .test) }
    shared.value = true
    for _ in 0..<3 { #expect(throws: (any Error).self) { try runner.run(.gold, options: .test) } }
    for _ in 0..<2 {
      let failure = #expect(throws: Failure.self) { try runner.run(.gold, options: .test) }
      #expect(failure?.kind == .qualityGate)
      #expect(failure?.description.contains("batches retry gold-000001") == true)
    }
    shared.value = false
    #expect(throws: Failure.self) { try runner.run(.gold, options: .test) }
    try BatchDecisions(workspace: world.workspace(state)).retry(batch: "gold-000001", waivers: ["ratio"])
    let report = try runner.run(.gold, options: .test)
    #expect(report.first?.plan.batch == "gold-000001")
    #expect(report.first?.plan.waivers == ["freshness", "ratio"])
  }

  @Test func aBlockedBatchWhoseWorkAnotherDidIsForgotten() throws {
    let world = try World()
    let state = MemoryJobState()
    world.log.append([Event(number: 0, time: World.noon - 600).json])
    for job in [JobName.bronze, .silver] { _ = try world.runner(state).run(job, options: .test) }
    let broken = try world.runner(state, settings: settings { true })
    for _ in 0..<4 { #expect(throws: (any Error).self) { try broken.run(.gold, options: .test) } }
    _ = try world.runner(MemoryJobState()).run(.gold, options: .test)
    #expect(try world.runner(state).run(.gold, options: .test).isEmpty)
    #expect(try state.runs(batch: "gold-000001").first?.status == .superseded)
  }
}

/// A value that tests change while closures look at it.
final class Flag: Sendable {
  private let state: Mutex<Bool>
  init(_ value: Bool) { state = Mutex(value) }
  var value: Bool {
    get { state.withLock { $0 } }
    set { state.withLock { $0 = newValue } }
  }
}
