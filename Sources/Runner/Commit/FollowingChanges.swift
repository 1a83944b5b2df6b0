import Failures
import Iceberg
import JSON
import Pipeline

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

  /// Those of the newest batch on a main table, committed or not; nil without any. Throws `.malformedInput`.
  init?(of metadata: TableMetadata) throws {
    guard let text = metadata.properties[SummaryKey.following] else { return nil }
    try self.init(text: text)
  }

  /// Whether all of them are in their tables.
  func areCommitted(tables: inout TableSet) throws -> Bool {
    try changes.allSatisfy { change in
      guard let table = try tables.existing(Tables.definition(named: change.table)) else { return false }
      return try Lineage(metadata: table.metadata).holds(change, of: plan.run, in: table)
    }
  }

  var text: String {
    get throws {
      JSONValue.object(["plan": .object(try plan.json), "changes": .array(changes.map(\.json))]).text
    }
  }
}
