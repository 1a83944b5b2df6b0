import Columns
import Detection
import Failures
import Pipeline
import Testing

/// What every batch of these tests has in common.
enum GoldBatch {
  static let clock: Int64 = 1_700_100_000_000_000

  static func transform(
    _ windows: [Int64], rules: DetectionRules = .standard, baselines: BaselineBook = BaselineBook(),
    watermark: Int64 = .max, batchID: String = "gold-000001", checks: GoldRowChecks? = nil
  ) throws -> GoldTransform {
    try GoldTransform(
      windows: windows, rules: rules, baselines: baselines, watermark: watermark, clock: clock, batchID: batchID,
      checks: checks)
  }

  /// The windows of `events`, which come in batches of `batchSize`.
  static func windows(
    _ events: [GoldEvent], failed: [GoldFailedRow] = [], rules: DetectionRules = .standard, batchSize: Int = 1000
  ) throws -> [GoldWindow] {
    var gold = try transform(Set(events.map(\.window)).sorted(), rules: rules)
    for start in stride(from: 0, to: events.count, by: batchSize) {
      try gold.add(events: GoldEvent.batch(Array(events[start..<min(start + batchSize, events.count)])))
    }
    try gold.add(quarantined: GoldFailedRow.batch(failed))
    var windows = gold.finish()
    return try windows.starts.indices.map { try windows.window($0) }
  }

  /// The columns that a model does not know.
  static let stamp: Set<String> = [
    "window_start", "window_end", "is_final", "revision", "aggregation_timestamp", "event_date", "batch_id",
  ]

  static func unstamped(_ rows: ColumnBatch) -> [GoldRow] {
    rows.goldRows.map { row in row.filter { !stamp.contains($0.key) } }
  }
}

@Suite struct GoldTransformTests {
  @Test(arguments: 0..<150) func agreesWithTheModel(seed: Int) throws {
    var generator = GoldEventGenerator(seed: seed, first: seed % 5 == 0 ? -1_800_000_000 : 1_700_000_400_000_000)
    let events = (0..<Int.random(in: 1...120, using: &generator.generator)).map { _ in
      generator.event(withMissingKeys: seed % 2 == 0)
    }
    let failed = (0..<20).map { _ in generator.failedRow() }
    var rules = BaselineRules()
    rules.mode = seed % 3 == 0 ? .fixed : .adaptive
    let detection = try DetectionRules(baselines: rules)
    var model = GoldModel(events: events, failed: failed, rules: detection)
    if rules.mode == .fixed {
      model.page = { _, _ in rules.fixedEntity }
      (model.user, model.global, model.kind) = (rules.fixedUser, rules.fixedGlobal, .fixed)
    }
    let windows = try GoldBatch.windows(events, failed: failed, rules: detection, batchSize: 1 + seed % 40)
    for window in windows {
      #expect(Set(GoldBatch.unstamped(window.entities.rows)) == Set(model.entityRows(window.start)))
      #expect(Set(GoldBatch.unstamped(window.users.rows)) == Set(model.userRows(window.start)))
      #expect(GoldBatch.unstamped(window.globals.rows) == [model.globalRow(window.start)].compactMap { $0 })
      #expect(window.entities.rows.rowCount == model.entityRows(window.start).count)
      #expect(window.users.rows.rowCount == model.userRows(window.start).count)
    }
  }

  @Test(arguments: 0..<20) func orderAndBatchesDoNotMatter(seed: Int) throws {
    var generator = GoldEventGenerator(seed: seed)
    let events = (0..<200).map { _ in generator.event(withMissingKeys: true) }
    let first = try GoldBatch.windows(events)
    let second = try GoldBatch.windows(events.shuffled(using: &generator.generator), batchSize: 7)
    #expect(first.map(\.entities.rows) == second.map(\.entities.rows))
    #expect(first.map(\.users.rows) == second.map(\.users.rows))
    #expect(first.map(\.globals.rows) == second.map(\.globals.rows))
    #expect(first.map(\.quarantine) == second.map(\.quarantine))
  }

  @Test func rowsHaveTheTablesColumnsAndAreSortedByKey() throws {
    var generator = GoldEventGenerator(seed: 7)
    let events = (0..<300).map { _ in generator.event(withMissingKeys: false) }
    for window in try GoldBatch.windows(events) {
      #expect(window.entities.rows.schema == Tables.goldEntityMetrics.schema)
      #expect(window.users.rows.schema == Tables.goldUserMetrics.schema)
      #expect(window.globals.rows.schema == Tables.goldGlobalMetrics.schema)
      #expect(window.quarantine.schema == Tables.goldQuarantine.schema && window.quarantine.rowCount == 0)
      let entities = try window.entities.rows.binaries("entity")
      for row in 1..<entities.count {
        #expect(entities[row - 1]?.lexicographicallyPrecedes(entities[row] ?? []) == true)
      }
      #expect(window.failedCount == 0)
      #expect(window.passedCount == window.entities.rows.rowCount + window.users.rows.rowCount + 1)
    }
  }

  @Test func theStampOfAWindow() throws {
    let start: Int64 = 1_700_000_400_000_000
    var gold = try GoldBatch.transform([start], watermark: start + 600_000_000)
    try gold.add(events: GoldEvent.batch([GoldEvent(time: start)]))
    var windows = gold.finish()
    let window = try windows.window(0)
    let row = try #require(window.globals.rows.goldRows.first)
    #expect(row["window_start"] == .integer(start))
    #expect(row["window_end"] == .integer(start + 600_000_000))
    #expect(row["event_date"] == .integer(19675))
    #expect(row["aggregation_timestamp"] == .integer(GoldBatch.clock))
    #expect(row["batch_id"] == .text("gold-000001"))
    #expect(row["is_final"] == .bool(true))
    #expect(row["revision"] == .integer(0))
    #expect(row["baseline_kind"] == .text("none"))
    #expect(window.day == 19675)
  }

  @Test func windowsNotAskedForAreIgnoredAndEmptyOnesAreGiven() throws {
    let start: Int64 = 1_700_000_400_000_000
    var gold = try GoldBatch.transform([start + 600_000_000, start])
    try gold.add(events: GoldEvent.batch([start - 1, start, start + 1_200_000_000].map { GoldEvent(time: $0) }))
    var windows = gold.finish()
    #expect(windows.starts == [start, start + 600_000_000])
    #expect(try windows.window(0).globals.rows.int64s("total_events").values == [1])
    let empty = try windows.window(1)
    #expect(empty.globals.change == .empty && empty.entities.change == .empty && !empty.needsWrite)
    let failure = #expect(throws: Failure.self) { try windows.window(0) }
    #expect(failure?.kind == .invalidArgument)
  }

  @Test(arguments: [1, 599_999_999, Int64.max, Int64.min]) func startsOffTheGridAreRefused(start: Int64) {
    let failure = #expect(throws: Failure.self) { try GoldBatch.transform([start]) }
    #expect(failure?.kind == .invalidArgument)
  }

  @Test func aMissingColumnIsNamed() throws {
    var gold = try GoldBatch.transform([0])
    let batch = try GoldEvent.batch([GoldEvent(time: 0)]).selecting(["wiki", "event_time"])
    let failure = #expect(throws: Failure.self) { try gold.add(events: batch) }
    #expect(failure?.message.contains("event_type") == true)
  }

  @Test func extremeNumbersDoNotTrap() throws {
    let events = [
      GoldEvent(time: 1, bytes: .min, lag: .max), GoldEvent(time: 2, bytes: .min, lag: .max),
      GoldEvent(time: .min, lag: .min), GoldEvent(time: .max, lag: .min),
    ]
    var gold = try GoldBatch.transform([0])
    try gold.add(events: GoldEvent.batch(events))
    var windows = gold.finish()
    let row = try #require(try windows.window(0).entities.rows.goldRows.first)
    #expect(row["abs_bytes_changed"] == .integer(4_294_967_296))
    #expect(row["avg_processing_lag_seconds"] == .double(Double(Int64.max)))
  }

  @Test func theListOfColumnsIsWhatIsRead() throws {
    let batch = try GoldEvent.batch([GoldEvent(time: 0)]).selecting(GoldTransform.silverColumns)
    var gold = try GoldBatch.transform([0])
    try gold.add(events: batch)
    #expect(GoldTransform.silverColumns.allSatisfy { Tables.silverEvents.schema.position(of: $0) != nil })
    #expect(GoldTransform.quarantineColumns.allSatisfy { Tables.silverQuarantine.schema.position(of: $0) != nil })
    #expect(BaselineBook.columns.allSatisfy { Tables.goldBaselines.schema.position(of: $0) != nil })
  }
}
