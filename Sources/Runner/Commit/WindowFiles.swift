import Failures
import Iceberg
import Pipeline

/// Finds the data files of a Gold table that hold rows of given windows.
struct WindowFiles {
  let table: Table
  /// The column of the window's start.
  var column = "window_start"

  /// The column of a table that holds the window's start.
  static func column(of table: String) -> String {
    table == Tables.goldQuarantine.name ? "event_time" : "window_start"
  }

  /// Live files whose bounds of the column meet one of `windows`.
  func files(of windows: WindowRanges) throws -> [LiveFile] {
    guard let first = windows.starts.first, let last = windows.starts.last else { return [] }
    let filter = Expression.greaterOrEqual(column, .timestamptz(first)) && .lessOrEqual(column, .timestamptz(last))
    return try TableScan(table, filter: filter).plan().files.filter { file in
      guard let range = try Bounds(table: table, column: column).range(file.dataFile) else { return true }
      return windows.starts.contains { range.contains($0) }
    }
  }
}

/// The bounds of a 64-bit column (long or timestamptz) of a data file.
struct Bounds {
  private let fieldID: Int32

  /// Throws `.notFound` where the table has no such column.
  init(table: Table, column: String) throws {
    guard let field = table.metadata.currentSchema.field(named: column) else {
      throw Failure.notFound("the table has no column \(column)")
    }
    fieldID = field.id
  }

  /// The range that holds every value; nil where the file does not say.
  func range(_ file: DataFile) throws -> ClosedRange<Int64>? {
    guard let low = file.lowerBounds[fieldID], let high = file.upperBounds[fieldID] else { return nil }
    guard let first = Self.int64(low), let last = Self.int64(high), first <= last else {
      throw Failure.malformedInput("\(file.path): bounds of field \(fieldID) are no 64-bit range")
    }
    return first...last
  }

  /// Single-value serialization of long and timestamptz: eight bytes, least significant first.
  private static func int64(_ bytes: [UInt8]) -> Int64? {
    guard bytes.count == 8 else { return nil }
    return bytes.reversed().reduce(0) { $0 << 8 | Int64($1) }
  }
}
