import Failures

extension JSONValue {
  /// Compact text.
  package var text: String { String(decoding: serialized(), as: UTF8.self) }

  /// The object that `text` is. Throws `.malformedInput` naming `what`.
  package static func object(parsing text: String, as what: String) throws -> JSONObject {
    try within(what) {
      guard let object = try JSONValue.parse(Array(text.utf8)).object else {
        throw Failure.malformedInput("is no JSON object")
      }
      return object
    }
  }
}
