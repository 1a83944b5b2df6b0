import Avro
import Failures
import JSON

/// Values of primitive types in Avro (specification, "Avro": <https://iceberg.apache.org/spec/#avro>).
extension PrimitiveType {
  /// The Avro type. Avro allows one declaration of a name, and PyIceberg reads no reference to one, so each fixed gets a
  /// name that is not among `declared`.
  func avroType(declared: inout Set<String>) -> JSONValue {
    switch self {
    case .boolean: "boolean"
    case .int: "int"
    case .long: "long"
    case .float: "float"
    case .double: "double"
    case .date: ["type": "int", "logicalType": "date"]
    case .time: ["type": "long", "logicalType": "time-micros"]
    case .timestamp: ["type": "long", "logicalType": "timestamp-micros", "adjust-to-utc": false]
    case .timestamptz: ["type": "long", "logicalType": "timestamp-micros", "adjust-to-utc": true]
    case .string: "string"
    case .binary: "bytes"
    case .uuid: Self.fixed("uuid_fixed", 16, ["logicalType": "uuid"], &declared)
    case .fixed(let length): Self.fixed("fixed_\(length)", length, [:], &declared)
    case .decimal(let precision, let scale):
      Self.fixed(
        "decimal_\(precision)_\(scale)", Int128.byteCount(precision: precision),
        ["logicalType": "decimal", "precision": JSONValue(precision), "scale": JSONValue(scale)], &declared)
    }
  }

  private static func fixed(
    _ name: String, _ size: Int, _ attributes: JSONObject, _ declared: inout Set<String>
  ) -> JSONValue {
    var unique = name
    var count = 1
    while !declared.insert(unique).inserted {
      count += 1
      unique = "\(name)_\(count)"
    }
    let type: JSONObject = ["type": "fixed", "name": .string(unique), "size": JSONValue(size)]
    return .object(JSONObject((type.members + attributes.members).map { ($0.key, $0.value) }))
  }

  /// The type that an Avro type stands for by itself; nil for one that holds no single value.
  init?(_ type: AvroType) {
    switch (type.kind, type.logicalType) {
    case (.boolean, _): self = .boolean
    case (.int, "date"): self = .date
    case (.int, _): self = .int
    case (.long, "timestamp-micros"), (.long, "timestamp-millis"):
      self = type.attributes["adjust-to-utc"]?.bool == true ? .timestamptz : .timestamp
    case (.long, "local-timestamp-micros"): self = .timestamp
    case (.long, "time-micros"): self = .time
    case (.long, _): self = .long
    case (.float, _): self = .float
    case (.double, _): self = .double
    case (.string, _): self = .string
    case (.fixed, "uuid"): self = .uuid
    case (.fixed, "decimal"), (.bytes, "decimal"):
      self = .decimal(precision: type.attributes["precision"]?.int ?? 38, scale: type.attributes["scale"]?.int ?? 0)
    case (.fixed(let size), _): self = .fixed(size)
    case (.bytes, _): self = .binary
    default: return nil
    }
  }
}

extension AvroEncoder {
  /// Writes a value of `type`.
  ///
  /// Throws `.invalidArgument` when it is not of that type and nothing of the type equals it.
  mutating func write(_ literal: Literal, as type: PrimitiveType) throws {
    guard let literal = literal.converted(to: type) else {
      throw Failure.invalidArgument("\(literal) is no value of type \(type)")
    }
    switch (literal, type) {
    case (.boolean(let value), _): write(boolean: value)
    case (.int(let value), _), (.date(let value), _): write(int: value)
    case (.long(let value), _), (.time(let value), _), (.timestamp(let value), _), (.timestamptz(let value), _):
      write(long: value)
    case (.float(let value), _): write(float: value)
    case (.double(let value), _): write(double: value)
    case (.string(let bytes), _), (.binary(let bytes), _): write(bytes: bytes)
    case (.fixed(let bytes), _): write(fixed: bytes)
    case (.uuid, _): write(fixed: literal.singleValue)
    case (.decimal(let value), .decimal(let precision, _)):
      guard let bytes = value.bigEndianBytes(count: Int128.byteCount(precision: precision)) else {
        throw Failure.invalidArgument("decimal \(value) has more than \(precision) digits")
      }
      write(fixed: bytes)
    default: throw Failure.internalError("\(literal) cannot be \(type)")
    }
  }
}

extension AvroDecoder {
  /// Reads a value of Avro type `id` as one of `wanted`, or of the type that the Avro type itself stands for.
  ///
  /// Throws `.malformedInput` when the value cannot be one of `wanted`.
  mutating func readLiteral(_ id: AvroTypeID, as wanted: PrimitiveType?) throws -> Literal {
    let type = schema[id]
    guard let own = PrimitiveType(type) else {
      throw Failure.malformedInput("a partition value of an Avro type that holds no single value")
    }
    let target = wanted ?? own
    let found: Literal? =
      switch type.kind {
      case .boolean: Literal.boolean(try readBoolean()).converted(to: target)
      case .int, .long: Literal(integer: try readInteger(of: type), type: target)
      case .float: Literal.float(try readFloat()).converted(to: target)
      case .double: Literal.double(try readDouble()).converted(to: target)
      case .fixed(let size): Literal(bytes: try readFixed(size), type: target)
      default: Literal(bytes: try readBytes(), type: target)
      }
    guard let found else { throw Failure.malformedInput("a value of type \(own) where \(target) is expected") }
    return found
  }

  private mutating func readInteger(of type: AvroType) throws -> Int64 {
    let value = try readLong()
    guard type.logicalType == "timestamp-millis" else { return value }
    let (micros, overflow) = value.multipliedReportingOverflow(by: 1000)
    guard !overflow else { throw Failure.malformedInput("timestamp \(value) ms is beyond 64 bits of microseconds") }
    return micros
  }
}

extension Literal {
  /// The value of a type that Avro has as bytes, a string or a fixed; nil for other types and lengths.
  init?(bytes: [UInt8], type: PrimitiveType) {
    switch type {
    case .string, .binary, .uuid, .decimal:
      guard let value = try? Literal(singleValue: bytes, type: type) else { return nil }
      self = value
    case .fixed(bytes.count): self = .fixed(bytes)
    default: return nil
    }
  }

  /// The value of an integral type; nil for other types and for numbers that do not fit.
  init?(integer value: Int64, type: PrimitiveType) {
    switch type {
    case .int:
      guard let int = Int32(exactly: value) else { return nil }
      self = .int(int)
    case .date:
      guard let int = Int32(exactly: value) else { return nil }
      self = .date(int)
    case .long: self = .long(value)
    case .time: self = .time(value)
    case .timestamp: self = .timestamp(value)
    case .timestamptz: self = .timestamptz(value)
    default: return nil
    }
  }
}
