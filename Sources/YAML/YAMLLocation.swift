/// Where a node was written, so that an error can name the place.
public struct YAMLLocation: Sendable, Hashable {
  /// The file's name as the user knows it, or another source such as `environment variable X`.
  public let source: String
  /// The line, from 1; 0 when the source has no lines.
  public let line: Int
  /// The column in characters, from 1; 0 when the source has no lines.
  public let column: Int

  /// A place in `source`.
  public init(source: String, line: Int = 0, column: Int = 0) {
    self.source = source
    self.line = line
    self.column = column
  }
}

extension YAMLLocation: CustomStringConvertible {
  /// `file:line`, or the source alone where it has no lines.
  public var description: String { line > 0 ? "\(source):\(line)" : source }
}
