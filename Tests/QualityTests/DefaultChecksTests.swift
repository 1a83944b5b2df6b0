import Columns
import Quality
import Testing

private let clock: Int64 = 1_700_000_000_000_000

/// A Silver row: what the checks look at.
struct CheckedRow: Sendable {
  var metaID: String? = "id"
  var type: String? = "edit"
  var title: String? = "T"
  var user: String? = "U"
  var wiki: String? = "w"
  var timestamp: Int64? = 1_700_000_000
  var lag: Int64? = 3
  var namespace: Int32? = 0
  var id: Int64? = 1

  func with(_ change: (inout CheckedRow) -> Void) -> CheckedRow {
    var copy = self
    change(&copy)
    return copy
  }

  var batch: ColumnBatch {
    get throws {
      var longs = [timestamp, lag, id].map { value in
        var column = PrimitiveColumn<Int64>()
        column.append(value)
        return Column.int64(column)
      }
      var spaces = PrimitiveColumn<Int32>()
      spaces.append(namespace)
      longs.append(.int32(spaces))
      let texts = [metaID, type, title, user, wiki].map { Column.binary(BinaryColumn([$0])) }
      let names = ["meta_id", "event_type", "title", "user_name", "wiki"]
      let fields =
        names.map { ColumnField($0, .string) } + [
          ColumnField("event_timestamp", .long), ColumnField("processing_lag_seconds", .long),
          ColumnField("wikimedia_id", .long),
          ColumnField("namespace", .int),
        ]
      return try ColumnBatch(schema: ColumnSchema(fields), columns: texts + longs)
    }
  }
}

private let good = CheckedRow()

private let silverCases: [(CheckedRow, [String])] = [
  (good, []),
  (good.with { $0.metaID = nil }, ["meta_id_not_null"]),
  (good.with { $0.type = nil }, ["event_type_not_null"]),
  (good.with { $0.title = nil }, ["title_not_null"]),
  (good.with { $0.title = "" }, []),
  (good.with { $0.user = nil }, ["user_name_not_null"]),
  (good.with { $0.wiki = nil }, ["wiki_not_null"]),
  (good.with { $0.timestamp = nil }, ["event_timestamp_not_null"]),
  (good.with { $0.lag = nil }, ["processing_lag_seconds_not_null"]),
  (good.with { $0.type = "external" }, ["event_type_in"]),
  (good.with { $0.type = "142" }, ["event_type_in"]),
  (good.with { $0.type = "new" }, []), (good.with { $0.type = "categorize" }, []),
  (good.with { $0.namespace = nil }, ["namespace_not_null"]),
  (good.with { $0.namespace = -2 }, []),
  (good.with { $0.id = nil }, ["wikimedia_id_not_null"]),
  (good.with { $0.id = 0 }, ["wikimedia_id_min"]),
  (
    good.with {
      $0.id = nil; $0.type = "log"
    }, []
  ),
  (
    good.with {
      $0.id = 0; $0.type = "log"
    }, []
  ),
  (good.with { $0.lag = -601 }, ["freshness"]), (good.with { $0.lag = -600 }, []),
  (good.with { $0.lag = 3600 }, []), (good.with { $0.lag = 3601 }, ["freshness"]),
  (good.with { $0.timestamp = 1_640_995_200 }, ["event_timestamp_min"]),
  (good.with { $0.timestamp = 1_640_995_201 }, []),
  (good.with { $0.timestamp = 1_700_000_599 }, []),
  (good.with { $0.timestamp = 1_700_000_600 }, ["event_timestamp_not_in_future"]),
  (
    good.with {
      $0 = CheckedRow(
        metaID: nil, type: nil, title: nil, user: nil, wiki: nil, timestamp: nil, lag: nil, namespace: nil, id: nil)
    },
    [
      "meta_id_not_null", "event_type_not_null", "title_not_null", "user_name_not_null", "wiki_not_null",
      "event_timestamp_not_null",
      "processing_lag_seconds_not_null", "namespace_not_null",
    ]
  ),
]

@Test("Silver's checks at their edges", arguments: silverCases.indices)
func silverCheck(_ index: Int) throws {
  let (row, expected) = silverCases[index]
  #expect(try RowChecks.silver(clock: clock).evaluate(row.batch).failures(0) == expected)
}

@Test(
  "The future begins at a whole second, also between seconds and before 1970",
  arguments: [
    (Int64(1_000_000), Int64(600), true), (1_000_000, 601, false), (1_000_001, 601, true), (999_999, 600, true),
    (999_999, 601, false),
    (-1_000_000_000, -401, true), (-1_000_000_000, -400, false), (.max, .max, true),
  ])
func future(_ clock: Int64, _ timestamp: Int64, _ passes: Bool) throws {
  var parameters = SilverCheckParameters()
  parameters.oldestTimestamp = -1_000_000
  let row = good.with { $0.timestamp = timestamp }
  let failures = try RowChecks.silver(parameters, clock: clock).evaluate(row.batch).failures(0)
  #expect(failures.contains("event_timestamp_not_in_future") == !passes)
}

@Test("Types can be accepted by configuration")
func configuredTypes() throws {
  var parameters = SilverCheckParameters()
  parameters.eventTypes.append("external")
  parameters.acceptsNumericTypes = true
  let checks = RowChecks.silver(parameters, clock: clock)
  for type in ["external", "142"] { #expect(try checks.evaluate(good.with { $0.type = type }.batch).passes(0)) }
  #expect(try !checks.evaluate(good.with { $0.type = "14x" }.batch).passes(0))
}

@Test("The names are what documentation and --waive say")
func names() throws {
  #expect(
    RowChecks.bronze.names == [
      "event_id_not_null", "event_data_not_null", "kafka_topic_not_null", "kafka_offset_not_null",
      "ingestion_timestamp_not_null",
      "event_date_not_null", "kafka_partition_min", "kafka_offset_min", "event_data_utf8", "event_data_is_json",
    ])
  #expect(
    RowChecks.silver(clock: clock).names == [
      "meta_id_not_null", "event_type_not_null", "title_not_null", "user_name_not_null", "wiki_not_null",
      "event_timestamp_not_null",
      "processing_lag_seconds_not_null", "event_type_in", "namespace_not_null", "wikimedia_id_not_null",
      "wikimedia_id_min", "freshness",
      "event_timestamp_min", "event_timestamp_not_in_future",
    ])
  for checks in [RowChecks.bronze, .silver(clock: clock), .goldEntity, .goldUser, .goldGlobal] {
    #expect(try RowChecks(checks.checks) == checks, "names are distinct")
    #expect(KnownChecks.names.isSuperset(of: checks.names))
  }
}

@Test("Gold's keys are unique, counts not negative, ratios ratios, parts no larger than the edits")
func goldGlobal() throws {
  let names = RowChecks.goldGlobal.checks.flatMap(\.columns)
  let distinct = Set(names).sorted()
  let ratios: Set = ["revert_ratio", "anonymous_ratio", "bot_ratio"]
  let fields = distinct.map { ColumnField($0, ratios.contains($0) ? .double : .long) }
  func verdicts(_ change: (String, Int) -> Double) throws -> Verdicts {
    let columns = distinct.map { name -> Column in
      let values = [0, 1].map { change(name, $0) }
      return ratios.contains(name)
        ? .double(PrimitiveColumn(values)) : .int64(PrimitiveColumn(values.map { Int64($0) }))
    }
    return try RowChecks.goldGlobal.evaluate(ColumnBatch(schema: ColumnSchema(fields), columns: columns))
  }
  let sound = try verdicts { name, row in name == "window_start" ? Double(row) : 0 }
  #expect(sound.failedRows.isEmpty)
  let broken = try verdicts { name, row in
    switch name {
    case "total_reverts": row == 1 ? 3 : 2
    case "total_edits", "total_new_pages": 1
    case "bot_ratio": row == 1 ? 1.5 : 0.5
    case "total_log": row == 1 ? -1 : 0
    default: 0
    }
  }
  #expect(broken.failures(0).isEmpty)
  #expect(
    broken.failures(1) == ["window_start_unique", "total_log_min", "bot_ratio_between", "total_reverts_at_most"])
}
