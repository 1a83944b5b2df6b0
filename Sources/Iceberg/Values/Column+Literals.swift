import Columns
import Failures

extension Column {
  /// A column of single values, nil for null. Throws `.malformedInput` for a value that is none of `type`.
  init(_ literals: [Literal?], type: ColumnType) throws {
    switch type {
    case .boolean: self = .bool(try Self.values(literals, type, zero: false, \.truth))
    case .int, .date: self = .int32(try Self.values(literals, type, zero: 0, \.int32))
    case .long, .timestamptz, .timestamp, .time: self = .int64(try Self.values(literals, type, zero: 0, \.int64))
    case .decimal: self = .int128(try Self.values(literals, type, zero: 0, \.int128))
    case .float: self = .float(try Self.values(literals, type, zero: 0, \.float))
    case .double: self = .double(try Self.values(literals, type, zero: 0, \.double))
    case .string, .binary, .uuid, .fixed:
      var column = BinaryColumn()
      for literal in literals {
        guard let literal else { column.appendNull(); continue }
        guard let bytes = literal.bytes else { throw Self.misfit(literal, type) }
        column.append(bytes[...])
      }
      self = .binary(column)
    case .list, .structure, .map:
      guard literals.allSatisfy({ $0 == nil }) else { throw Failure.malformedInput("a single value of a nested type") }
      self = type.nulls(literals.count)
    }
  }

  private static func values<Value: BitwiseCopyable & Sendable & Hashable>(
    _ literals: [Literal?], _ type: ColumnType, zero: Value, _ value: (Literal) -> Value?
  ) throws -> PrimitiveColumn<Value> {
    var column = PrimitiveColumn<Value>()
    column.reserve(literals.count)
    for literal in literals {
      guard let literal else { column.appendNull(zero: zero); continue }
      guard let value = value(literal) else { throw misfit(literal, type) }
      column.append(value)
    }
    return column
  }

  private static func misfit(_ literal: Literal, _ type: ColumnType) -> Failure {
    .malformedInput("value \(literal) does not fit the column's type \(type)")
  }
}

/// The physical form of a value, nil where its kind has another.
extension Literal {
  var truth: Bool? { if case .boolean(let value) = self { value } else { nil } }

  var int32: Int32? {
    switch self {
    case .int(let value), .date(let value): value
    default: nil
    }
  }

  var int64: Int64? {
    switch self {
    case .long(let value), .time(let value), .timestamp(let value), .timestamptz(let value): value
    default: nil
    }
  }

  var int128: Int128? { if case .decimal(let value) = self { value } else { nil } }
  var float: Float? { if case .float(let value) = self { value } else { nil } }
  var double: Double? { if case .double(let value) = self { value } else { nil } }

  var bytes: [UInt8]? {
    switch self {
    case .string(let bytes), .fixed(let bytes), .binary(let bytes): bytes
    case .uuid: singleValue
    default: nil
    }
  }
}
