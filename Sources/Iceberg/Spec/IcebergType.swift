/// The type of a field (Iceberg specification, "Schemas and Data Types": <https://iceberg.apache.org/spec/#schemas-and-data-types>).
public indirect enum IcebergType: Sendable, Hashable {
  /// A type without parts.
  case primitive(PrimitiveType)
  /// A record.
  case structure(StructType)
  /// A list.
  case list(ListType)
  /// A map.
  case map(MapType)

  /// True or false.
  public static let boolean = IcebergType.primitive(.boolean)
  /// 32-bit signed integer.
  public static let int = IcebergType.primitive(.int)
  /// 64-bit signed integer.
  public static let long = IcebergType.primitive(.long)
  /// 32-bit IEEE 754.
  public static let float = IcebergType.primitive(.float)
  /// 64-bit IEEE 754.
  public static let double = IcebergType.primitive(.double)
  /// Days since 1970-01-01.
  public static let date = IcebergType.primitive(.date)
  /// Microseconds since 1970-01-01T00:00:00Z.
  public static let timestamptz = IcebergType.primitive(.timestamptz)
  /// UTF-8 text.
  public static let string = IcebergType.primitive(.string)
  /// Bytes.
  public static let binary = IcebergType.primitive(.binary)

  /// The type, where it has no parts.
  public var primitive: PrimitiveType? {
    if case .primitive(let type) = self { type } else { nil }
  }

  /// The fields directly below this type: a record's own, a list's `element`, a map's `key` and `value`.
  public var children: [NestedField] {
    switch self {
    case .primitive: []
    case .structure(let type): type.fields
    case .list(let type): [type.elementField]
    case .map(let type): [type.keyField, type.valueField]
    }
  }
}

/// A record: fields in order.
public struct StructType: Sendable, Hashable {
  /// The fields in order.
  public let fields: [NestedField]

  /// A record of `fields`.
  public init(_ fields: [NestedField]) { self.fields = fields }
}

/// A list, whose element is a field with an id.
public struct ListType: Sendable, Hashable {
  /// The field id of the elements.
  public let elementID: Int32
  /// The type of the elements.
  public let element: IcebergType
  /// Whether no element is null.
  public let isElementRequired: Bool

  /// A list.
  public init(elementID: Int32, element: IcebergType, isElementRequired: Bool = false) {
    self.elementID = elementID
    self.element = element
    self.isElementRequired = isElementRequired
  }

  /// The element as a field called `element`.
  public var elementField: NestedField {
    NestedField(id: elementID, name: "element", type: element, isRequired: isElementRequired)
  }
}

/// A map, whose keys and values are fields with ids.
public struct MapType: Sendable, Hashable {
  /// The field id of the keys, which are never null.
  public let keyID: Int32
  /// The type of the keys.
  public let key: IcebergType
  /// The field id of the values.
  public let valueID: Int32
  /// The type of the values.
  public let value: IcebergType
  /// Whether no value is null.
  public let isValueRequired: Bool

  /// A map.
  public init(keyID: Int32, key: IcebergType, valueID: Int32, value: IcebergType, isValueRequired: Bool = false) {
    self.keyID = keyID
    self.key = key
    self.valueID = valueID
    self.value = value
    self.isValueRequired = isValueRequired
  }

  /// The key as a field called `key`.
  public var keyField: NestedField { NestedField(id: keyID, name: "key", type: key, isRequired: true) }
  /// The value as a field called `value`.
  public var valueField: NestedField {
    NestedField(id: valueID, name: "value", type: value, isRequired: isValueRequired)
  }
}

/// A field of a record, list or map. Its id, not its name, is what files are matched by.
public struct NestedField: Sendable, Hashable {
  /// The id, unique in the table and never used again.
  public let id: Int32
  /// The name at present.
  public let name: String
  /// The type.
  public let type: IcebergType
  /// Whether no value is null.
  public let isRequired: Bool
  /// A comment.
  public let doc: String?

  /// A field.
  public init(id: Int32, name: String, type: IcebergType, isRequired: Bool = false, doc: String? = nil) {
    self.id = id
    self.name = name
    self.type = type
    self.isRequired = isRequired
    self.doc = doc
  }
}
