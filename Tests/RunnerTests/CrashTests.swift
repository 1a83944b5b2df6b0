import JobState
import Pipeline
import Runner
import Testing

/// One round of all three jobs on tables that hold something, broken at every call.
///
/// All positions in release; in debug, which is ten times slower, some of them.
struct CrashTests {
  /// Tables with windows, quarantine and a dead letter, and a log that holds more: late events, copies, refused ones.
  private static func base() throws -> World {
    let log = MemoryLog()
    let world = try World(log: log)
    log.append((0..<12).map { Event(number: $0, time: World.noon - 9000 + Int64($0) * 300, title: "P\($0 % 3)").json })
    log.append([Event(number: 50, time: World.noon - 8000, namespace: nil).json, "no JSON"])
    log.append(["{\"lost\":1}"], topic: "dlq_events")
    try world.workspace(MemoryJobState()).createTables()
    try world.runner(MemoryJobState()).drainAll()
    log.append(
      (8..<20).map { Event(number: $0, time: World.noon - 9000 + Int64($0) * 300, title: "P\($0 % 3)").json })
    log.append([
      Event(number: 60, time: World.noon - 8900, user: "Bob").json,
      Event(number: 61, time: World.noon - 100, namespace: nil).json,
      "{", Event(number: 60, time: World.noon - 8900, user: "Bob", received: World.noon - 60).json,
    ])
    return world
  }

  private static func undisturbed(_ base: World) throws -> (rows: [String: TableRows], changes: Int) {
    let world = try base.copy(seed: 2)
    let faults = Faults()
    try world.runner(MemoryJobState(), faults: faults).drainAll()
    return (try world.allRows(), faults.count)
  }

  @Test func killedAtEveryChange() throws {
    let base = try Self.base()
    let (wanted, changes) = try Self.undisturbed(base)
    #expect(changes > 60)
    for position in stride(from: 1, through: changes, by: Faults.step) {
      let world = try base.copy(seed: UInt64(1000 + position))
      let state = MemoryJobState()
      let faults = Faults(.kill, at: position)
      #expect(throws: (any Error).self) { try world.runner(state, faults: faults).drainAll() }
      try world.runner(state.afterDeath()).drainAll()
      try world.expectEqualTables(to: wanted, "killed at \(position)")
      try world.expectNoOrphanedMetadata("killed at \(position)")
    }
  }

  @Test func killedAtEveryChangeAndTheStateLost() throws {
    let base = try Self.base()
    let (wanted, changes) = try Self.undisturbed(base)
    for position in stride(from: 1, through: changes, by: Faults.step) {
      let world = try base.copy(seed: UInt64(2000 + position))
      let faults = Faults(.kill, at: position)
      #expect(throws: (any Error).self) { try world.runner(MemoryJobState(), faults: faults).drainAll() }
      try world.runner(MemoryJobState()).drainAll()
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
      try? world.runner(state, faults: faults).drainAll()
      guard faults.hasHappened else { break }
      try world.runner(state).drainAll()
      try world.expectEqualTables(to: wanted, "call \(position) failed")
      try world.expectNoOrphanedMetadata("call \(position) failed")
      position += 2 * Faults.step - 1
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
      try? world.runner(state, faults: faults).drainAll()
      guard faults.hasHappened else { break }
      try world.runner(state).drainAll()
      try world.expectEqualTables(to: wanted, "commit \(position) unknown")
      position += 1
    }
    #expect(position > 8)
  }
}
