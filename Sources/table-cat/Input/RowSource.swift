import Columns
import JSON

/// Rows, and what is known of where they are from.
protocol RowSource {
  /// The columns that were asked for.
  var columns: [RowColumn] { get throws }
  /// A line for each column of the schema.
  var schemaLines: [JSONValue] { get }
  /// A line for each data file.
  func fileLines() throws -> [JSONValue]
  /// Lines about how the rows are stored: sizes, counts, bounds.
  func statisticsLines() throws -> [JSONValue]
  /// Hands out all rows in order, some thousand at a time, until `body` has returned false.
  ///
  /// - Parameter limit: no more rows than these will be asked for.
  func read(limit: Int, _ body: (RowChunk) throws -> Bool) throws
}

/// One column of the output.
struct RowColumn {
  let name: String
  let form: ValueForm
}

/// Some rows.
struct RowChunk {
  let columns: [Column]
  let rowCount: Int
}
