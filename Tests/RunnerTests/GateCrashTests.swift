import Failures
import Iceberg
import JobState
import ObjectStore
import Pipeline
import Quality
import Runner
import Testing

/// A suspended batch whose process dies at any moment, before and after the operator's word.
struct GateCrashTests {
  private static func settings() throws -> JobSettings {
    var settings = try JobSettings.test()
    let checks = try BatchChecks([
      BatchCheck("many_rows", .size, .absolute(minimum: 9, maximum: nil), mode: .suspend)
    ])
    settings.silver.batchChecks = { _ in checks }
    return settings
  }

  private static func base() throws -> World {
    let world = try World()
    try world.workspace(MemoryJobState()).createTables()
    world.log.append((0..<4).map { Event(number: $0, time: World.noon - 900 + Int64($0)).json })
    world.log.append([Event(number: 60, time: World.noon - 100, namespace: nil).json])
    _ = try world.runner(MemoryJobState()).run(.bronze, options: .test)
    return world
  }

  private static func expectNothingOfSilver(_ world: World, _ comment: Comment) throws {
    for definition in [Tables.silverEvents, Tables.silverQuarantine] {
      let table = try world.table(definition)
      #expect(table.metadata.currentSnapshotID == nil, comment)
      #expect(try world.store.list(prefix: table.metadata.location + "/data/").isEmpty, comment)
    }
  }

  /// The number of changes until the run is blocked.
  private static func changes(_ base: World) throws -> Int {
    let faults = Faults()
    let runner = try base.copy(seed: 7).runner(MemoryJobState(), settings: settings(), faults: faults)
    #expect(throws: Failure.self) { try runner.run(.silver, options: .test) }
    return faults.count
  }

  @Test func killedWhileItIsSuspended() throws {
    let base = try Self.base()
    for position in 1...(try Self.changes(base)) {
      let world = try base.copy(seed: UInt64(5000 + position))
      let state = MemoryJobState()
      let dying = try world.runner(state, settings: Self.settings(), faults: Faults(.kill, at: position))
      #expect(throws: (any Error).self) { try dying.run(.silver, options: .test) }
      let next = state.afterDeath()
      let failure = #expect(throws: Failure.self) {
        try world.runner(next, settings: Self.settings()).run(.silver, options: .test)
      }
      #expect(failure?.kind == .qualityGate, "killed at \(position)")
      #expect(try next.blocked(job: "silver") != nil, "killed at \(position)")
      let table = try world.table(Tables.silverEvents)
      #expect(table.metadata.currentSnapshotID == nil, "killed at \(position)")
    }
  }

  @Test func theStateIsLost() throws {
    let world = try Self.base()
    for _ in 0..<2 {
      let state = MemoryJobState()
      let failure = #expect(throws: Failure.self) {
        try world.runner(state, settings: Self.settings()).run(.silver, options: .test)
      }
      #expect(failure?.description.contains("silver-000001") == true)
      try Self.expectNothingOfSilver(world, "state lost")
    }
  }

  /// After the operator's word the batch is as any other: each of its rows and results once, whenever the process dies.
  @Test(arguments: [true, false])
  func killedAfterTheDecision(_ quarantines: Bool) throws {
    let base = try Self.base()
    func decide(_ world: World, _ state: MemoryJobState) throws {
      #expect(throws: Failure.self) {
        try world.runner(state, settings: Self.settings()).run(.silver, options: .test)
      }
      let decisions = BatchDecisions(workspace: world.workspace(state))
      if quarantines {
        _ = try decisions.quarantine(batch: "silver-000001")
      } else {
        try decisions.retry(batch: "silver-000001", waivers: ["many_rows"])
      }
    }
    let wanted = try base.copy(seed: 3)
    let (state, faults) = (MemoryJobState(), Faults())
    try decide(wanted, state)
    _ = try wanted.runner(state, settings: Self.settings(), faults: faults).run(.silver, options: .test, drain: true)
    #expect(try wanted.strings(Tables.silverQuarantine, "row_id").count == (quarantines ? 5 : 1))
    let rows = try wanted.allRows()
    for position in stride(from: 1, through: faults.count, by: (Faults.step + 3) / 4) {
      let world = try base.copy(seed: UInt64(6000 + position))
      let state = MemoryJobState()
      try decide(world, state)
      let dying = try world.runner(state, settings: Self.settings(), faults: Faults(.kill, at: position))
      #expect(throws: (any Error).self) { try dying.run(.silver, options: .test, drain: true) }
      _ = try world.runner(state.afterDeath(), settings: Self.settings()).run(.silver, options: .test, drain: true)
      try world.expectEqualTables(to: rows, "killed at \(position)")
    }
  }
}
