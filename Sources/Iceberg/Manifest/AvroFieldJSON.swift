import JSON

/// Fields of the Avro schemas that we write, as Java writes them: ids are integers, optional is a union with null first
/// and null by default, required is no union.
enum AvroFieldJSON {
  static func required(_ name: String, _ type: JSONValue, id: Int32) -> JSONValue {
    ["name": .string(name), "type": type, "field-id": .integer(Int64(id))]
  }

  static func optional(_ name: String, _ type: JSONValue, id: Int32) -> JSONValue {
    ["name": .string(name), "type": ["null", type], "default": nil, "field-id": .integer(Int64(id))]
  }

  static func record(_ name: String, _ fields: [JSONValue]) -> JSONValue {
    ["type": "record", "name": .string(name), "fields": .array(fields)]
  }

  static func list(_ element: JSONValue, elementID: Int32) -> JSONValue {
    ["type": "array", "items": element, "element-id": .integer(Int64(elementID))]
  }

  /// A map with int keys: Avro's own maps have string keys only, so it is an array of pairs.
  static func map(key: Int32, value: Int32, _ type: JSONValue) -> JSONValue {
    let pair = record(
      "k\(key)_v\(value)", [required("key", "int", id: key), required("value", type, id: value)])
    return ["type": "array", "logicalType": "map", "items": pair]
  }

  /// A field of a name that Avro may not allow; the real one is kept beside it, as Java does.
  static func optionalNamed(_ name: String, _ type: JSONValue, id: Int32) -> JSONValue {
    let compatible = compatibleName(name)
    var field = optional(compatible, type, id: id).object ?? [:]
    if !compatible.utf8.elementsEqual(name.utf8) { field["iceberg-field-name"] = .string(name) }
    return .object(field)
  }

  /// `name` with everything but ASCII letters, digits and `_` as `_x` and the UTF-16 code unit in hexadecimal, and a
  /// digit in front as `_` and the digit (Java's `AvroSchemaUtil.makeCompatibleName`).
  static func compatibleName(_ name: String) -> String {
    var result = ""
    for (position, unit) in name.utf16.enumerated() {
      switch unit {
      case 0x41...0x5a, 0x61...0x7a, 0x5f: result.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
      case 0x30...0x39: result += (position == 0 ? "_" : "") + String(unit - 0x30)
      default: result += "_x" + String(unit, radix: 16, uppercase: true)
      }
    }
    return result.isEmpty ? "_" : result
  }
}
