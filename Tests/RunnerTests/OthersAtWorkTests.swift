import Failures
import Iceberg
import JobState
import Pipeline
import Quality
import Runner
import Testing

/// Other engines compact, delete and expire between two of our batches.
struct OthersAtWorkTests {
  private func event(_ number: Int) -> String { Event(number: number, time: World.noon - 600).json }

  /// After an expiry only the table's property holds the progress, also where the snapshot that is left has no parent any more.
  @Test(arguments: [true, false]) func progressOutlivesAnExpiry(forgettingParent: Bool) throws {
    let world = try World()
    world.log.append((0..<4).map(event))
    try world.runner(MemoryJobState()).drainAll()
    for definition in [Tables.bronzeEvents, Tables.silverEvents, Tables.goldGlobalMetrics] {
      try world.rewriteAsOthers(definition)
      try world.expireAsOthers(definition, forgettingParent: forgettingParent)
    }
    world.log.append((4..<6).map(event))
    try world.runner(MemoryJobState()).drainAll()
    #expect(try world.longs(Tables.bronzeEvents, "kafka_offset") == Array(0..<6))
    let undisturbed = try World(log: world.log, seed: 500)
    try undisturbed.runner(MemoryJobState()).drainAll()
    try world.expectEqualTables(to: undisturbed.allRows(quality: false), quality: false)
  }

  /// Rows that a plan of Silver counts may be deleted from the files that hold them.
  @Test func rowsDeletedFromUnreadBronzeAreLeftOut() throws {
    let world = try World()
    let state = MemoryJobState()
    world.log.append((0..<4).map(event))
    _ = try world.runner(state).run(.bronze, options: .test)
    try world.deleteAsOthers(Tables.bronzeEvents, "kafka_offset", is: .long(2))
    let report = try #require(try world.runner(state).run(.silver, options: .test).first)
    #expect(report.counts.passed == 3)
    #expect(try world.longs(Tables.silverEvents, "kafka_offset") == [0, 1, 3])
  }

  @Test func aPoisonousRowThatWasDeletedIsNoTrouble() throws {
    let world = try World()
    let state = MemoryJobState()
    world.log.append([event(0)])
    _ = try world.runner(state).run(.bronze, options: .test)
    try world.deleteAsOthers(Tables.bronzeEvents, "kafka_offset", is: .long(0))
    try state.setValue(RowLimit(rows: 0, remaining: 1).text, job: "silver", key: "row-limit")
    let report = try #require(try world.runner(state).run(.silver, options: .test).first)
    #expect(report.counts.total == 0)
    #expect(try world.longs(Tables.silverQuarantine, "kafka_offset").isEmpty)
  }

  /// A compaction says nothing of the batches whose rows it moves; the rows do.
  @Test func waiversOfCompactedRowsHold() throws {
    let world = try World()
    let state = MemoryJobState()
    var strict = RunOptions.test
    strict.waivers = []
    func stale(_ number: Int) -> String { Event(number: number, time: World.noon - 90_000).json }
    world.log.append([stale(1), stale(2)])
    _ = try world.runner(state).run(.bronze, options: .test)
    world.log.append([stale(3)])
    _ = try world.runner(state).run(.bronze, options: strict)
    try world.rewriteAsOthers(Tables.bronzeEvents)
    try world.expireAsOthers(Tables.bronzeEvents, forgettingParent: false)
    _ = try world.runner(state).run(.silver, options: strict)
    #expect(try world.longs(Tables.silverEvents, "kafka_offset") == [0, 1])
    #expect(try world.longs(Tables.silverQuarantine, "kafka_offset") == [2])
  }

  /// A commit that holds nothing but a delete file touches the windows of the rows that it takes away.
  @Test(arguments: [true, false]) func goldFollowsDeletesInSilver(isHistoryCut: Bool) throws {
    let world = try World()
    let state = MemoryJobState()
    world.log.append((0..<4).map(event))
    try world.runner(state).drainAll()
    #expect(try world.longs(Tables.goldGlobalMetrics, "total_events") == [4])
    try world.deleteAsOthers(Tables.silverEvents, "kafka_offset", is: .long(2))
    if isHistoryCut { try world.expireAsOthers(Tables.silverEvents, forgettingParent: false) }
    _ = try world.runner(state).run(.gold, options: .test)
    #expect(try world.longs(Tables.goldGlobalMetrics, "total_events") == [3])
  }

  /// Windows that are kept of a compacted file are copied; a row that others delete before the commit must not come back with the copy.
  @Test func aRowDeletedWhileItsWindowWasCopiedStaysDeleted() throws {
    let world = try World()
    let state = MemoryJobState()
    world.log.append([event(0), Event(number: 1, time: World.noon - 1800, user: "Bob").json])
    try world.runner(state).drainAll()
    for definition in [Tables.goldEntityMetrics, Tables.goldUserMetrics, Tables.goldGlobalMetrics] {
      try world.rewriteAsOthers(definition)
    }
    world.log.append([event(2)])
    for job in [JobName.bronze, .silver] { _ = try world.runner(state).run(job, options: .test) }
    let next = try diePrepared(world, state, .gold)
    try world.deleteAsOthers(Tables.goldUserMetrics, "user_name", is: .text("Bob"))
    let failure = #expect(throws: Failure.self) { try world.runner(next).run(.gold, options: .test) }
    #expect(
      failure?.kind == .busy, "the commit before it is made: the run is superseded, and the next covers its input")
    _ = try world.runner(next).run(.gold, options: .test)
    #expect(try world.strings(Tables.goldUserMetrics, "user_name") == ["Alice"])
    #expect(try world.longs(Tables.goldUserMetrics, "total_events") == [2])
    #expect(try world.longs(Tables.goldGlobalMetrics, "total_events") == [1, 2])
  }

  /// The state of a process that died when its run was prepared and nothing of it committed.
  private func diePrepared(_ world: World, _ state: MemoryJobState, _ job: JobName) throws -> MemoryJobState {
    for position in 1...200 {
      let trial = state.afterDeath()
      _ = try? world.runner(trial, faults: Faults(.kill, at: position)).run(job, options: .test)
      if try trial.unfinished(job: job.rawValue).first?.status == .prepared { return trial.afterDeath() }
    }
    throw Failure.notFound("a prepared run")
  }
}
