import Failures
import JSON

/// What a decision is about: rows of a quarantine table after one position up to another.
struct DecisionPlanInput: Sendable, Hashable {
  /// Which rows are meant.
  var selection: QuarantineSelection
  /// Rows up to here, this one included, are left to other runs; nil at the beginning.
  var after: QuarantinePosition?
  /// The last row.
  var upTo: QuarantinePosition
  /// The number of rows when it was planned.
  var rows: Int

  init(selection: QuarantineSelection, after: QuarantinePosition?, upTo: QuarantinePosition, rows: Int) {
    self.selection = selection
    self.after = after
    self.upTo = upTo
    self.rows = rows
  }

  /// Reads what `text` wrote. Throws `.malformedInput`.
  init(text: String) throws {
    let object = try JSONValue.object(parsing: text, as: "input of a decision")
    selection = try QuarantineSelection(json: object.object("selection"))
    after = try object.optionalObject("after").map(QuarantinePosition.init(json:))
    upTo = try QuarantinePosition(json: object.object("up_to"))
    rows = Int(try object.int64("rows"))
  }

  var text: String {
    var object: JSONObject = ["selection": .object(selection.json)]
    if let after { object["after"] = .object(after.json) }
    object["up_to"] = .object(upTo.json)
    object["rows"] = JSONValue(rows)
    return JSONValue.object(object).text
  }
}
