import Failures
import JSON
import Quality

extension BatchCheckResult {
  /// Reads what `json` wrote. Throws `.malformedInput`.
  init(json: JSONValue) throws {
    guard let object = json.object else { throw Failure.malformedInput("a batch check's result is \(json.kindName)") }
    guard let mode = CheckMode(rawValue: try object.string("mode")) else {
      throw Failure.malformedInput("a batch check's result has an unknown mode")
    }
    self.init(
      name: try object.string("name"), metric: try object.string("metric"), mode: mode,
      isStructural: try object.bool("structural"), value: object["value"]?.double,
      threshold: object["threshold"]?.double, hasFailed: try object.bool("failed"),
      rows: Int(try object.int64("rows")), message: try object.string("message"))
  }

  /// The result as JSON.
  var json: JSONValue {
    [
      "name": .string(name), "metric": .string(metric), "mode": .string(mode.rawValue),
      "structural": .bool(isStructural), "value": Self.number(value), "threshold": Self.number(threshold),
      "failed": .bool(hasFailed), "rows": JSONValue(rows), "message": .string(message),
    ]
  }

  private static func number(_ value: Double?) -> JSONValue {
    value.flatMap { JSONNumber($0) }.map { .number($0) } ?? .null
  }
}
