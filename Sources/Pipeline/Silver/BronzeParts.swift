import Columns

/// Bronze rows as they were read, in parts that are not copied together. Rows are numbered through all parts.
struct BronzeParts: Sendable {
  let parts: [ColumnBatch]
  /// The number of the first row of each part.
  private let starts: [Int]
  /// The number of rows.
  let rowCount: Int

  init(_ parts: [ColumnBatch]) {
    self.parts = parts.filter { $0.rowCount > 0 }
    var starts: [Int] = []
    var count = 0
    for part in self.parts {
      starts.append(count)
      count += part.rowCount
    }
    self.starts = starts
    rowCount = count
  }

  /// Where a row lies.
  ///
  /// Precondition: `row` lies in `0..<rowCount`.
  func place(of row: Int) -> (part: Int, row: Int) {
    var part = 0
    while part + 1 < starts.count, starts[part + 1] <= row { part += 1 }
    return (part, row - starts[part])
  }

  /// A piece of one part, the unit of work of a thread.
  struct Slice {
    let part: ColumnBatch
    let rows: Range<Int>
    /// The number of its first row.
    let start: Int
  }

  /// All rows in slices of at most `size`.
  func slices(of size: Int) -> [Slice] {
    zip(parts, starts).flatMap { part, start in
      stride(from: 0, to: part.rowCount, by: size).map { first in
        Slice(part: part, rows: first..<min(first + size, part.rowCount), start: start + first)
      }
    }
  }
}
