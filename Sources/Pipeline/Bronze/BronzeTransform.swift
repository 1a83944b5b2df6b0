import Columns
public import Quality
import RecentChange

/// Log records to Bronze rows: every record byte for byte, either as an event or in quarantine.
public struct BronzeTransform: Sendable {
  /// What a plan fixes.
  public struct Plan: Sendable {
    /// The embedded log's UUID or the Kafka cluster's id.
    public var logID: String
    /// The plan's clock in microseconds: `ingestion_timestamp`.
    public var clock: Int64
    /// The Bronze batch.
    public var batchID: String
    /// The row checks.
    public var checks: RowChecks
    /// Checks that no record is held to.
    public var waived: Set<String>

    /// A plan.
    public init(
      logID: String, clock: Int64, batchID: String, checks: RowChecks = .bronze, waived: Set<String> = []
    ) {
      self.logID = logID
      self.clock = clock
      self.batchID = batchID
      self.checks = checks
      self.waived = waived
    }
  }

  /// The name under which records of the dead-letter topic are counted and quarantined.
  public static let deadLetter = "dead_letter"
  /// The reason of a record that no batch could be made of.
  public static let poison = "poison"

  private let plan: Plan

  /// A transform.
  public init(_ plan: Plan) { self.plan = plan }

  /// Records of an event topic or a file.
  public func events(_ input: BronzeInput) throws -> BronzeResult {
    let rows = try rows(input)
    let verdicts = try plan.checks.evaluate(
      rows, waivers: RowChecks.Waivers(everywhere: try plan.checks.mask(waiving: plan.waived)))
    let failed = verdicts.failedRows
    var quarantine = builder
    for row in failed { quarantine.append(quarantineRow(input, row, verdicts.failures(row))) }
    let isComplete = failed.isEmpty
    let passed = isComplete ? rows : rows.gathering((0..<rows.rowCount).filter(verdicts.passes))
    return BronzeResult(
      events: passed, quarantine: try quarantine.finish(),
      counts: QualityCounts(total: rows.rowCount, passed: passed.rowCount, failed: failed.count),
      checks: verdicts.counts)
  }

  /// Records of the dead-letter topic: all go to quarantine, with ingest's error behind `dead_letter`.
  public func deadLetters(_ input: BronzeInput) throws -> BronzeResult {
    var quarantine = builder
    for row in 0..<input.offsets.count {
      let letter = DeadLetter(decoding: input.values[row] ?? [])
      var refused = quarantineRow(input, row, [Self.deadLetter] + letter.errors)
      refused.original = letter.record[...]
      quarantine.append(refused)
    }
    return refusedResult(try quarantine.finish(), [Self.deadLetter])
  }

  /// A record that repeatedly broke its batch goes to quarantine unread.
  public func poisoned(_ input: BronzeInput) throws -> BronzeResult {
    var quarantine = builder
    for row in 0..<input.offsets.count { quarantine.append(quarantineRow(input, row, [Self.poison])) }
    return refusedResult(try quarantine.finish(), [Self.poison])
  }

  private func refusedResult(_ quarantine: ColumnBatch, _ names: [String]) -> BronzeResult {
    let count = quarantine.rowCount
    return BronzeResult(
      events: ColumnBatch(empty: Tables.bronzeEvents.schema), quarantine: quarantine,
      counts: QualityCounts(total: count, failed: count),
      checks: names.map { CheckCount(name: $0, checked: count, failed: count) })
  }

  private var builder: QuarantineBuilder {
    QuarantineBuilder(Tables.bronzeQuarantine, clock: plan.clock, batchID: plan.batchID)
  }

  private func quarantineRow(_ input: BronzeInput, _ row: Int, _ failed: [String]) -> QuarantineBuilder.Row {
    let origin = QuarantineBuilder.Origin(
      logID: Array(plan.logID.utf8)[...], topic: Array(input.topic.utf8)[...], partition: input.partition,
      offset: input.offsets[row])
    var result = QuarantineBuilder.Row(origin: origin, failedChecks: failed, original: input.values[row])
    result.metaID = input.keys[row]
    return result
  }

  /// Every record in the columns of bronze_events.
  private func rows(_ input: BronzeInput) throws -> ColumnBatch {
    let count = input.offsets.count
    let columns = Tables.bronzeEvents.schema.fields.map { field -> Column in
      switch field.name {
      case "event_id": .binary(input.keys)
      case "event_data": .binary(input.values)
      case "kafka_topic": .binary(BinaryColumn(repeating: input.topic, count: count))
      case "kafka_partition": .int32(PrimitiveColumn([Int32](repeating: input.partition, count: count)))
      case "kafka_offset": .int64(PrimitiveColumn(input.offsets))
      case "kafka_timestamp": .int64(Self.microseconds(input.timestamps))
      case "ingestion_timestamp": .int64(PrimitiveColumn([Int64](repeating: plan.clock, count: count)))
      case "event_date": .int32(PrimitiveColumn([Int32](repeating: Calendar.day(plan.clock), count: count)))
      case "batch_id": .binary(BinaryColumn(repeating: plan.batchID, count: count))
      case "kafka_cluster_id": .binary(BinaryColumn(repeating: plan.logID, count: count))
      default: field.type.nulls(count)
      }
    }
    return try ColumnBatch(schema: Tables.bronzeEvents.schema, columns: columns)
  }

  /// Milliseconds as microseconds; null for none (below 0) and beyond what microseconds can hold.
  private static func microseconds(_ milliseconds: [Int64]) -> PrimitiveColumn<Int64> {
    var column = PrimitiveColumn<Int64>()
    column.reserve(milliseconds.count)
    for value in milliseconds {
      let (time, overflow) = value.multipliedReportingOverflow(by: 1000)
      column.append(value < 0 || overflow ? nil : time)
    }
    return column
  }
}
