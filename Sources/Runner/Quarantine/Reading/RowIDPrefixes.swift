import Failures
import Iceberg

/// Beginnings of row ids, as an operator types them.
struct RowIDPrefixes {
  private let prefixes: Set<String>
  private let lengths: [Int]

  /// Throws `.invalidArgument` for what cannot be the beginning of an id, which is 32 hexadecimal digits.
  init(_ prefixes: [String]) throws {
    for prefix in prefixes {
      let isHexadecimal = prefix.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
      guard isHexadecimal, (1...Self.idLength).contains(prefix.utf8.count) else {
        throw Failure.invalidArgument("\"\(prefix)\" is no row id, which is \(Self.idLength) hexadecimal digits")
      }
    }
    self.prefixes = Set(prefixes)
    lengths = Set(prefixes.map(\.utf8.count)).sorted()
  }

  private static let idLength = 32

  /// Rows whose id begins with one of them. The digits end with "f": "g" is after all that follows a beginning.
  var filter: Expression {
    let whole = prefixes.filter { $0.utf8.count == Self.idLength }.sorted()
    let ranges = prefixes.filter { $0.utf8.count < Self.idLength }.sorted().map { prefix in
      Expression.greaterOrEqual("row_id", .text(prefix)) && .less("row_id", .text(prefix + "g"))
    }
    return .or((whole.isEmpty ? [] : [.isIn("row_id", whole.map { .text($0) })]) + ranges)
  }

  /// Those that `id` begins with.
  func matching(_ id: String) -> [String] {
    lengths.compactMap { length in
      let prefix = String(decoding: id.utf8.prefix(length), as: UTF8.self)
      return prefixes.contains(prefix) ? prefix : nil
    }
  }
}
