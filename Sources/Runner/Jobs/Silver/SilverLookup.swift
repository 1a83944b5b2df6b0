import Columns
import Failures
import Iceberg
import Pipeline

/// Finds which candidates Silver already holds: exact over the whole table, by reading only the files, row groups and pages whose bounds
/// hold the `event_timestamp` of some candidate.
struct SilverLookup {
  let silver: Table
  /// A batch whose rows are not looked at.
  private let excludedBatch: String?

  /// A look-up in the table's current snapshot.
  init(silver: Table, excludingBatch excludedBatch: String? = nil) {
    self.silver = silver
    self.excludedBatch = excludedBatch
  }

  /// For each row of the candidates whether its `meta_id` is in the table.
  func known(metaIDs: BinaryColumn, timestamps: PrimitiveColumn<Int64>) throws -> [Bool] {
    var known = [Bool](repeating: false, count: metaIDs.count)
    guard silver.metadata.currentSnapshotID != nil else { return known }
    let wanted = Set((0..<timestamps.count).compactMap { timestamps[$0] }).sorted()
    guard !wanted.isEmpty else { return known }
    let index = KeyIndex(metaIDs)
    var filter = Expression.isIn("event_timestamp", wanted.map { .long($0) })
    if let excludedBatch { filter = filter && .notEqual("batch_id", .string(Array(excludedBatch.utf8))) }
    try TableScan(silver, filter: filter, columns: ["meta_id"]).readAll { batch in
      let ids = try batch.rows.binaries("meta_id")
      for row in 0..<ids.count { index.forEachMatch(of: ids, row: row) { known[$0] = true } }
    }
    return known
  }
}
