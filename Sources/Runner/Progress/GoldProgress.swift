import Failures
import JSON

/// How far Gold has followed the Silver table.
public struct GoldProgress: Sendable, Hashable {
  /// The Silver table's UUID.
  public var table: String
  /// The Silver snapshot up to which touched windows are known.
  public var snapshot: Int64
  /// That snapshot's sequence number, for when its ancestry is cut.
  public var sequence: Int64
  /// Event time in microseconds: windows that end before it are final.
  public var watermark: Int64
  /// Windows touched up to `snapshot` that no batch has computed yet, because a plan took only some of them.
  public var pending: WindowRanges

  /// Progress in a table.
  public init(table: String, snapshot: Int64, sequence: Int64, watermark: Int64, pending: WindowRanges = WindowRanges())
  {
    self.table = table
    self.snapshot = snapshot
    self.sequence = sequence
    self.watermark = watermark
    self.pending = pending
  }

  /// Reads what `text` wrote. Throws `.malformedInput`.
  public init(text: String) throws {
    let object = try JSONValue.object(parsing: text, as: "Gold's progress")
    table = try object.string("table")
    snapshot = try object.int64("snapshot")
    sequence = try object.int64("sequence")
    watermark = try object.int64("watermark")
    pending = try WindowRanges(text: object.optionalString("pending") ?? "")
  }

  /// The canonical text.
  public var text: String {
    var object: JSONObject = [
      "table": .string(table), "snapshot": .integer(snapshot), "sequence": .integer(sequence),
      "watermark": .integer(watermark),
    ]
    if !pending.isEmpty { object["pending"] = .string(pending.text) }
    return JSONValue.object(object).text
  }
}
