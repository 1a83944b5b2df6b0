import Failures
import JSON
import Pipeline

extension QuarantineSelection {
  /// Reads what `json` wrote. Throws `.malformedInput`.
  init(json: JSONObject) throws {
    self.init(statuses: [])
    statuses = Set(try json.array("statuses").compactMap(\.string).compactMap(QuarantineStatus.init(rawValue:)))
    ids = try json.optionalArray("ids")?.compactMap(\.string)
    checks = try json.optionalArray("checks")?.compactMap(\.string) ?? []
    since = try json.optionalInt64("since")
    until = try json.optionalInt64("until")
    reason = try json.optionalString("reason")
    batch = try json.optionalString("batch")
    entity = try json.optionalString("entity")
    wiki = try json.optionalString("wiki")
    user = try json.optionalString("user")
  }

  /// As a plan's input holds it: what is not given is left out.
  var json: JSONObject {
    var object: JSONObject = ["statuses": .array(statuses.map(\.rawValue).sorted().map { .string($0) })]
    if let ids { object["ids"] = .array(ids.map { .string($0) }) }
    if !checks.isEmpty { object["checks"] = .array(checks.map { .string($0) }) }
    for (name, time) in [("since", since), ("until", until)] {
      if let time { object[name] = .integer(time) }
    }
    for (name, text) in [("reason", reason), ("batch", batch), ("entity", entity), ("wiki", wiki), ("user", user)] {
      if let text { object[name] = .string(text) }
    }
    return object
  }
}
