package import Columns
import Failures

/// Evaluates an expression on columns, a column at a time.
package struct RowFilter: Sendable {
  private let expression: BoundExpression

  /// A filter.
  package init(_ expression: BoundExpression) { self.expression = expression }

  /// The rows, ascending, for which the expression is true. `column` finds a field's column, all of `rowCount` rows.
  package func matchingRows(count rowCount: Int, column: (_ fieldID: Int32) throws -> Column) throws -> [Int] {
    let mask = try mask(expression, rowCount, column)
    return mask.indices.filter { mask[$0] }
  }

  private func mask(_ expression: BoundExpression, _ count: Int, _ column: (Int32) throws -> Column) throws -> [Bool] {
    switch expression {
    case .alwaysTrue: return [Bool](repeating: true, count: count)
    case .alwaysFalse: return [Bool](repeating: false, count: count)
    case .and(let parts):
      return try parts.reduce([Bool](repeating: true, count: count)) { result, part in
        zip(result, try mask(part, count, column)).map { $0 && $1 }
      }
    case .or(let parts):
      return try parts.reduce([Bool](repeating: false, count: count)) { result, part in
        zip(result, try mask(part, count, column)).map { $0 || $1 }
      }
    case .predicate(let predicate): return try evaluate(predicate, on: column(predicate.fieldID))
    }
  }

  private func evaluate(_ predicate: BoundPredicate, on column: Column) throws -> [Bool] {
    switch predicate.test {
    case .isNull: return (0..<column.count).map { !column.isValid($0) }
    case .notNull: return (0..<column.count).map { column.isValid($0) }
    default: break
    }
    switch column {
    case .bool(let column): return test(column, predicate, constant: { $0.truth.map { $0 ? 1 : 0 } }) { $0 ? 1 : 0 }
    case .int32(let column): return test(column, predicate, constant: \.int32) { $0 }
    case .int128(let column): return test(column, predicate, constant: \.int128) { $0 }
    case .int64(let column): return test(column, predicate, constant: \.int64) { $0 }
    case .float(let column):
      return test(column, predicate, constant: { $0.float.map { TotalOrder($0) } }) { TotalOrder($0) }
    case .double(let column):
      return test(column, predicate, constant: { $0.double.map { TotalOrder($0) } }) { TotalOrder($0) }
    case .binary(let column): return test(column, predicate)
    case .list, .structure, .map:
      throw Failure.invalidArgument("lists, structures and maps cannot be compared")
    }
  }

  private func test<Value, Key: Comparable>(
    _ column: PrimitiveColumn<Value>, _ predicate: BoundPredicate, constant: (Literal) -> Key?, key: (Value) -> Key
  ) -> [Bool] {
    let check = Check(predicate.test, constant: constant)
    return (0..<column.count).map { column.isValid($0) && check.passes(key(column.values[$0])) }
  }

  private func test(_ column: BinaryColumn, _ predicate: BoundPredicate) -> [Bool] {
    switch predicate.test {
    case .startsWith(let prefix): return (0..<column.count).map { column[$0]?.starts(with: prefix) ?? false }
    case .notStartsWith(let prefix):
      return (0..<column.count).map { column[$0].map { !$0.starts(with: prefix) } ?? false }
    default: break
    }
    let check = Check(predicate.test) { $0.bytes.map { ByteOrder(bytes: $0[...]) } }
    return (0..<column.count).map { row in column[row].map { check.passes(ByteOrder(bytes: $0)) } ?? false }
  }
}

/// A predicate's test with its constants in the column's own form.
private struct Check<Key: Comparable> {
  private let comparison: Expression.Comparison
  /// Ascending.
  private let keys: [Key]

  init(_ test: BoundPredicate.Test, constant: (Literal) -> Key?) {
    switch test {
    case .compare(let comparison, let value): (self.comparison, keys) = (comparison, [value].compactMap(constant))
    case .isIn(let values): (comparison, keys) = (.equal, values.compactMap(constant).sorted())
    case .notIn(let values): (comparison, keys) = (.notEqual, values.compactMap(constant).sorted())
    case .isNull, .notNull, .startsWith, .notStartsWith: (comparison, keys) = (.equal, [])
    }
  }

  func passes(_ key: Key) -> Bool {
    switch comparison {
    case .equal: contains(key)
    case .notEqual: !contains(key)
    case .less: keys.first.map { key < $0 } ?? false
    case .lessOrEqual: keys.first.map { key <= $0 } ?? false
    case .greater: keys.first.map { key > $0 } ?? false
    case .greaterOrEqual: keys.first.map { key >= $0 } ?? false
    }
  }

  private func contains(_ key: Key) -> Bool {
    var (low, high) = (0, keys.count)
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < key { low = middle + 1 } else { high = middle }
    }
    return low < keys.count && keys[low] == key
  }
}

/// Floating point with one NaN, above all numbers.
private struct TotalOrder<Value: BinaryFloatingPoint>: Comparable {
  let value: Value

  init(_ value: Value) { self.value = value }

  static func < (first: Self, second: Self) -> Bool {
    first.value < second.value || (!first.value.isNaN && second.value.isNaN)
  }

  static func == (first: Self, second: Self) -> Bool {
    first.value == second.value || (first.value.isNaN && second.value.isNaN)
  }
}

/// Bytes compared as unsigned numbers.
private struct ByteOrder: Comparable {
  let bytes: ArraySlice<UInt8>

  static func < (first: Self, second: Self) -> Bool { first.bytes.lexicographicallyPrecedes(second.bytes) }
}
