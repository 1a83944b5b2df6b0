import Columns
import Failures

/// What is deleted of one data file.
struct FileDeletes {
  /// Rows that are equal to one of `keys` in the columns at `paths`.
  struct Equality {
    let paths: [ColumnPath]
    var keys: [Set<[UInt8]>]
  }

  /// Ascending lists of row numbers.
  var positions: [[Int64]] = []
  /// A condition for each set of compared fields.
  var equality: [[Int32]: Equality] = [:]

  /// The rows that are left, by their place in the batch; nil when all are. `rows` are their numbers in the file, ascending.
  func survivors(_ rows: [Int64], _ columns: [Column]) throws -> [Int]? {
    guard !positions.isEmpty || !equality.isEmpty else { return nil }
    var isDeleted = [Bool](repeating: false, count: rows.count)
    for list in positions { Self.mark(list, in: rows, &isDeleted) }
    for condition in equality.values {
      let compared = try condition.paths.map { path in
        guard let column = path.column(in: columns) else {
          throw Failure.internalError("a compared field was not read")
        }
        return column
      }
      let keys = try RowKeys(compared)
      for row in rows.indices where !isDeleted[row] {
        let key = keys.key(row)
        isDeleted[row] = condition.keys.contains { $0.contains(key) }
      }
    }
    return isDeleted.indices.filter { !isDeleted[$0] }
  }

  private static func mark(_ list: [Int64], in rows: [Int64], _ isDeleted: inout [Bool]) {
    guard let first = rows.first else { return }
    var (low, high) = (0, list.count)
    while low < high {
      let middle = (low + high) / 2
      if list[middle] < first { low = middle + 1 } else { high = middle }
    }
    var next = low
    for (place, row) in rows.enumerated() {
      while next < list.count && list[next] < row { next += 1 }
      guard next < list.count else { return }
      if list[next] == row { isDeleted[place] = true }
    }
  }
}
