import Failures
import JSON

/// The snapshot of an output table that a run is executed against: its look-ups see nothing newer.
public struct OutputBase: Sendable, Hashable {
  /// The table's name.
  public let table: String
  /// The snapshot's id; nil for a table without one.
  public let snapshot: Int64?

  package init(table: String, snapshot: Int64?) {
    self.table = table
    self.snapshot = snapshot
  }
}

extension [OutputBase] {
  /// Reads what `json` wrote; nil, as plans of older versions have it, is none. Throws `.malformedInput`.
  init(json: JSONObject?) throws {
    self = try (json?.members ?? []).map { member in
      guard member.value.isNull || member.value.int64 != nil else {
        throw Failure.malformedInput("the base of \(member.key) is \(member.value.kindName), not a snapshot's id")
      }
      return OutputBase(table: member.key, snapshot: member.value.int64)
    }
  }

  /// An object of snapshot ids by table.
  var json: JSONValue {
    .object(JSONObject(map { ($0.table, $0.snapshot.map { .integer($0) } ?? .null) }))
  }
}
