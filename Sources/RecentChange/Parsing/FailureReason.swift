internal import CSimdjson

extension rc_failure {
  private var kind: rc_problem { rc_problem(UInt32(problem)) }

  /// How bad it is. A row of which nothing could be read has no other problem.
  var severity: RecentChangeFailure.Kind {
    switch kind {
    case RC_MALFORMED: .notJSON
    case RC_TOO_LONG: .tooLong
    case RC_NOT_AN_OBJECT: .notAnObject
    default: .fields
    }
  }

  /// The reason as it goes to the quarantine and the dead-letter topic. `text` is what the batch quotes from.
  func words(text: UnsafePointer<UInt8>?) -> String {
    let name = "field \(RecentChangeSchema.path(Int(field)))"
    switch kind {
    case RC_MALFORMED: return "malformed JSON: \(syntaxError)"
    case RC_TOO_LONG: return "longer than the limit of a record"
    case RC_NOT_AN_OBJECT: return "expected a JSON object, found \(found)"
    case RC_WRONG_TYPE: return "\(name): expected \(RecentChangeSchema.expected(Int(field))), found \(found)"
    case RC_OUT_OF_RANGE: return "\(name): out of range for \(detail == 1 ? 32 : 64) bits"
    case RC_REPEATED: return "\(name): appears more than once"
    case RC_BAD_TIME: return "\(name): not an ISO 8601 time"
    case RC_HAS_NUL: return "\(name): holds U+0000"
    case RC_UNSUPPORTED_SCHEMA: return "unsupported $schema \(quoted(text))"
    default: return "\(name): unknown problem \(problem)"
    }
  }

  private var found: String {
    switch rc_json(UInt32(detail)) {
    case RC_OBJECT: "object"
    case RC_ARRAY: "array"
    case RC_STRING: "string"
    case RC_INTEGER: "integer"
    case RC_NUMBER: "number"
    case RC_BOOLEAN: "boolean"
    default: "null"
    }
  }

  /// simdjson's message without its hints to programmers and its full stop.
  private var syntaxError: String {
    let message = String(cString: rc_error_text(detail))
    let first = message.prefix { $0 != "." && $0 != ":" }
    return first.prefix(1).lowercased() + first.dropFirst()
  }

  private func quoted(_ text: UnsafePointer<UInt8>?) -> String {
    let bytes = UnsafeBufferPointer(start: text.map { $0 + text_start }, count: text == nil ? 0 : text_length)
    return String(decoding: bytes, as: UTF8.self)
  }
}
