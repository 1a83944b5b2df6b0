import JobState
import Pipeline
import Runner
import Testing

/// What waits, and since when.
struct StatusTests {
  private func status(_ world: World, _ job: JobName) throws -> PipelineStatus.Job {
    let reader = StatusReader(workspace: world.workspace(MemoryJobState()), settings: try .test())
    return try #require(try reader.read().jobs.first { $0.name == job })
  }

  @Test func nothingWaitsInAnEmptyHome() throws {
    let world = try World()
    for job in JobName.allCases {
      let status = try status(world, job)
      #expect(status.waiting == 0 && status.oldestWaiting == nil && status.lastBatch == nil)
    }
  }

  @Test func inputWaitsSinceItCameNotSinceTheLastOneWasTaken() throws {
    let world = try World()
    let state = MemoryJobState()
    world.log.append([Event(number: 1, time: World.noon - 300).json])
    try world.runner(state).drainAll()
    for job in JobName.allCases { #expect(try status(world, job).oldestWaiting == nil) }
    let later = World.noon + 86_400
    world.setClock(later)
    world.log.append([Event(number: 2, time: later - 60).json], time: later * 1000)
    #expect(try status(world, .bronze).oldestWaiting == later * 1_000_000)
    _ = try world.runner(state).run(.bronze, options: .test)
    #expect(try status(world, .silver).oldestWaiting == later * 1_000_000)
    world.setClock(later + 5)
    _ = try world.runner(state).run(.silver, options: .test)
    let gold = try status(world, .gold)
    #expect(gold.waiting == 1 && gold.oldestWaiting == (later + 5) * 1_000_000)
    _ = try world.runner(state).run(.gold, options: .test, drain: true)
    #expect(try status(world, .gold).oldestWaiting == nil)
  }

  @Test func whatGoldHasNeverTakenWaitsSinceTheFirstOfIt() throws {
    let world = try World()
    let state = MemoryJobState()
    for number in 1...3 {
      world.setClock(World.noon + Int64(number) * 600)
      world.log.append([Event(number: number, time: World.noon - 60).json])
      for job in [JobName.bronze, .silver] { _ = try world.runner(state).run(job, options: .test) }
    }
    #expect(try status(world, .gold).oldestWaiting == (World.noon + 600) * 1_000_000)
  }

  @Test func windowsThatALimitLeftWaitToo() throws {
    let world = try World()
    let state = MemoryJobState()
    world.log.append((0..<4).map { Event(number: $0, time: World.noon - 4000 + Int64($0) * 900).json })
    for job in [JobName.bronze, .silver] { _ = try world.runner(state).run(job, options: .test) }
    _ = try world.runner(state, settings: .test(windows: 1)).run(.gold, options: .test)
    let gold = try status(world, .gold)
    // The first plan takes the windows between the bounds of files, of which one is empty here.
    #expect(gold.waiting == 4)
    #expect(gold.oldestWaiting == World.noon * 1_000_000)
  }
}
