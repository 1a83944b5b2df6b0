import Failures
import JSON

/// The prepared changes that come after a batch's main commit, as the main table's property holds them.
struct FollowingChanges: Sendable {
  let plan: Plan
  let changes: [PreparedChange]

  init(plan: Plan, changes: [PreparedChange]) {
    self.plan = plan
    self.changes = changes
  }

  /// Reads what `text` wrote. Throws `.malformedInput`.
  init(text: String) throws {
    let object = try JSONValue.object(parsing: text, as: "property \(SummaryKey.following)")
    plan = try Plan(text: JSONValue.object(object.object("plan")).text)
    changes = try object.array("changes").map(PreparedChange.init(json:))
  }

  var text: String {
    get throws {
      JSONValue.object(["plan": .object(try plan.json), "changes": .array(changes.map(\.json))]).text
    }
  }
}
