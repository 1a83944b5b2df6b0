import Columns
import Failures

/// Two columns of a batch beside each other, both of types that can be compared.
struct ColumnPair {
  private let left: Column
  private let right: Column

  /// Throws `.configuration` for types that cannot be compared, such as a timestamp and a number of seconds.
  init(_ left: Column, _ leftType: ColumnType, _ right: Column, _ rightType: ColumnType) throws {
    guard let kind = ColumnKind(leftType), kind == ColumnKind(rightType) else {
      throw Failure.configuration("the two columns are of types that cannot be compared")
    }
    switch (left, right) {
    case (.int32, .int32), (.int64, .int64), (.binary, .binary), (.bool, .bool), (.double, .double):
      (self.left, self.right) = (left, right)
    case (.int32, .int64), (.int64, .int32):
      (self.left, self.right) = (.int64(try left.wholeNumbers()), .int64(try right.wholeNumbers()))
    default: (self.left, self.right) = (.double(try left.numbers()), .double(try right.numbers()))
    }
  }

  /// The predicate "the row's values are there and do not stand so to each other".
  func failing(_ comparison: Comparison) throws -> (Int) -> Bool {
    switch (left, right) {
    case (.int32(let left), .int32(let right)): Self.failing(comparison, left, right)
    case (.int64(let left), .int64(let right)): Self.failing(comparison, left, right)
    case (.double(let left), .double(let right)): Self.failing(comparison, left, right)
    case (.bool(let left), .bool(let right)):
      { row in
        guard let left = left[row], let right = right[row] else { return false }
        return !comparison.holds(left ? 1 : 0, right ? 1 : 0)
      }
    case (.binary(let left), .binary(let right)):
      { row in
        guard left.isValid(row), right.isValid(row) else { return false }
        return !comparison.holds(left.order(row, right), 0)
      }
    default: throw Failure.configuration("the two columns are of types that cannot be compared")
    }
  }

  private static func failing<Value: Comparable>(
    _ comparison: Comparison, _ left: PrimitiveColumn<Value>, _ right: PrimitiveColumn<Value>
  ) -> (Int) -> Bool {
    { row in
      guard let left = left[row], let right = right[row] else { return false }
      return !comparison.holds(left, right)
    }
  }

  /// The predicate "the row's left value is there and the right column has it in no row".
  func dangling() throws -> (Int) -> Bool {
    var joined = right
    let count = right.count
    try joined.append(contentsOf: left)
    let candidates = (0..<joined.count).filter { joined.isValid($0) }
    let first = RowKeys([joined]).firstRows(among: candidates)
    let left = left
    return { row in left.isValid(row) && first[count + row] >= count }
  }
}

extension BinaryColumn {
  /// -1, 0 or 1 as the bytes of `row` come before, equal or come after those of `other`.
  fileprivate func order(_ row: Int, _ other: BinaryColumn) -> Int {
    withUnsafeBytes(row: row) { left in
      other.withUnsafeBytes(row: row) { right in
        if left.lexicographicallyPrecedes(right) { return -1 }
        return left.elementsEqual(right) ? 0 : 1
      }
    }
  }
}

extension Column {
  /// The rows as 64-bit integers.
  fileprivate func wholeNumbers() throws -> PrimitiveColumn<Int64> {
    switch self {
    case .int32(let column): PrimitiveColumn(column.values.map(Int64.init), validity: column.validity)
    case .int64(let column): column
    default: throw Failure.configuration("the column has no whole numbers")
    }
  }
}
