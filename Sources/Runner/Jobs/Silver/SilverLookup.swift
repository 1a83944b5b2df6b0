import Columns
import Failures
import Iceberg
import Pipeline

/// Finds which candidates Silver already holds: exact over the whole table, by reading only the files, row groups and pages whose bounds
/// hold the `event_timestamp` of some candidate.
struct SilverLookup {
  let silver: Table
  /// The snapshot that is looked into; nil when the table has none.
  let snapshotID: Int64?

  /// For each row of the candidates whether its `meta_id` is in the table.
  func known(metaIDs: BinaryColumn, timestamps: PrimitiveColumn<Int64>) throws -> [Bool] {
    var known = [Bool](repeating: false, count: metaIDs.count)
    guard let snapshotID else { return known }
    let wanted = Set((0..<timestamps.count).compactMap { timestamps[$0] }).sorted()
    guard !wanted.isEmpty else { return known }
    let index = KeyIndex(metaIDs)
    let filter = Expression.isIn("event_timestamp", wanted.map { .long($0) })
    try TableScan(silver, snapshotID: snapshotID, filter: filter, columns: ["meta_id"]).readAll { batch in
      let ids = try batch.rows.binaries("meta_id")
      for row in 0..<ids.count { index.forEachMatch(of: ids, row: row) { known[$0] = true } }
    }
    return known
  }
}
