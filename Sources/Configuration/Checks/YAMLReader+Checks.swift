import Failures
import Patterns
import Quality
import YAML

/// Values that only checks have.
extension YAMLReader {
  /// What follows for rows that fail, `quarantine` unless it is given.
  func checkMode() throws -> CheckMode {
    guard node("mode") == nil else { return try choice("mode") }
    note("mode", .string(CheckMode.quarantine.rawValue))
    return .quarantine
  }

  func optionalCount(_ key: String) throws -> Int? {
    guard node(key) == nil else { return try integer(key, in: 0...Int.max) }
    note(key, .null)
    return nil
  }

  /// A number to compare with, nil when it is absent; whole numbers stay exact.
  func optionalScalar(_ key: String) throws -> Scalar? {
    guard let node = node(key) else {
      note(key, .null)
      return nil
    }
    if case .scalar(let scalar) = node.content, case .integer = scalar.resolved {
      return .integer(Int64(try integer(key, in: .min ... .max)))
    }
    return .number(try number(key, in: -1e300...1e300))
  }

  /// A number to compare with; whole numbers stay exact.
  func scalar(_ key: String) throws -> Scalar {
    _ = try require(key)
    guard let value = try optionalScalar(key) else { throw failure(key, "has no value") }
    return value
  }

  /// A PCRE2 pattern, which is compiled here, so that a wrong one is found in its place.
  func pattern(_ key: String) throws -> Pattern {
    let (text, ignoresCase) = (try string(key), try boolean("ignore_case", default: false))
    do {
      return try Pattern(text, ignoringCase: ignoresCase)
    } catch {
      throw failure(key, "of check \"\(path.last ?? "")\" is no pattern: \(error.message)")
    }
  }

  /// A list of values to compare with, each of the type that it is written as.
  func scalars(_ key: String) throws -> [Scalar] {
    let node = try require(key)
    guard case .sequence(let items) = node.content, !items.isEmpty else {
      throw failure(key, "must be a list of at least one value")
    }
    var values: [Scalar] = []
    var resolved: [YAMLResolved] = []
    for item in items {
      guard case .scalar(let scalar) = item.content else { throw failure(key, "must be a list of values") }
      let (value, canonical) = Self.comparable(scalar)
      values.append(value)
      resolved.append(canonical)
    }
    note(key, .list(resolved))
    return values
  }

  private static func comparable(_ scalar: YAMLScalar) -> (Scalar, YAMLResolved) {
    switch scalar.resolved {
    case .integer(let value): (.integer(value), .integer(value))
    case .number(let value) where value.isFinite: (.number(value), .number(value))
    case .boolean(let value): (.boolean(value), .boolean(value))
    default: (.text(scalar.text), .string(scalar.text))
    }
  }
}
