import Avro
import Failures

/// How one field of a file is laid out: its type, and what a union of it with null adds.
struct AvroFieldShape {
  /// What a known field must be made of.
  enum Expected: String {
    case boolean = "a boolean"
    case integer = "an integer"
    case text = "a string"
    case bytes = "bytes"
    case array = "an array"
    case record = "a record"
  }

  /// The field's type, to skip it by.
  let whole: AvroTypeID
  /// The type without the union.
  let value: AvroTypeID
  /// The number of the union's types; 0 without a union.
  let branches: Int
  /// The position of the value in the union; every other is null.
  let valueBranch: Int

  init(_ type: AvroTypeID, in schema: AvroSchema) {
    whole = type
    value = schema.unwrappingOptional(type)
    guard value != type, case .union(let types) = schema[type].kind else {
      (branches, valueBranch) = (0, 0)
      return
    }
    branches = types.count
    valueBranch = types.firstIndex(of: value) ?? 0
  }

  /// Throws `.malformedInput` when the field is made of anything else: the file is not what it says.
  func require(_ expected: Expected, _ field: AvroField, in schema: AvroSchema) throws(Failure) {
    let isMet =
      switch (expected, schema[value].kind) {
      case (.boolean, .boolean), (.integer, .int), (.integer, .long), (.text, .string), (.bytes, .bytes),
        (.array, .array), (.record, .record):
        true
      default: false
      }
    guard isMet else { throw .malformedInput("field \(field.name) is not \(expected.rawValue)") }
  }
}

extension AvroDecoder {
  /// Reads a field's value with `body`; nil for null.
  mutating func readOptional<Value>(
    _ shape: AvroFieldShape, _ body: (inout AvroDecoder) throws -> Value
  ) throws -> Value? {
    if shape.branches > 0, try readBranch(of: shape.branches) != shape.valueBranch { return nil }
    return try body(&self)
  }

  /// Reads a field's value that may not be null.
  mutating func readRequired<Value>(
    _ shape: AvroFieldShape, _ name: StaticString, _ body: (inout AvroDecoder) throws -> Value
  ) throws -> Value {
    guard let value = try readOptional(shape, body) else { throw Failure.malformedInput("\(name) is null") }
    return value
  }

  /// Reads a count or length: a long that is not negative.
  mutating func readCount() throws -> Int64 {
    let value = try readLong()
    guard value >= 0 else { throw Failure.malformedInput("a count of \(value)") }
    return value
  }

  /// Reads an int, or a long that fits one.
  mutating func readInt32() throws -> Int32 {
    let value = try readLong()
    guard let int = Int32(exactly: value) else { throw Failure.malformedInput("\(value) where an int is expected") }
    return int
  }

  /// Reads an array's elements.
  mutating func readList<Element>(
    of element: AvroTypeID, _ body: (inout AvroDecoder) throws -> Element
  ) throws -> [Element] {
    var result: [Element] = []
    try readArray(of: element) { result.append(try body(&$0)) }
    return result
  }
}
