/// How a value stands to another column's value of its row.
public enum Comparison: String, Sendable, Hashable, CaseIterable {
  /// `<`
  case lessThan = "less_than"
  /// `<=`
  case atMost = "at_most"
  /// `=`
  case equalTo = "equal_to"
  /// `<>`
  case notEqualTo = "not_equal_to"
  /// `>=`
  case atLeast = "at_least"
  /// `>`
  case greaterThan = "greater_than"

  /// Whether `left` stands so to `right`. NaN only differs: no other comparison holds for it.
  func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
    switch self {
    case .lessThan: left < right
    case .atMost: left <= right
    case .equalTo: left == right
    case .notEqualTo: left != right
    case .atLeast: left >= right
    case .greaterThan: left > right
    }
  }
}
