import Bytes
public import Failures

/// Writes values one after another (specification, "Binary Encoding":
/// <https://avro.apache.org/docs/1.12.0/specification/#binary-encoding>).
///
/// The scalar methods trust their caller to follow the schema; `write(_:as:)` checks.
public struct AvroEncoder: ~Copyable {
  /// The schema of the data.
  public let schema: AvroSchema
  var buffer: ByteBuffer

  init(schema: AvroSchema, capacity: Int = 4096) {
    self.schema = schema
    buffer = ByteBuffer(capacity: capacity)
  }

  /// Writes a boolean.
  public mutating func write(boolean value: Bool) { buffer.append(value ? 1 : 0) }

  /// Writes an int.
  public mutating func write(int value: Int32) { buffer.append(zigzag: Int64(value)) }

  /// Writes a long.
  public mutating func write(long value: Int64) { buffer.append(zigzag: value) }

  /// Writes a float.
  public mutating func write(float value: Float) { buffer.append(littleEndian: value.bitPattern) }

  /// Writes a double.
  public mutating func write(double value: Double) { buffer.append(littleEndian: value.bitPattern) }

  /// Writes bytes with their length.
  public mutating func write(bytes value: [UInt8]) {
    buffer.append(zigzag: Int64(value.count))
    buffer.append(value)
  }

  /// Writes a string.
  public mutating func write(string value: String) {
    buffer.append(zigzag: Int64(value.utf8.count))
    buffer.append(utf8: value)
  }

  /// Writes the bytes of a fixed.
  public mutating func write(fixed value: [UInt8]) { buffer.append(value) }

  /// Writes which of a union's types comes next.
  public mutating func write(branch: Int) { buffer.append(zigzag: Int64(branch)) }

  /// Writes an array as one block: its count, what `body` writes for each element, its end.
  public mutating func writeArray<Element>(
    _ elements: some Collection<Element>, _ body: (inout AvroEncoder, Element) throws(Failure) -> Void
  ) throws(Failure) {
    if !elements.isEmpty { buffer.append(zigzag: Int64(elements.count)) }
    for element in elements { try body(&self, element) }
    buffer.append(zigzag: 0)
  }
}

extension AvroEncoder {
  /// Writes a value that must be one of `type`.
  ///
  /// - Throws: `.invalidArgument` when it is not; what was written before stays in the buffer.
  public mutating func write(_ value: AvroValue, as type: AvroTypeID) throws(Failure) {
    switch (value, schema[type].kind) {
    case (.null, .null): break
    case (.boolean(let value), .boolean): write(boolean: value)
    case (.int(let value), .int): write(int: value)
    case (.long(let value), .long): write(long: value)
    case (.float(let value), .float): write(float: value)
    case (.double(let value), .double): write(double: value)
    case (.bytes(let value), .bytes): write(bytes: value)
    case (.string(let value), .string): write(string: value)
    case (.fixed(let value), .fixed(let size)) where value.count == size: write(fixed: value)
    case (.enumeration(let value), .enumeration(let symbols)) where symbols.indices.contains(value):
      write(branch: value)
    case (.union(let branch, let value), .union(let branches)) where branches.indices.contains(branch):
      write(branch: branch)
      try write(value, as: branches[branch])
    case (.record(let values), .record(let fields)) where values.count == fields.count:
      for (value, field) in zip(values, fields) { try write(value, as: field.type) }
    case (.array(let elements), .array(let type)):
      try writeArray(elements) { (encoder, element) throws(Failure) in try encoder.write(element, as: type) }
    case (.map(let entries), .map(let type)):
      try writeArray(entries) { (encoder, entry) throws(Failure) in
        encoder.write(string: entry.key)
        try encoder.write(entry.value, as: type)
      }
    default: throw .invalidArgument("Avro: \(value.kindName) does not fit type \(schema.describe(type))")
    }
  }
}

extension AvroSchema {
  /// A type in a word or two, for messages.
  func describe(_ id: AvroTypeID) -> String {
    let type = types[id.index]
    switch type.kind {
    case .record, .enumeration, .fixed: return type.name ?? "unnamed"
    case .union(let branches): return "union of \(branches.count)"
    case .array: return "array"
    case .map: return "map"
    default: return "\(type.kind)"
    }
  }
}
