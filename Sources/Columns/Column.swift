import Failures

/// The values of one column, by physical type. Switch on it once a column or page, never once a value.
///
/// Dates are `int32` days, timestamps `int64` microseconds, both since 1970-01-01; times are `int64` microseconds since
/// midnight; decimals are `int128` unscaled values; strings, binaries and UUIDs are `binary`.
public enum Column: Sendable, Equatable {
  /// Booleans.
  case bool(PrimitiveColumn<Bool>)
  /// 32-bit integers and dates.
  case int32(PrimitiveColumn<Int32>)
  /// 64-bit integers and timestamps.
  case int64(PrimitiveColumn<Int64>)
  /// 128-bit integers: the unscaled values of decimals.
  case int128(PrimitiveColumn<Int128>)
  /// Single precision.
  case float(PrimitiveColumn<Float>)
  /// Double precision.
  case double(PrimitiveColumn<Double>)
  /// Strings and byte strings.
  case binary(BinaryColumn)
  /// Lists.
  indirect case list(ListColumn)
  /// Structures.
  indirect case structure(StructColumn)
  /// Maps.
  indirect case map(MapColumn)

  /// The number of rows.
  public var count: Int {
    switch self {
    case .bool(let column): column.count
    case .int32(let column): column.count
    case .int64(let column): column.count
    case .int128(let column): column.count
    case .float(let column): column.count
    case .double(let column): column.count
    case .binary(let column): column.count
    case .list(let column): column.count
    case .structure(let column): column.count
    case .map(let column): column.count
    }
  }

  /// Whether each row has a value; nil when all have.
  public var validity: [Bool]? {
    switch self {
    case .bool(let column): column.validity
    case .int32(let column): column.validity
    case .int64(let column): column.validity
    case .int128(let column): column.validity
    case .float(let column): column.validity
    case .double(let column): column.validity
    case .binary(let column): column.validity
    case .list(let column): column.validity
    case .structure(let column): column.validity
    case .map(let column): column.validity
    }
  }

  /// Whether `row` has a value.
  public func isValid(_ row: Int) -> Bool { validity?[row] ?? true }

  /// The rows named by `rows`, in that order.
  ///
  /// Precondition: each lies in `0..<count`.
  public func gathering(_ rows: [Int]) -> Column {
    switch self {
    case .bool(let column): .bool(column.gathering(rows))
    case .int32(let column): .int32(column.gathering(rows))
    case .int64(let column): .int64(column.gathering(rows))
    case .int128(let column): .int128(column.gathering(rows))
    case .float(let column): .float(column.gathering(rows))
    case .double(let column): .double(column.gathering(rows))
    case .binary(let column): .binary(column.gathering(rows))
    case .list(let column): .list(column.gathering(rows))
    case .structure(let column): .structure(column.gathering(rows))
    case .map(let column): .map(column.gathering(rows))
    }
  }

  /// Adds the rows of a column of the same physical type. Throws `.invalidArgument` on another type.
  public mutating func append(contentsOf other: Column) throws {
    var taken = Column.bool(PrimitiveColumn())
    swap(&taken, &self)  // so that the buffers have one owner and are not copied
    switch (consume taken, other) {
    case (.bool(var first), .bool(let second)): first.append(contentsOf: second); self = .bool(first)
    case (.int32(var first), .int32(let second)): first.append(contentsOf: second); self = .int32(first)
    case (.int64(var first), .int64(let second)): first.append(contentsOf: second); self = .int64(first)
    case (.int128(var first), .int128(let second)): first.append(contentsOf: second); self = .int128(first)
    case (.float(var first), .float(let second)): first.append(contentsOf: second); self = .float(first)
    case (.double(var first), .double(let second)): first.append(contentsOf: second); self = .double(first)
    case (.binary(var first), .binary(let second)): first.append(contentsOf: second); self = .binary(first)
    case (.list(var first), .list(let second)): try first.append(contentsOf: second); self = .list(first)
    case (.structure(var first), .structure(let second)):
      try first.append(contentsOf: second); self = .structure(first)
    case (.map(var first), .map(let second)): try first.append(contentsOf: second); self = .map(first)
    case (let first, _):
      self = first
      throw Failure.invalidArgument("columns of different types cannot be joined")
    }
  }
}
