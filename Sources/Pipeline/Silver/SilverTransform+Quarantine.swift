import Columns
import Quality
import RecentChange

extension SilverTransform {
  /// The rows that cannot be parsed and those that failed a check, in the order of the Bronze rows.
  func quarantineRows(_ candidates: SilverCandidates, _ verdicts: Verdicts) throws -> ColumnBatch {
    let failed = verdicts.failedRows
    let parsed = try RefusedRows(candidates.rows, candidates.bronze)
    let rejected = try RefusedRows(candidates.rejected, candidates.bronze)
    var builder = QuarantineBuilder(Tables.silverQuarantine, clock: plan.clock, batchID: plan.batchID)
    var (nextFailed, nextRejected) = (0, 0)
    while nextFailed < failed.count || nextRejected < candidates.failures.count {
      let failedOrigin = nextFailed < failed.count ? candidates.origins[failed[nextFailed]] : .max
      let rejectedOrigin = nextRejected < candidates.failures.count ? candidates.failures[nextRejected].row : .max
      if failedOrigin < rejectedOrigin {
        let row = failed[nextFailed]
        builder.append(parsed.row(row, bronzeRow: failedOrigin, failedChecks: verdicts.failures(row)))
        nextFailed += 1
      } else {
        let reasons = candidates.failures[nextRejected].reasons
        builder.append(
          rejected.row(nextRejected, bronzeRow: rejectedOrigin, failedChecks: [Self.parseFailure] + reasons))
        nextRejected += 1
      }
    }
    return try builder.finish()
  }
}

/// The columns of which quarantine rows are made.
private struct RefusedRows {
  let records: [Records]
  let bronze: BronzeParts
  let metaIDs: BinaryColumn
  let eventTimes: PrimitiveColumn<Int64>
  let wikis: BinaryColumn
  let entities: BinaryColumn
  let users: BinaryColumn

  /// The columns of a part of the Bronze rows.
  struct Records {
    let logIDs: BinaryColumn
    let topics: BinaryColumn
    let partitions: PrimitiveColumn<Int32>
    let offsets: PrimitiveColumn<Int64>
    let originals: BinaryColumn

    init(_ bronze: ColumnBatch) throws {
      logIDs = try bronze.binaries("kafka_cluster_id")
      topics = try bronze.binaries("kafka_topic")
      partitions = try bronze.int32s("kafka_partition")
      offsets = try bronze.int64s("kafka_offset")
      originals = try bronze.binaries("event_data")
    }

    func row(_ row: Int, failedChecks: [String]) -> QuarantineBuilder.Row {
      let origin = QuarantineBuilder.Origin(
        logID: logIDs[row] ?? [], topic: topics[row] ?? [], partition: partitions.values[row],
        offset: offsets.values[row])
      return QuarantineBuilder.Row(origin: origin, failedChecks: failedChecks, original: originals[row])
    }
  }

  init(_ silver: ColumnBatch, _ bronze: BronzeParts) throws {
    self.bronze = bronze
    records = try bronze.parts.map(Records.init)
    metaIDs = try silver.binaries("meta_id")
    eventTimes = try silver.int64s("event_time")
    wikis = try silver.binaries("wiki")
    entities = try silver.binaries("canonical_entity")
    users = try silver.binaries("user_name")
  }

  func row(_ row: Int, bronzeRow: Int, failedChecks: [String]) -> QuarantineBuilder.Row {
    let place = bronze.place(of: bronzeRow)
    var result = records[place.part].row(place.row, failedChecks: failedChecks)
    result.metaID = metaIDs[row]
    result.eventTime = eventTimes[row]
    result.wiki = wikis[row]
    result.entity = entities[row]
    result.userName = users[row]
    return result
  }
}
