import Iceberg
import Pipeline

/// About how many rows of a table lie in a window: a file's rows are taken to be spread evenly over its windows.
struct WindowDensity {
  private var estimates: [Int64: Int64] = [:]

  init(files: [LiveFile], silver: Table) throws {
    let bounds = try Bounds(table: silver, column: "event_time")
    for file in files {
      guard let range = try bounds.range(file.dataFile) else { continue }
      let windows = WindowRanges(covering: range.lowerBound, through: range.upperBound)
      let share = file.dataFile.recordCount / Int64(max(1, windows.count)) + 1
      for start in windows.starts { estimates[start, default: 0] += share }
    }
  }

  /// The estimate for the window that begins at `start`.
  func rows(in start: Int64) -> Int64 { estimates[start] ?? 0 }
}
