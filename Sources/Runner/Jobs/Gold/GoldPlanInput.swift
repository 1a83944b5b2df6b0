import Failures
import JSON

/// What a Gold batch computes: windows, from one snapshot of Silver.
struct GoldPlanInput: Sendable, Hashable {
  /// The windows, all of one day.
  var windows: WindowRanges
  /// The Silver snapshot that they are computed from.
  var snapshot: Int64
  /// The watermark, in microseconds.
  var watermark: Int64
  /// About how many Silver rows the windows hold.
  var rows: Int64

  init(windows: WindowRanges, snapshot: Int64, watermark: Int64, rows: Int64) {
    self.windows = windows
    self.snapshot = snapshot
    self.watermark = watermark
    self.rows = rows
  }

  /// Reads what `text` wrote. Throws `.malformedInput`.
  init(text: String) throws {
    let object = try JSONValue.object(parsing: text, as: "Gold's input")
    windows = try WindowRanges(text: object.string("windows"))
    snapshot = try object.int64("snapshot")
    watermark = try object.int64("watermark")
    rows = try object.int64("rows")
  }

  var text: String {
    JSONValue.object([
      "windows": .string(windows.text), "snapshot": .integer(snapshot), "watermark": .integer(watermark),
      "rows": .integer(rows),
    ]).text
  }
}
