import Failures
import JSON

/// What a Silver batch reads: rows of Bronze after one position up to another, in the order data sequence number, path, row.
struct SilverPlanInput: Sendable, Hashable {
  /// Where the batch begins: everything up to here is consumed. Nil at the beginning of the table.
  var after: SilverProgress?
  /// Where it ends, inclusive.
  var upTo: SilverProgress
  /// The number of rows.
  var rows: Int64
  /// The Bronze batches found there.
  var batches: [String]
  /// Checks that Bronze waived, by its batch: they hold for the rows of that batch.
  var waivers: [String: [String]] = [:]
  /// Whether the one row goes to quarantine unseen.
  var isPoison = false

  init(
    after: SilverProgress?, upTo: SilverProgress, rows: Int64, batches: [String], waivers: [String: [String]],
    isPoison: Bool
  ) {
    self.after = after
    self.upTo = upTo
    self.rows = rows
    self.batches = batches
    self.waivers = waivers
    self.isPoison = isPoison
  }

  /// Reads what `text` wrote. Throws `.malformedInput`.
  init(text: String) throws {
    let object = try JSONValue.object(parsing: text, as: "Silver's input")
    after = try object.optionalObject("after").map { try SilverProgress(text: JSONValue.object($0).text) }
    upTo = try SilverProgress(text: JSONValue.object(object.object("up_to")).text)
    rows = try object.int64("rows")
    batches = try object.array("batches").compactMap(\.string)
    for member in try object.optionalObject("waivers")?.members ?? [] {
      waivers[member.key] = member.value.array?.compactMap(\.string) ?? []
    }
    isPoison = try object.optionalBool("poison") ?? false
  }

  var text: String {
    get throws {
      var object = JSONObject()
      if let after { object["after"] = .object(try JSONValue.object(parsing: after.text, as: "after")) }
      object["up_to"] = .object(try JSONValue.object(parsing: upTo.text, as: "up to"))
      object["rows"] = .integer(rows)
      object["batches"] = .array(batches.map { .string($0) })
      if !waivers.isEmpty {
        let members = waivers.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.array($0.value.map { .string($0) })) }
        object["waivers"] = .object(JSONObject(members))
      }
      if isPoison { object["poison"] = true }
      return JSONValue.object(object).text
    }
  }
}
