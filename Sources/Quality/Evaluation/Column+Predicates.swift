import Columns
import Failures

/// The comparisons behind the rules, switched once a column. Predicates answer nil, or "does not fail", for a null.
extension Column {
  /// The predicate "the row's value is one of `values`".
  func membership(of values: [Scalar], orDigits: Bool) throws -> (Int) -> Bool? {
    switch self {
    case .binary(let column):
      let set = TextSet(values.map(\.description))
      return { column.isValid($0) ? set.contains(column, $0) || (orDigits && isDigits(column, $0)) : nil }
    case .int32(let column):
      let set = try values.map { try $0.wholeNumber }
      return { column[$0].map { set.contains(Int64($0)) } }
    case .int64(let column):
      let set = try values.map { try $0.wholeNumber }
      return { column[$0].map(set.contains) }
    case .float, .double:
      let column = try numbers()
      let set = try values.map { try $0.anyNumber }
      return { column[$0].map(set.contains) }
    case .bool(let column):
      let set = try values.map { try $0.truth }
      return { column[$0].map(set.contains) }
    case .int128, .list, .structure, .map:
      throw Failure.configuration("decimals, lists, structures and maps are no members of a set")
    }
  }

  /// The predicate "the row's value lies outside `low...high`"; nil where all values lie inside, which is soon seen.
  func outside(_ low: Scalar?, _ high: Scalar?) throws -> ((Int) -> Bool)? {
    switch self {
    case .int32(let column):
      let range = try Scalar.wholeRange(low, high)
      if column.values.allSatisfy({ range.contains(Int64($0)) }) { return nil }
      return { column[$0].map { !range.contains(Int64($0)) } ?? false }
    case .int64(let column):
      let range = try Scalar.wholeRange(low, high)
      if column.values.allSatisfy({ range.contains($0) }) { return nil }
      return { column[$0].map { !range.contains($0) } ?? false }
    case .float, .double:
      let column = try numbers()
      let (low, high) = (try low?.anyNumber ?? -.infinity, try high?.anyNumber ?? .infinity)
      if column.values.allSatisfy({ $0 >= low && $0 <= high }) { return nil }
      return { column[$0].map { !($0 >= low && $0 <= high) } ?? false }
    case .binary(let column):
      let (low, high) = (low.map { Array($0.description.utf8) }, high.map { Array($0.description.utf8) })
      return { row in
        guard let value = column[row] else { return false }
        if let low, value.lexicographicallyPrecedes(low) { return true }
        return high.map { $0.lexicographicallyPrecedes(value) } ?? false
      }
    case .bool, .int128, .list, .structure, .map: throw Failure.configuration("a range needs numbers or text")
    }
  }

  /// The length of each row, nil for a null.
  func lengths(isText: Bool) throws -> (Int) -> Int? {
    switch self {
    case .binary(let column):
      return { row in
        guard column.isValid(row) else { return nil }
        return column.withUnsafeBytes(row: row) { isText ? scalarCount($0) : $0.count }
      }
    case .list(let column): return { column.isValid($0) ? column.range($0).count : nil }
    default: throw Failure.configuration("only text, binaries and lists have a length")
    }
  }

  /// The predicate "the row's number is not at most the sum of `others`, in which nulls count as 0".
  func exceeding(sumOf others: [PrimitiveColumn<Double>]) throws -> (Int) -> Bool {
    let values = try numbers()
    return { row in
      guard let value = values[row] else { return false }
      var sum = 0.0
      for other in others { sum += other[row] ?? 0 }
      return !(value <= sum)
    }
  }

  /// The rows as doubles.
  func numbers() throws -> PrimitiveColumn<Double> {
    switch self {
    case .int32(let column): PrimitiveColumn(column.values.map(Double.init), validity: column.validity)
    case .int64(let column): PrimitiveColumn(column.values.map(Double.init), validity: column.validity)
    case .float(let column): PrimitiveColumn(column.values.map(Double.init), validity: column.validity)
    case .double(let column): column
    default: throw Failure.configuration("the column has no numbers")
    }
  }
}

extension Scalar {
  /// The whole numbers in `low...high`; fractions are rounded inwards, an empty range contains nothing.
  static func wholeRange(_ low: Scalar?, _ high: Scalar?) throws -> WholeRange {
    WholeRange(
      low: try low?.wholeBound(.up) ?? .min, high: try high?.wholeBound(.down) ?? .max)
  }

  private func wholeBound(_ rounding: FloatingPointRoundingRule) throws -> Int64 {
    if case .integer(let value) = self { return value }
    let rounded = try anyNumber.rounded(rounding)
    if let exact = Int64(exactly: rounded) { return exact }
    return rounded < 0 ? .min : .max
  }

  var wholeNumber: Int64 {
    get throws {
      guard case .integer(let value) = self else { throw Failure.configuration("\(self) is no whole number") }
      return value
    }
  }

  var anyNumber: Double {
    get throws {
      switch self {
      case .integer(let value): Double(value)
      case .number(let value): value
      default: throw Failure.configuration("\(self) is no number")
      }
    }
  }

  var truth: Bool {
    get throws {
      guard case .boolean(let value) = self else { throw Failure.configuration("\(self) is neither true nor false") }
      return value
    }
  }
}

/// A range of whole numbers that may be empty.
struct WholeRange {
  let low: Int64
  let high: Int64

  func contains(_ value: Int64) -> Bool { value >= low && value <= high }
}
