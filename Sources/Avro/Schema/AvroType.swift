public import JSON

/// The place of a type in its `AvroSchema`. Types refer to each other by it, so that they may be recursive.
public struct AvroTypeID: Sendable, Hashable {
  @usableFromInline let index: Int

  init(_ index: Int) { self.index = index }
}

/// A type with everything that its JSON said (specification, "Schema Declaration":
/// <https://avro.apache.org/docs/1.12.0/specification/#schema-declaration>).
public struct AvroType: Sendable {
  /// What values of the type look like.
  public enum Kind: Sendable {
    /// No value.
    case null
    /// True or false.
    case boolean
    /// 32-bit signed integer.
    case int
    /// 64-bit signed integer.
    case long
    /// 32-bit IEEE 754.
    case float
    /// 64-bit IEEE 754.
    case double
    /// Bytes.
    case bytes
    /// UTF-8 text.
    case string
    /// Fields in order.
    case record([AvroField])
    /// One of these symbols.
    case enumeration([String])
    /// Elements of one type.
    case array(AvroTypeID)
    /// Values of one type under string keys.
    case map(AvroTypeID)
    /// A value of one of these types.
    case union([AvroTypeID])
    /// This number of bytes.
    case fixed(Int)
  }

  /// What values look like.
  public let kind: Kind
  /// The full name of a record, enumeration or fixed.
  public let name: String?
  /// The members of its JSON that the Avro specification does not define, and `logicalType` with its parameters.
  public let attributes: JSONObject

  /// The annotation that gives the type its meaning: `timestamp-micros`, `map`….
  public var logicalType: String? { attributes["logicalType"]?.string }

  /// The fields of a record; none for other types.
  public var fields: [AvroField] { if case .record(let fields) = kind { fields } else { [] } }
}

/// A field of a record.
public struct AvroField: Sendable {
  /// The field's name.
  public let name: String
  /// The field's type.
  public let type: AvroTypeID
  /// The value that a reader takes for a missing field.
  public let defaultValue: JSONValue?
  /// The members of its JSON that the Avro specification does not define.
  public let attributes: JSONObject
  /// Iceberg's `field-id`, when it is an integer.
  public let fieldID: Int32?
}
