import Columns
import Failures
import Iceberg
import Pipeline
import Quality
import RecentChange

extension BronzeJob {
  var quarantine: TableDefinition { Tables.bronzeQuarantine }
  var files: DataFileOptions { settings.files }
  var rowLimit: Int { settings.rowLimit }

  /// The records go through today's rules, less the waived checks, under the identity that they had; what Bronze holds is left out.
  func redrive(_ page: QuarantinedPage, plan: Plan, tables: inout TableSet) throws -> Redriven {
    let rows = try page.fromLogs()
    let isKnown = try known(rows, in: tables.owned(main))
    let new = try page.originals(of: rows.gathering(isKnown.indices.filter { !isKnown[$0] }))
    var result = Redriven(
      events: ColumnBatch(empty: main.schema), refused: ColumnBatch(empty: quarantine.schema),
      counts: QualityCounts(total: rows.rowCount - new.rowCount, duplicates: rows.rowCount - new.rowCount), checks: [])
    for group in try Self.partitions(of: new) {
      try result.append(refine(group, plan: plan))
    }
    return result
  }

  private func known(_ rows: ColumnBatch, in bronze: Table) throws -> [Bool] {
    var isKnown = [Bool](repeating: false, count: rows.rowCount)
    guard rows.rowCount > 0 else { return isKnown }
    try KnownRecords(rows, in: bronze).forEach([]) { _, _, matches in
      for row in matches { isKnown[row] = true }
    }
    return isKnown
  }

  /// Rows of one partition of one log.
  private struct Group {
    let log: String
    let topic: String
    let partition: Int32
    let rows: ColumnBatch
  }

  private static func partitions(of rows: ColumnBatch) throws -> [Group] {
    struct Key: Hashable {
      let log: ArraySlice<UInt8>
      let topic: ArraySlice<UInt8>
      let partition: Int32
    }
    let (logs, topics) = (try rows.binaries("kafka_cluster_id"), try rows.binaries("kafka_topic"))
    let (partitions, offsets) = (try rows.int32s("kafka_partition"), try rows.int64s("kafka_offset"))
    let groups = Dictionary(grouping: 0..<rows.rowCount) { row in
      Key(log: logs[row] ?? [], topic: topics[row] ?? [], partition: partitions.values[row])
    }
    return groups.map { key, members in
      Group(
        log: String(decoding: key.log, as: UTF8.self), topic: String(decoding: key.topic, as: UTF8.self),
        partition: key.partition,
        rows: rows.gathering(members.sorted { offsets.values[$0] < offsets.values[$1] }))
    }.sorted { ($0.log, $0.topic, $0.partition) < ($1.log, $1.topic, $1.partition) }
  }

  private func refine(_ group: Group, plan: Plan) throws -> BronzeResult {
    let values = try group.rows.originals()
    let isDeadLetter = settings.deadLetterTopics.contains(group.topic)
    let input = try BronzeInput(
      topic: group.topic, partition: group.partition, offsets: group.rows.int64s("kafka_offset").values,
      timestamps: [Int64](repeating: -1, count: values.count),
      // Ingest could not read a dead letter's key.
      keys: isDeadLetter ? RecentChangeParser().envelopes(values).id : group.rows.binaries("meta_id"), values: values)
    return try BronzeTransform(
      .init(
        logID: group.log, clock: plan.clock, batchID: plan.batch, checks: settings.checks(plan.clock),
        waived: Set(plan.waivers))
    ).events(input)
  }
}

extension Redriven {
  fileprivate mutating func append(_ result: BronzeResult) throws {
    try events.append(contentsOf: result.events)
    try refused.append(contentsOf: result.quarantine)
    counts = counts + result.counts
    for check in result.checks {
      if let position = checks.firstIndex(where: { $0.name == check.name }) {
        checks[position].add(check)
      } else {
        checks.append(check)
      }
    }
  }
}
