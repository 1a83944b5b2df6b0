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
    case .isIn(let values): values.contains { mayMatch(.equal, $0) }
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
