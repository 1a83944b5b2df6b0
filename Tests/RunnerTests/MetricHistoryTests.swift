import Failures
import Iceberg
import JobState
import Pipeline
import Quality
import Runner
import Testing

/// Metrics compared with earlier values, wherever these are: in the state, in the tables, or in both.
struct MetricHistoryTests {
  private static func settings(_ rule: HistoryRule) throws -> JobSettings {
    var settings = try JobSettings.test()
    let checks = try BatchChecks([BatchCheck("rows", .size, .history(rule), mode: .quarantine)])
    settings.silver.batchChecks = { _ in checks }
    return settings
  }

  /// Takes `count` new events to Silver at `clock` (seconds), and returns what the check said.
  private static func batch(
    _ count: Int, from number: inout Int, at clock: Int64, _ world: World, _ state: MemoryJobState, _ rule: HistoryRule,
    drain: Bool = false
  ) throws -> BatchCheckResult {
    world.setClock(clock)
    world.log.append((0..<count).map { Event(number: number + $0, time: clock - 60).json })
    number += count
    let runner = try world.runner(state, settings: settings(rule))
    _ = try runner.run(.bronze, options: .test, drain: drain)
    return try #require(try runner.run(.silver, options: .test, drain: drain).first?.batchChecks.first)
  }

  private static let change = HistoryRule(.relativeChange, maximum: 0.5, minimumPoints: 3, last: 5)

  @Test(arguments: [true, false])
  func valuesOfTheStateAndOfTheTables(_ isFlushed: Bool) throws {
    let (world, state) = (try World(), MemoryJobState())
    var number = 0
    for position in 0..<3 {
      let clock = World.noon + Int64(position) * 600
      let result = try Self.batch(4, from: &number, at: clock, world, state, Self.change, drain: isFlushed)
      #expect(!result.hasFailed && result.threshold == nil)
      #expect(result.message == "size is 4; \(position) of 3 earlier values are there, too few to judge it by")
    }
    let flushed = try world.strings(Tables.qualityCheckResults, "check_name").count { $0 == "rows" }
    #expect(flushed == (isFlushed ? 3 : 0))
    let good = try Self.batch(6, from: &number, at: World.noon + 1800, world, state, Self.change)
    #expect(!good.hasFailed)
    let bad = try Self.batch(1, from: &number, at: World.noon + 2400, world, state, Self.change)
    #expect(bad.hasFailed && bad.isStructural)
    #expect(bad.message.contains("the median of 4 earlier values is 4"))
  }

  /// Another machine, or a lost state: the tables are enough.
  @Test func theStateIsLost() throws {
    let world = try World()
    var number = 0
    for position in 0..<3 {
      _ = try Self.batch(
        4, from: &number, at: World.noon + Int64(position) * 600, world, MemoryJobState(), Self.change, drain: true)
    }
    let result = try Self.batch(7, from: &number, at: World.noon + 1800, world, MemoryJobState(), Self.change)
    #expect(result.hasFailed)
  }

  @Test func oldValuesAreForgotten() throws {
    let (world, state) = (try World(), MemoryJobState())
    var number = 0
    for position in 0..<3 {
      _ = try Self.batch(
        4, from: &number, at: World.noon + Int64(position) * 600, world, state, Self.change, drain: true)
    }
    let days: Int64 = 86_400
    let near = try Self.batch(8, from: &number, at: World.noon + 27 * days, world, state, Self.change, drain: true)
    #expect(near.hasFailed)
    let far = try Self.batch(8, from: &number, at: World.noon + 60 * days, world, state, Self.change, drain: true)
    #expect(!far.hasFailed && far.message.contains("0 of 3"))
  }

  @Test func theSameHourOfTheWeek() throws {
    let (world, state) = (try World(), MemoryJobState())
    let rule = HistoryRule(.sameHourOfWeek, maximum: 0.2, minimumPoints: 2, last: 10)
    var number = 0
    let week: Int64 = 7 * 86_400
    for weeks in 0..<3 {
      let start = World.noon + Int64(weeks) * week
      let noon = try Self.batch(10, from: &number, at: start, world, state, rule, drain: true)
      let evening = try Self.batch(2, from: &number, at: start + 6 * 3600, world, state, rule, drain: true)
      #expect((noon.threshold == nil) == (weeks < 2) && (evening.threshold == nil) == (weeks < 2))
      #expect(!noon.hasFailed && !evening.hasFailed)
    }
    let quiet = try Self.batch(2, from: &number, at: World.noon + 3 * week + 60, world, state, rule, drain: true)
    #expect(quiet.hasFailed && quiet.message.contains("in this hour of the week"))
  }

  /// Without a check that compares, the quality tables are not opened.
  @Test func historyIsReadOnlyWhereItIsNeeded() throws {
    let (world, state) = (try World(), MemoryJobState())
    var number = 0
    _ = try Self.batch(4, from: &number, at: World.noon, world, state, Self.change, drain: true)
    _ = try world.catalog.dropTable(try world.table(Tables.qualityCheckResults).identifier)
    world.log.append([Event(number: 900, time: World.noon).json])
    _ = try world.runner(state).run(.bronze, options: .test)
    #expect(try world.runner(state).run(.silver, options: .test).first?.batchChecks.first?.name == "meta_id_unique")
  }
}
