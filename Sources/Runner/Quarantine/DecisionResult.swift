import Failures
import JSON

/// What a run did to the quarantined rows that it was about.
public struct DecisionResult: Sendable, Hashable {
  /// Rows whose status it changed.
  public var decided: Int
  /// Rows that still fail and stay as they were, by the first failing check.
  public var failing: [String: Int]
  /// Of the released rows those whose record in Bronze is gone: the quarantine's copy was taken.
  public var restored: Int

  /// A result.
  public init(decided: Int = 0, failing: [String: Int] = [:], restored: Int = 0) {
    self.decided = decided
    self.failing = failing
    self.restored = restored
  }

  /// Reads what `json` wrote. Throws `.malformedInput`.
  init(json: JSONObject) throws {
    decided = Int(try json.int64("decided"))
    restored = Int(try json.int64("restored"))
    failing = [:]
    for member in try json.object("failing").members { failing[member.key] = member.value.int ?? 0 }
  }

  var json: JSONObject {
    let reasons = failing.sorted { $0.key < $1.key }.map { ($0.key, JSONValue($0.value)) }
    return [
      "decided": JSONValue(decided), "restored": JSONValue(restored), "failing": .object(JSONObject(reasons)),
    ]
  }

  /// Both runs' rows.
  public static func + (left: Self, right: Self) -> Self {
    Self(
      decided: left.decided + right.decided, failing: left.failing.merging(right.failing, uniquingKeysWith: +),
      restored: left.restored + right.restored)
  }
}
