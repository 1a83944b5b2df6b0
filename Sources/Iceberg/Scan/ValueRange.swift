/// What is known about the values of one field in a manifest, file, row group or page. Nothing known: all may occur.
package struct ValueRange: Sendable, Hashable {
  /// A value not above the smallest; nil where unknown.
  package var lower: Literal?
  /// A value not below the largest; nil where unknown.
  package var upper: Literal?
  /// Whether a null may occur.
  package var mayBeNull = true
  /// Whether a value may occur that is neither null nor NaN.
  package var mayBeNumber = true
  /// Whether NaN may occur; bounds do not cover it.
  package var mayBeNaN = true

  package init() {}

  /// The one value that all rows have.
  package init(constant: Literal?) {
    mayBeNull = constant == nil
    mayBeNaN = constant?.isNaN ?? false
    mayBeNumber = constant != nil && !mayBeNaN
    if mayBeNumber { (lower, upper) = (constant, constant) }
  }
}

extension ValueRange {
  /// Whether a value of the range may pass `test`.
  package func mayMatch(_ test: BoundPredicate.Test) -> Bool {
    switch test {
    case .isNull: mayBeNull
    case .notNull: mayBeNumber || mayBeNaN
    case .compare(let comparison, let value): mayMatch(comparison, value)
    case .isIn(let values): mayMatchAny(of: values)
    case .startsWith(let prefix): mayBeNumber && mayStart(with: prefix)
    case .notStartsWith(let prefix): mayBeNumber && !alwaysStarts(with: prefix)
    case .notIn(let values):
      mayBeNaN && !values.contains(where: \.isNaN)
        || mayBeNumber && !values.contains { isExactly($0) }
    }
  }

  private func mayMatch(_ comparison: Expression.Comparison, _ value: Literal) -> Bool {
    if mayBeNaN && Self.matchesNaN(comparison, value) { return true }
    guard mayBeNumber else { return false }
    if value.isNaN {  // greater than every number
      return comparison == .notEqual || comparison == .less || comparison == .lessOrEqual
    }
    let isBelowLower = lower.flatMap { value.isLess(than: $0) } ?? false
    let isAboveUpper = upper.flatMap { $0.isLess(than: value) } ?? false
    return switch comparison {
    case .equal: !isBelowLower && !isAboveUpper
    case .notEqual: !isExactly(value)
    case .less: lower.flatMap { $0.isLess(than: value) } ?? true
    case .lessOrEqual: !isBelowLower
    case .greater: upper.flatMap { value.isLess(than: $0) } ?? true
    case .greaterOrEqual: !isAboveUpper
    }
  }

  /// Look-ups ask for thousands of values, so that the first one inside the bounds is searched by halves.
  private func mayMatchAny(of sorted: [Literal]) -> Bool {
    if mayBeNaN && sorted.contains(where: \.isNaN) { return true }
    guard mayBeNumber else { return false }
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      let isBelow = lower.flatMap { sorted[middle].isLess(than: $0) } ?? false
      if isBelow { low = middle + 1 } else { high = middle }
    }
    return low < sorted.count && mayMatch(.equal, sorted[low])
  }

  /// Whether a value between the bounds may begin with `prefix`: the bounds' own beginnings lie around it.
  private func mayStart(with prefix: [UInt8]) -> Bool {
    let isBelowLower = lower?.bytes.map { prefix.lexicographicallyPrecedes($0.prefix(prefix.count)) } ?? false
    let isAboveUpper = upper?.bytes.map { $0.lexicographicallyPrecedes(prefix) } ?? false
    return !isBelowLower && !isAboveUpper
  }

  /// Whether all values begin with `prefix`: what lies between two such values does too.
  private func alwaysStarts(with prefix: [UInt8]) -> Bool {
    guard let lower = lower?.bytes, let upper = upper?.bytes else { return false }
    return lower.starts(with: prefix) && upper.starts(with: prefix)
  }

  private func isExactly(_ value: Literal) -> Bool { lower == value && upper == value }

  private static func matchesNaN(_ comparison: Expression.Comparison, _ value: Literal) -> Bool {
    switch comparison {
    case .equal, .greaterOrEqual: value.isNaN || comparison == .greaterOrEqual
    case .notEqual, .greater: !value.isNaN
    case .less: false
    case .lessOrEqual: value.isNaN
    }
  }
}

extension BoundExpression {
  /// Whether a row may pass, given what is known about each field.
  package func mayMatch(_ range: (_ fieldID: Int32) -> ValueRange) -> Bool {
    switch self {
    case .alwaysTrue: true
    case .alwaysFalse: false
    case .and(let parts): parts.allSatisfy { $0.mayMatch(range) }
    case .or(let parts): parts.contains { $0.mayMatch(range) }
    case .predicate(let predicate): range(predicate.fieldID).mayMatch(predicate.test)
    }
  }
}
