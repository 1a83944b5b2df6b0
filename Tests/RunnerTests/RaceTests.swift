import Columns
import Failures
import Iceberg
import JobState
import ObjectStore
import Pipeline
import Quality
import Runner
import Testing

/// Two tasks with two states on one warehouse, stopped between prepare and commit by turns.
struct RaceTests {
  private func world() throws -> World {
    let world = try World()
    try world.workspace(MemoryJobState()).createTables()
    world.log.append((0..<8).map { Event(number: $0, time: World.noon - 4000 + Int64($0) * 400).json })
    world.log.append([Event(number: 20, time: World.noon - 300, namespace: nil).json, "{"])
    return world
  }

  /// A task that stops once its run is prepared, before the first commit.
  private func prepare(_ job: JobName, in world: World, _ state: MemoryJobState) throws {
    let runner = try world.runner(
      state, isStopping: { (try? state.unfinished(job: job.rawValue).first?.status) == .prepared })
    let failure = #expect(throws: Failure.self) { try runner.run(job, options: .test) }
    #expect(failure?.kind == .unavailable)
  }

  /// The data files that lie in a table's folder, and those that belong to it.
  private func expectNoStrayFiles(_ world: World, _ definition: TableDefinition) throws {
    let table = try world.table(definition)
    let files = try world.store.list(prefix: table.metadata.location + "/data/").map(\.location)
    let live = try table.liveFiles(afterSequence: -1, upTo: .max).map(\.dataFile.path)
    #expect(Set(files) == Set(live), "\(definition.name)")
  }

  @Test(arguments: [JobName.bronze, .silver, .gold])
  func theSecondIsSuperseded(_ job: JobName) throws {
    let world = try world()
    let first = MemoryJobState()
    for before in JobName.allCases.prefix(while: { $0 != job }) {
      _ = try world.runner(MemoryJobState()).run(before, options: .test)
    }
    try prepare(job, in: world, first)
    _ = try world.runner(MemoryJobState()).run(job, options: .test)
    let rows = try world.allRows(quality: false)
    let failure = #expect(throws: Failure.self) { try world.runner(first).run(job, options: .test) }
    #expect(failure?.kind == .busy)
    #expect(try first.runs(job: job.rawValue, limit: 1).first?.status == .superseded)
    #expect(try world.runner(first).run(job, options: .test).isEmpty)
    try world.expectEqualTables(to: rows, quality: false)
    for definition in [Tables.bronzeEvents, Tables.silverEvents, Tables.silverQuarantine, Tables.goldUserMetrics] {
      try expectNoStrayFiles(world, definition)
    }
  }

  /// Rows that a replay added after the look-up, the progress unchanged: the prepared files are made again without them.
  @Test func silverLooksUpAgainWhatWasAddedMeanwhile() throws {
    let world = try world()
    _ = try world.runner(MemoryJobState()).run(.bronze, options: .test)
    let other = try world.copy(seed: 77)
    _ = try other.runner(MemoryJobState()).run(.silver, options: .test)
    let state = MemoryJobState()
    try prepare(.silver, in: world, state)
    let silver = try world.table(Tables.silverEvents)
    let random = { UInt64.random(in: 0 ... .max) }
    let writer = try DataFileWriter(table: silver, random: random)
    try TableScan(other.table(Tables.silverEvents)).readAll { try writer.write($0.rows.gathering([0, 1, 2])) }
    let files = try writer.finish()
    _ = try silver.commit(clock: { World.noon * 1000 }, random: random) { _, _ in
      var change = SnapshotChange(.append)
      change.added = files
      return .proceed(change)
    }
    let report = try world.runner(state).run(.silver, options: .test)
    #expect(report.first?.counts.passed == 5)
    #expect(report.first?.counts.duplicates == 3)
    let ids = try world.strings(Tables.silverEvents, "meta_id")
    #expect(ids.count == 8 && Set(ids).count == 8)
    try expectNoStrayFiles(world, Tables.silverEvents)
    // Losing a race is no failed attempt.
    #expect(try state.runs(job: "silver", limit: 1).first?.attempts == 1)
  }

  /// Silver died after its main commit: whoever comes next adds the quarantine rows, Gold too, which counts them.
  @Test func goldAddsWhatSilverStillOwes() throws {
    let base = try world()
    _ = try base.runner(MemoryJobState()).run(.bronze, options: .test)
    let wanted = try base.copy(seed: 3)
    try wanted.runner(MemoryJobState()).drainAll()
    let rows = try wanted.allRows(quality: false)
    let changes = Faults()
    _ = try base.copy(seed: 4).runner(MemoryJobState(), faults: changes).run(.silver, options: .test)
    for position in stride(from: 1, through: changes.count, by: (Faults.step + 2) / 3) {
      let world = try base.copy(seed: UInt64(100 + position))
      let state = MemoryJobState()
      _ = try? world.runner(state, faults: Faults(.kill, at: position)).run(.silver, options: .test)
      _ = try world.runner(MemoryJobState()).run(.gold, options: .test, drain: true)
      try world.runner(state.afterDeath()).drainAll()
      try world.expectEqualTables(to: rows, quality: false, "killed at \(position), Gold came first")
    }
  }

  /// A state file that was copied from another home names that home's files.
  @Test func aMetadataFileOfAnotherHomeIsLeftAlone() throws {
    let world = try world()
    let state = MemoryJobState()
    let foreign = "memory://elsewhere/wikiguard/bronze_events/metadata/00007-x.metadata.json"
    let orphan = try world.table(Tables.bronzeEvents).metadata.location + "/metadata/00007-x.metadata.json"
    for path in [foreign, orphan] {
      try world.store.write([1], to: path, mode: .createNew)
      try state.setValue(path, job: "bronze", key: "metadata:bronze_events")
      _ = try world.runner(state).run(.bronze, options: .test)
      #expect(try state.value(job: "bronze", key: "metadata:bronze_events") == nil)
    }
    #expect(try world.store.exists(foreign))
    #expect(try !world.store.exists(orphan))
  }
}
