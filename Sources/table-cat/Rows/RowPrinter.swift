import Bytes
import Columns
import JSON

/// Prints rows as JSON lines: an object a row, its members in the order of the columns.
struct RowPrinter {
  /// So many rows are put together before they are written.
  private static let rowsAtOnce = 1024

  private let columns: [RowColumn]
  private let keys: [[UInt8]]

  init(_ columns: [RowColumn]) {
    self.columns = columns
    keys = columns.enumerated().map { position, column in
      Array((position == 0 ? "{" : ",").utf8) + JSONValue.string(column.name).serialized() + Array(":".utf8)
    }
  }

  /// Prints the first `limit` rows of `source`.
  func print(_ source: any RowSource, limit: Int?) throws {
    var left = limit ?? .max
    let output = StandardOutput()
    try source.read(limit: left) { chunk in
      let count = min(left, chunk.rowCount)
      for start in stride(from: 0, to: count, by: Self.rowsAtOnce) {
        try print(chunk, rows: start..<min(start + Self.rowsAtOnce, count), to: output)
      }
      left -= count
      return left > 0
    }
  }

  private func print(_ chunk: RowChunk, rows: Range<Int>, to output: StandardOutput) throws {
    let rendered = try zip(columns, chunk.columns).map { try RenderedColumn($1, $0.form, rows: rows) }
    var lines = ByteBuffer(capacity: 1 << 16)
    for row in 0..<rows.count {
      if keys.isEmpty { lines.append(utf8: "{") }
      for (key, column) in zip(keys, rendered) {
        lines.append(key)
        lines.append(column[row])
      }
      lines.append(utf8: "}\n")
    }
    try lines.withUnsafeBytes { try output.write($0) }
  }
}
