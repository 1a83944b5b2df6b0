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
    let wanted = Array(Set((0..<timestamps.count).compactMap { timestamps[$0] })).sorted()
    guard let first = wanted.first, let last = wanted.last else { return known }
    let index = KeyIndex(metaIDs)
    let hull =
      Expression.greaterOrEqual("event_timestamp", .long(first)) && .lessOrEqual("event_timestamp", .long(last))
    let bounds = try Bounds(table: silver, column: "event_timestamp")
    let columns = ["meta_id", "event_timestamp"]
    for file in try TableScan(silver, snapshotID: snapshotID, filter: hull, columns: columns).plan().files {
      guard let range = try bounds.range(file.dataFile), let narrow = Self.narrow(range, wanted) else { continue }
      let filter =
        Expression.greaterOrEqual("event_timestamp", .long(narrow.lowerBound))
        && .lessOrEqual("event_timestamp", .long(narrow.upperBound))
      try TableScan(silver, snapshotID: snapshotID, filter: filter, columns: columns).read(file) { batch in
        let ids = try batch.rows.binaries("meta_id")
        for row in 0..<ids.count { index.forEachMatch(of: ids, row: row) { known[$0] = true } }
      }
    }
    return known
  }

  /// The part of `range` between the first and the last wanted timestamp inside it; nil when none lies inside.
  static func narrow(_ range: ClosedRange<Int64>, _ wanted: [Int64]) -> ClosedRange<Int64>? {
    let low = wanted.partitioningIndex { $0 >= range.lowerBound }
    let high = wanted.partitioningIndex { $0 > range.upperBound }
    guard low < high else { return nil }
    return wanted[low]...wanted[high - 1]
  }
}

extension [Int64] {
  /// The first index for which `belongs` holds, in an array where it holds from some index on.
  func partitioningIndex(where belongs: (Int64) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = low + (high - low) / 2
      if belongs(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
