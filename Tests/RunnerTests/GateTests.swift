import Failures
import Iceberg
import JobState
import ObjectStore
import Pipeline
import Quality
import Runner
import Testing

/// What the gate does to a batch, by the mode of the check that fails.
struct GateTests {
  private static func events(_ numbers: Range<Int>) -> [String] {
    numbers.map { Event(number: $0, time: World.noon - 600 + Int64($0), title: "P\($0 % 3)").json }
  }

  /// A Silver that is only satisfied by at least `minimum` rows.
  private static func settings(_ mode: CheckMode, atLeast minimum: Double, rows: Int = 1000) throws -> JobSettings {
    var settings = try JobSettings.test(rows: rows)
    let checks = try BatchChecks([
      BatchCheck("many_rows", .size, .absolute(minimum: minimum, maximum: nil), mode: mode),
      BatchCheck("mean_length", .mean("length_new"), .absolute(minimum: nil, maximum: 1000)),
    ])
    settings.silver.batchChecks = { _ in checks }
    return settings
  }

  private static func world(_ count: Int = 4) throws -> (World, MemoryJobState) {
    let (world, state) = (try World(), MemoryJobState())
    world.log.append(events(0..<count))
    _ = try world.runner(state).run(.bronze, options: .test)
    return (world, state)
  }

  @Test func aSuspendedBatchCommitsNothing() throws {
    let (world, state) = try Self.world()
    let runner = try world.runner(state, settings: Self.settings(.suspend, atLeast: 5))
    let failure = #expect(throws: Failure.self) { try runner.run(.silver, options: .test) }
    #expect(failure?.kind == .qualityGate)
    let said = failure?.description ?? ""
    for words in [
      "silver-000001", "many_rows (size is 4, at least 5 is wanted)", "batches retry silver-000001",
      "batches retry silver-000001 --waive many_rows", "batches quarantine silver-000001",
    ] {
      #expect(said.contains(words), "\(said)")
    }
    for definition in [Tables.silverEvents, Tables.silverQuarantine] {
      let table = try world.table(definition)
      #expect(table.metadata.currentSnapshotID == nil)
      #expect(try world.store.list(prefix: table.metadata.location + "/data/").isEmpty)
      #expect(
        try world.store.list(prefix: table.metadata.location + "/metadata/").count { $0.location.hasSuffix(".avro") }
          == 0)
    }
    let record = try #require(try state.runs(batch: "silver-000001").first)
    #expect(record.status == .blocked)
    #expect(record.outcome?.contains("\"many_rows\"") == true)
    #expect(
      try StatusReader(workspace: world.workspace(state), settings: .test()).read().jobs[1].blocked == record.batch)
    // The later runs stop at once, whatever they would have found.
    world.log.append(Self.events(4..<9))
    _ = try world.runner(state).run(.bronze, options: .test)
    let again = #expect(throws: Failure.self) { try world.runner(state).run(.silver, options: .test) }
    #expect(again?.description == said)
    #expect(try state.runs(job: "silver", limit: 9).count == 1)
  }

  @Test func retryJudgesAgainAndWaiversPassOver() throws {
    let (world, state) = try Self.world()
    let runner = try world.runner(state, settings: Self.settings(.suspend, atLeast: 5))
    let decisions = BatchDecisions(workspace: world.workspace(state))
    for _ in 0..<2 {
      #expect(throws: Failure.self) { try runner.run(.silver, options: .test) }
      try decisions.retry(batch: "silver-000001")
    }
    try decisions.retry(batch: "silver-000001", waivers: ["many_rows"])
    let report = try #require(try runner.run(.silver, options: .test, drain: true).first)
    #expect(report.plan.batch == "silver-000001" && report.counts.passed == 4)
    #expect(report.batchChecks.map(\.name) == ["mean_length"])
    #expect(report.severity == .success && report.failedChecks.isEmpty)
    #expect(try world.strings(Tables.qualityCheckResults, "check_name") == ["mean_length"])
  }

  @Test func retryWithOtherRulesCommits() throws {
    let (world, state) = try Self.world()
    let strict = try world.runner(state, settings: Self.settings(.suspend, atLeast: 5))
    #expect(throws: Failure.self) { try strict.run(.silver, options: .test) }
    try BatchDecisions(workspace: world.workspace(state)).retry(batch: "silver-000001")
    let report = try world.runner(state, settings: Self.settings(.suspend, atLeast: 4)).run(.silver, options: .test)
    #expect(report.first?.batchChecks.first?.hasFailed == false)
    #expect(try world.strings(Tables.silverEvents, "title").count == 4)
  }

  /// A batch check speaks of all rows: all of them go.
  @Test func quarantineOfABatchCheckTakesAllRows() throws {
    let (world, state) = try Self.world()
    let runner = try world.runner(state, settings: Self.settings(.suspend, atLeast: 5))
    world.log.append([Event(number: 50, time: World.noon - 60, namespace: nil).json, "{"])
    _ = try runner.run(.bronze, options: .test)
    #expect(throws: Failure.self) { try runner.run(.silver, options: .test) }
    let decision = try BatchDecisions(workspace: world.workspace(state)).quarantine(batch: "silver-000001")
    #expect(decision?.allRows == ["many_rows"] && decision?.failingRows == [])
    let report = try #require(try runner.run(.silver, options: .test).first)
    #expect(report.counts == QualityCounts(total: 5, passed: 0, failed: 5))
    #expect(report.severity == .critical)
    #expect(report.failedChecks == ["many_rows", "namespace_not_null"])
    #expect(try world.strings(Tables.silverEvents, "title").isEmpty)
    #expect(
      try world.strings(Tables.silverQuarantine, "quarantine_reason") == [String](repeating: "many_rows", count: 5))
    // The next batch is judged anew.
    world.log.append(Self.events(10..<16))
    _ = try runner.run(.bronze, options: .test)
    #expect(try runner.run(.silver, options: .test).first?.counts.passed == 6)
  }

  private static func suspendingRows() throws -> JobSettings {
    var settings = try JobSettings.test()
    settings.silver.checks = { _ in
      try RowChecks([
        RowCheck("namespace", .notNull, mode: .suspend), RowCheck("title", .noneOf(["P1"]), name: "no_p1", mode: .log),
      ])
    }
    return settings
  }

  @Test func aRowCheckMaySuspendAndItsRowsGo() throws {
    let (world, state) = try Self.world()
    let runner = try world.runner(state, settings: Self.suspendingRows())
    world.log.append([Event(number: 50, time: World.noon - 60, namespace: nil).json])
    _ = try runner.run(.bronze, options: .test)
    let failure = #expect(throws: Failure.self) { try runner.run(.silver, options: .test) }
    #expect(failure?.description.contains("namespace_not_null (1 of 5 rows fail it)") == true)
    let decision = try BatchDecisions(workspace: world.workspace(state)).quarantine(batch: "silver-000001")
    #expect(decision?.failingRows == ["namespace_not_null"] && decision?.allRows == [])
    let report = try #require(try runner.run(.silver, options: .test, drain: true).first)
    #expect(report.counts == QualityCounts(total: 5, passed: 4, failed: 1))
    #expect(report.failedChecks == ["namespace_not_null", "no_p1"])
    #expect(report.batchChecks.map(\.name) == ["meta_id_unique"])
    #expect(try world.strings(Tables.silverQuarantine, "quarantine_reason") == ["namespace_not_null"])
    #expect(try world.strings(Tables.silverEvents, "title").count == 4)
  }

  static let modes: [(CheckMode, Severity)] = [(.quarantine, .warning), (.log, .success)]

  @Test(arguments: modes)
  func otherModesCommitAndRecord(_ mode: CheckMode, _ severity: Severity) throws {
    let (world, state) = try Self.world()
    let report = try #require(
      try world.runner(state, settings: Self.settings(mode, atLeast: 5)).run(.silver, options: .test, drain: true).first
    )
    #expect(report.severity == severity)
    #expect(report.failedChecks == ["many_rows"])
    #expect(try world.strings(Tables.silverEvents, "title").count == 4)
    #expect(try world.strings(Tables.qualityMetrics, "severity") == [severity.rawValue])
    let table = try world.table(Tables.qualityCheckResults)
    let lines = try TableRows(table, without: TableRows.incidental.union(["check_timestamp", "event_date"])).lines
    #expect(
      lines == [
        "silver|many_rows|batch|failed|4.0|5.0|4|null|size is 4, at least 5 is wanted",
        "silver|mean_length|batch|passed|120.0|1000.0|4|null|mean(length_new) is 120, at most 1000 is wanted",
      ])
  }

  @Test func bronzeIsSuspendedToo() throws {
    let (world, state) = (try World(), MemoryJobState())
    world.log.append(Self.events(0..<4))
    world.log.append(Self.events(4..<6), partition: 1)
    var settings = try JobSettings.test()
    let checks = try BatchChecks([
      BatchCheck("keys", .distinctness(["kafka_partition"]), .absolute(minimum: 0.9, maximum: nil), mode: .suspend)
    ])
    settings.bronze.batchChecks = { _ in checks }
    let runner = try world.runner(state, settings: settings)
    let failure = #expect(throws: Failure.self) { try runner.run(.bronze, options: .test) }
    // Two values in the six rows of both parts.
    #expect(failure?.description.contains("distinctness(kafka_partition) is 0.3333333333333333") == true)
    #expect(world.log.noted() == nil)
    #expect(try BatchDecisions(workspace: world.workspace(state)).quarantine(batch: "bronze-000001") != nil)
    #expect(try runner.run(.bronze, options: .test).first?.counts.failed == 6)
    #expect(try world.strings(Tables.bronzeQuarantine, "quarantine_reason") == [String](repeating: "keys", count: 6))
    #expect(world.log.noted() == 4)
  }

  @Test func goldIsSuspendedToo() throws {
    let (world, state) = try Self.world(9)
    var settings = try JobSettings.test()
    let checks = try BatchChecks([
      BatchCheck("pages", .size, .absolute(minimum: 4, maximum: nil), mode: .suspend)
    ])
    settings.gold.batchChecks = { _ in GoldBatchChecks(entities: checks) }
    let runner = try world.runner(state, settings: settings)
    _ = try runner.run(.silver, options: .test)
    let failure = #expect(throws: Failure.self) { try runner.run(.gold, options: .test) }
    #expect(failure?.description.contains("pages (size is 3, at least 4 is wanted)") == true)
    let table = try world.table(Tables.goldEntityMetrics)
    #expect(try world.store.list(prefix: table.metadata.location + "/data/").isEmpty)
    #expect(try BatchDecisions(workspace: world.workspace(state)).quarantine(batch: "gold-000001") != nil)
    let report = try #require(try runner.run(.gold, options: .test).first)
    #expect(report.counts.passed == 0 && report.counts.failed == 5)
    #expect(try world.strings(Tables.goldEntityMetrics, "entity").isEmpty)
    #expect(Set(try world.strings(Tables.goldQuarantine, "quarantine_reason")) == ["pages"])
  }

  /// Rows that the tables are not told again are not measured again.
  @Test func goldMeasuresWhatItWrites() throws {
    let (world, state) = try Self.world(9)
    var settings = try JobSettings.test()
    let checks = try BatchChecks([BatchCheck("events", .sum("total_events"), .absolute(minimum: 0, maximum: nil))])
    settings.gold.batchChecks = { _ in GoldBatchChecks(globals: checks) }
    let runner = try world.runner(state, settings: settings)
    _ = try runner.run(.silver, options: .test)
    #expect(try runner.run(.gold, options: .test).first?.batchChecks.first?.value == 9)
    world.log.append([Event(number: 70, time: World.noon - 1300).json, Event(number: 71, time: World.noon - 1300).json])
    for job in [JobName.bronze, .silver] { _ = try runner.run(job, options: .test) }
    #expect(try runner.run(.gold, options: .test).first?.batchChecks.first?.value == 2)
  }

  /// What earlier batches said is not kept back while the job is blocked.
  @Test func resultsBeforeASuspendedBatchAreFlushed() throws {
    let (world, state) = try Self.world(6)
    world.log.append(Self.events(6..<8))
    let runner = try world.runner(state, settings: Self.settings(.suspend, atLeast: 5, rows: 6))
    _ = try runner.run(.bronze, options: .test, drain: true)
    #expect(throws: Failure.self) { try runner.run(.silver, options: .test, drain: true) }
    #expect(try world.strings(Tables.qualityMetrics, "batch_id").filter { $0.hasPrefix("silver") }.count == 1)
  }

  @Test func checksThatCannotBeWaivedAreAnError() throws {
    let (world, state) = try Self.world()
    var settings = try JobSettings.test()
    let checks = try BatchChecks([
      BatchCheck("firm", .size, .absolute(minimum: 1, maximum: nil), isWaivable: false)
    ])
    settings.silver.batchChecks = { _ in checks }
    var options = RunOptions.test
    options.waivers.insert("firm")
    let failure = #expect(throws: Failure.self) {
      try world.runner(state, settings: settings).run(.silver, options: options)
    }
    #expect(failure?.kind == .invalidArgument)
  }
}
