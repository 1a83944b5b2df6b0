import Avro
import Failures

/// The layout of a map with int keys, which Iceberg writes as an array of key-value records.
struct AvroPairLayout {
  private enum Role { case key, value, other }

  private let element: AvroTypeID
  private let fields: [(role: Role, type: AvroTypeID)]

  /// The layout of the map that `shape` holds. Fields are found by id, then by name.
  init(_ shape: AvroFieldShape, keyID: Int32, valueID: Int32, in schema: AvroSchema) throws(Failure) {
    guard case .array(let element) = schema[shape.value].kind, !schema[element].fields.isEmpty else {
      throw .malformedInput("a map is not an array of pairs")
    }
    self.element = element
    fields = schema[element].fields.map { field in
      switch (field.fieldID, field.name) {
      case (keyID, _), (nil, "key"): (.key, field.type)
      case (valueID, _), (nil, "value"): (.value, field.type)
      default: (.other, field.type)
      }
    }
    let keys = fields.filter { $0.role == .key }
    let values = fields.filter { $0.role == .value }
    guard keys.count == 1, values.count == 1, Self.isInteger(keys[0].type, schema) else {
      throw .malformedInput("a map's pairs have no int key and value")
    }
  }

  private static func isInteger(_ type: AvroTypeID, _ schema: AvroSchema) -> Bool {
    switch schema[type].kind {
    case .int, .long: true
    default: false
    }
  }

  /// Throws `.malformedInput` when the values are made of anything else, or may be null.
  func requireValues(
    _ expected: AvroFieldShape.Expected, _ field: AvroField, in schema: AvroSchema
  ) throws(Failure) {
    for pair in fields where pair.role == .value {
      let shape = AvroFieldShape(pair.type, in: schema)
      try shape.require(expected, field, in: schema)
      guard shape.branches == 0 else { throw .malformedInput("field \(field.name) has optional values") }
    }
  }

  /// Reads the entries whose key is in `wanted`, all where that is nil.
  func read<Value>(
    _ decoder: inout AvroDecoder, wanted: Set<Int32>?, _ body: (inout AvroDecoder) throws -> Value
  ) throws -> [Int32: Value] {
    var result: [Int32: Value] = [:]
    try decoder.readArray(of: element) { decoder in
      var key: Int32 = 0
      var value: Value?
      for field in fields {
        switch field.role {
        case .key: key = try decoder.readInt32()
        // A key behind its value cannot be asked before; no writer does that.
        case .value where wanted?.contains(key) != false: value = try body(&decoder)
        case .value, .other: try decoder.skip(field.type)
        }
      }
      if let value { result[key] = value }
    }
    return result
  }
}
