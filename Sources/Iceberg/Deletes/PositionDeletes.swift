import Columns
import Failures

/// The rows that a position delete file names (specification, "Position Delete Files":
/// <https://iceberg.apache.org/spec/#position-delete-files>).
struct PositionDeletes {
  /// The path of the data file.
  static let pathField = NestedField(id: 2_147_483_546, name: "file_path", type: .string, isRequired: true)
  /// The number of the row in it.
  static let positionField = NestedField(id: 2_147_483_545, name: "pos", type: .long, isRequired: true)

  /// For each data file the numbers of its deleted rows, ascending.
  private(set) var positions: [[UInt8]: [Int64]] = [:]
  /// How many there are.
  private(set) var count = 0

  init() {}

  /// Adds rows of the file: a column of paths and one of positions.
  mutating func add(_ columns: [Column]) throws {
    guard columns.count == 2, case .binary(let paths) = columns[0], case .int64(let rows) = columns[1],
      paths.validity == nil, rows.validity == nil
    else { throw Failure.malformedInput("a position delete file has no paths and positions") }
    var start = 0
    while start < paths.count {
      // Sorted by path: most rows have that of the row before.
      let path = paths[start]
      var end = start + 1
      while end < paths.count && paths[end] == path { end += 1 }
      positions[Array(path ?? []), default: []].append(contentsOf: rows.values[start..<end])
      start = end
    }
    count += paths.count
  }

  /// Puts the positions in order. Call it after the last rows.
  mutating func finish() {
    for (path, rows) in positions where !zip(rows, rows.dropFirst()).allSatisfy({ $0 <= $1 }) {
      positions[path] = rows.sorted()
    }
  }
}
