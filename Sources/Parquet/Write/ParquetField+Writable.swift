import Failures

extension ParquetField {
  /// Throws `.invalidArgument` and `.unsupported` for fields that cannot be written side by side.
  static func checkWritable(_ fields: [ParquetField]) throws(Failure) {
    var seen: Set<String> = []
    for field in fields {
      guard seen.insert(field.name).inserted else { throw .invalidArgument("two fields are called \(field.name)") }
      try field.checkWritable()
    }
  }

  private func checkWritable() throws(Failure) {
    switch type {
    case .group(let fields):
      guard !fields.isEmpty else { throw .invalidArgument("group \(name) has no fields") }
      try Self.checkWritable(fields)
    case .list(let element): try element.checkWritable()
    case .map(let key, let value):
      guard key.isRequired else { throw .invalidArgument("the keys of map \(name) are not required") }
      try key.checkWritable()
      try value.checkWritable()
    case .decimal(let precision, let scale):
      guard (1...ParquetType.int128Digits).contains(precision), (0...precision).contains(scale) else {
        throw .invalidArgument("field \(name): decimal of \(precision) digits, \(scale) after the point")
      }
    case .fixed(let length):
      guard length > 0, length <= Int(Int32.max) else { throw .invalidArgument("field \(name): \(length) bytes") }
    default:
      guard type.storage != nil else { throw .unsupported("writing field \(name) of type \(type)") }
    }
  }
}
