import Failures

extension PrimitiveType {
  /// Whether a constant has to stand in quotes.
  var isQuoted: Bool {
    switch self {
    case .boolean, .int, .long, .float, .double, .decimal: false
    default: true
    }
  }

  /// A constant of the type, as an error shows it.
  var example: String {
    switch self {
    case .boolean: "TRUE"
    case .int, .long: "42"
    case .float, .double, .decimal: "1.5"
    case .date: "'2024-01-31'"
    case .time: "'12:00:00'"
    case .timestamp: "'2024-01-31T12:00:00'"
    case .timestamptz: "'2024-01-31T12:00:00Z'"
    case .string: "'text'"
    case .uuid: "'f79c3e09-677c-4bbd-a479-3f349cb785e7'"
    case .fixed, .binary: "'00ff'"
    }
  }
}

extension Literal {
  /// A constant of a filter: an integer that an `int` column cannot hold is a `long`, which compares as it should.
  init(filterConstant text: String, type: PrimitiveType) throws(Failure) {
    if type == .int, Int32(text) == nil, let number = Int64(text) {
      self = .long(number)
    } else {
      try self.init(parsing: text, type: type)
    }
  }
}
