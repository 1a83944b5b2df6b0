/// Rows aligned by display width, for people.
public struct TextTable: Sendable {
  /// Where a column's text stands.
  public enum Alignment: Sendable {
    /// Text.
    case left
    /// Numbers.
    case right
  }

  /// A column.
  public struct Column: Sendable {
    /// The heading, empty for none.
    public let title: String
    /// Where its text stands.
    public let alignment: Alignment
    /// The most columns of the terminal that it takes; longer text is cut.
    public let maximumWidth: Int

    /// A column.
    public init(_ title: String, _ alignment: Alignment = .left, maximumWidth: Int = 60) {
      self.title = title
      self.alignment = alignment
      self.maximumWidth = max(1, maximumWidth)
    }
  }

  private let columns: [Column]
  private var rows: [[String]] = []

  /// A table without rows.
  public init(_ columns: [Column]) { self.columns = columns }

  /// Adds a row; cells beyond the columns are left out, missing ones are empty. Control characters are replaced.
  public mutating func add(_ cells: [String]) {
    rows.append(
      columns.indices.map { index in
        let cell = index < cells.count ? cells[index] : ""
        return DisplayWidth.truncated(DisplayWidth.sanitized(cell), to: columns[index].maximumWidth)
      })
  }

  /// The table as lines that begin with `indent` spaces; a heading only where a column has one. Empty without rows.
  public func text(indent: Int = 0) -> String {
    guard !rows.isEmpty else { return "" }
    let heading = columns.contains { !$0.title.isEmpty } ? [columns.map(\.title)] : []
    let lines = heading + rows
    let widths = columns.indices.map { index in lines.map { DisplayWidth.of($0[index]) }.max() ?? 0 }
    return lines.map { line(cells: $0, widths, indent) }.joined()
  }

  private func line(cells: [String], _ widths: [Int], _ indent: Int) -> String {
    var line = String(repeating: " ", count: indent)
    for (index, cell) in cells.enumerated() {
      let padding = String(repeating: " ", count: widths[index] - DisplayWidth.of(cell))
      line += (index > 0 ? "  " : "") + (columns[index].alignment == .right ? padding + cell : cell + padding)
    }
    while line.hasSuffix(" ") { line.removeLast() }
    return line + "\n"
  }
}
