import Failures

extension PrimitiveType {
  private static let plain: [String: PrimitiveType] = [
    "boolean": .boolean, "int": .int, "long": .long, "float": .float, "double": .double, "date": .date,
    "time": .time, "timestamp": .timestamp, "timestamptz": .timestamptz, "string": .string, "uuid": .uuid,
    "binary": .binary,
  ]
  /// Types that only format version 3 has.
  private static let versionThree: Set<String> = [
    "unknown", "timestamp_ns", "timestamptz_ns", "variant", "geometry", "geography",
  ]

  /// Parses the JSON notation of a primitive type (specification, Appendix C, "Schemas").
  ///
  /// Throws `.unsupported` for a type of a later format version, `.malformedInput` for anything else.
  public init(parsing text: String) throws {
    if let type = Self.plain[text] {
      self = type
    } else if let numbers = Self.numbers(in: text, after: "decimal(", before: ")"), numbers.count == 2,
      (1...38).contains(numbers[0]), (0...numbers[0]).contains(numbers[1])
    {
      self = .decimal(precision: numbers[0], scale: numbers[1])
    } else if let numbers = Self.numbers(in: text, after: "fixed[", before: "]"), numbers.count == 1, numbers[0] > 0 {
      self = .fixed(numbers[0])
    } else if Self.versionThree.contains(where: text.hasPrefix) {
      throw Failure.unsupported("type \(text) belongs to format version 3")
    } else {
      throw Failure.malformedInput("\(text) is no Iceberg type")
    }
  }

  private static func numbers(in text: String, after prefix: String, before suffix: String) -> [Int]? {
    guard text.hasPrefix(prefix), text.hasSuffix(suffix), text.utf8.count > prefix.utf8.count else { return nil }
    let parts = text.dropFirst(prefix.count).dropLast().split(separator: ",", omittingEmptySubsequences: false)
    let numbers = parts.map { part in
      Int(String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()))
    }
    return numbers.contains(nil) ? nil : numbers.compactMap { $0 }
  }
}
