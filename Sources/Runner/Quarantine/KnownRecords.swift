import Columns
import Iceberg
import Pipeline

/// Finds records in bronze_events by their identity, reading only files, row groups and pages whose bounds hold one of the offsets.
struct KnownRecords {
  let bronze: Table
  /// The identities that are looked for, a row each.
  private let index: KeyIndex
  private let filter: Expression

  /// Looks for the records of `rows`, which has the columns of `RecordIdentities`.
  init(_ rows: ColumnBatch, in bronze: Table) throws {
    self.bronze = bronze
    index = KeyIndex(try RecordIdentities(rows).keys())
    let offsets = try rows.int64s("kafka_offset")
    let partitions = try rows.int32s("kafka_partition")
    filter =
      .isIn("kafka_offset", Set((0..<offsets.count).compactMap { offsets[$0] }).sorted().map { .long($0) })
      && .isIn("kafka_partition", Set((0..<partitions.count).compactMap { partitions[$0] }).sorted().map { .int($0) })
  }

  /// Calls `body` with the rows that were found, by file: `matches` names for each of them the row that asked for it.
  func forEach(
    _ columns: [String], _ body: (_ file: LiveFile, _ rows: ColumnBatch, _ matches: [Int]) throws -> Void
  ) throws {
    guard bronze.metadata.currentSnapshotID != nil else { return }
    let read = columns + RecordIdentities.columns.filter { !columns.contains($0) }
    let scan = try TableScan(bronze, filter: filter, columns: read)
    for file in try scan.plan().files {
      try scan.read(file) { batch in
        let keys = try RecordIdentities(batch.rows).keys()
        var (found, matches): ([Int], [Int]) = ([], [])
        for row in 0..<keys.count {
          index.forEachMatch(of: keys, row: row) {
            found.append(row)
            matches.append($0)
          }
        }
        if !found.isEmpty { try body(file, batch.rows.gathering(found).selecting(columns), matches) }
      }
    }
  }
}
