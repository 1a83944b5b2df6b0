import Failures
import JSON

/// How far Silver has read the Bronze table: all rows up to and including a data sequence number, or up to a row of a
/// file inside it, in the order sequence number, path, row.
public struct SilverProgress: Sendable, Hashable {
  /// The Bronze table's UUID.
  public var table: String
  /// The data sequence number.
  public var sequence: Int64
  /// Where a plan ended inside the sequence number; nil when all of it is consumed.
  public var inside: Position?

  /// A place inside a sequence number: the first `row` rows of `file` and all files before it are consumed.
  public struct Position: Sendable, Hashable {
    /// The data file's path.
    public var file: String
    /// The number of its rows that are consumed.
    public var row: Int64
  }

  /// Progress in a table.
  public init(table: String, sequence: Int64, inside: Position? = nil) {
    self.table = table
    self.sequence = sequence
    self.inside = inside
  }

  /// Reads what `text` wrote. Throws `.malformedInput`.
  public init(text: String) throws {
    let object = try JSONValue.object(parsing: text, as: "Silver's progress")
    table = try object.string("table")
    sequence = try object.int64("sequence")
    if let file = try object.optionalString("file") { inside = Position(file: file, row: try object.int64("row")) }
  }

  /// The canonical text.
  public var text: String {
    var object: JSONObject = ["table": .string(table), "sequence": .integer(sequence)]
    if let inside {
      object["file"] = .string(inside.file)
      object["row"] = .integer(inside.row)
    }
    return JSONValue.object(object).text
  }
}
