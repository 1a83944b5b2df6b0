/// A column of fixed-width values.
///
/// Invariant: `validity` is nil when no value is null, else it has one entry a row; `values` has one entry a row, 0 (false) where
/// the row is null.
public struct PrimitiveColumn<Value: BitwiseCopyable & Sendable & Hashable>: Sendable, Equatable {
  /// One value a row; the zero value where the row is null.
  public var values: [Value]
  /// Whether each row has a value; nil when all have.
  public var validity: [Bool]?

  /// A column over `values`, all valid unless `validity` says otherwise.
  public init(_ values: [Value] = [], validity: [Bool]? = nil) {
    precondition(validity == nil || validity?.count == values.count, "validity and values differ in length")
    self.values = values
    self.validity = validity
  }

  /// The number of rows.
  public var count: Int { values.count }

  /// The value of `row`, nil where it is null.
  public subscript(row: Int) -> Value? { isValid(row) ? values[row] : nil }

  /// Whether `row` has a value.
  public func isValid(_ row: Int) -> Bool { validity?[row] ?? true }

  /// The number of nulls.
  public var nullCount: Int { validity?.reduce(0) { $1 ? $0 : $0 + 1 } ?? 0 }

  /// Adds a value.
  public mutating func append(_ value: Value) {
    values.append(value)
    validity?.append(true)
  }

  /// Adds a null; `zero` fills its slot.
  public mutating func appendNull(zero: Value) {
    if validity == nil { validity = [Bool](repeating: true, count: values.count) }
    values.append(zero)
    validity?.append(false)
  }

  /// Makes room for `count` more rows.
  public mutating func reserve(_ count: Int) { values.reserveCapacity(values.count + count) }

  func gathering(_ rows: [Int]) -> Self {
    Self(rows.map { values[$0] }, validity: validity.map { valid in rows.map { valid[$0] } })
  }

  /// Adds the rows of another column.
  public mutating func append(contentsOf other: Self) {
    validity = joined(validity, values.count, other.validity, other.values.count)
    values += other.values
  }
}

extension PrimitiveColumn where Value: ExpressibleByIntegerLiteral {
  /// Adds a value, or a null for nil.
  public mutating func append(_ value: Value?) {
    if let value { append(value) } else { appendNull(zero: 0) }
  }
}

extension PrimitiveColumn where Value == Bool {
  /// Adds a value, or a null for nil.
  public mutating func append(_ value: Bool?) {
    if let value { append(value) } else { appendNull(zero: false) }
  }
}

/// The validity of two columns one after the other.
func joined(_ first: [Bool]?, _ firstCount: Int, _ second: [Bool]?, _ secondCount: Int) -> [Bool]? {
  if first == nil && second == nil { return nil }
  return (first ?? [Bool](repeating: true, count: firstCount))
    + (second ?? [Bool](repeating: true, count: secondCount))
}
