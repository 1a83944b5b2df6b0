/// What the values of a column mean.
public indirect enum ColumnType: Sendable, Hashable {
  /// True or false, stored as `Column.bool`.
  case boolean
  /// 32-bit integer, stored as `Column.int32`.
  case int
  /// 64-bit integer, stored as `Column.int64`.
  case long
  /// Single precision, stored as `Column.float`.
  case float
  /// Double precision, stored as `Column.double`.
  case double
  /// Days since 1970-01-01, stored as `Column.int32`.
  case date
  /// Microseconds since 1970-01-01T00:00:00Z, stored as `Column.int64`.
  case timestamptz
  /// Microseconds since 1970-01-01T00:00:00 of an unknown zone, stored as `Column.int64`.
  case timestamp
  /// Microseconds since midnight, stored as `Column.int64`.
  case time
  /// A decimal of at most 38 digits, `scale` of them after the point; its unscaled value is stored as `Column.int128`.
  case decimal(precision: Int, scale: Int)
  /// Sixteen bytes, the most significant first, stored as `Column.binary`.
  case uuid
  /// Bytes of one length, stored as `Column.binary`.
  case fixed(Int)
  /// UTF-8 text, stored as `Column.binary`.
  case string
  /// Bytes, stored as `Column.binary`.
  case binary
  /// A list, stored as `Column.list`.
  case list(ColumnType)
  /// Named fields, stored as `Column.structure`.
  case structure([ColumnField])
  /// A map, stored as `Column.map`. Keys are never null.
  case map(key: ColumnType, value: ColumnType)

  /// A column of this type without rows.
  public var emptyColumn: Column {
    switch self {
    case .boolean: .bool(PrimitiveColumn())
    case .int, .date: .int32(PrimitiveColumn())
    case .long, .timestamptz, .timestamp, .time: .int64(PrimitiveColumn())
    case .decimal: .int128(PrimitiveColumn())
    case .float: .float(PrimitiveColumn())
    case .double: .double(PrimitiveColumn())
    case .string, .binary, .uuid, .fixed: .binary(BinaryColumn())
    case .list(let element): .list(ListColumn(offsets: [0], elements: element.emptyColumn))
    case .structure(let fields): .structure(StructColumn(columns: fields.map(\.type.emptyColumn), count: 0))
    case .map(let key, let value):
      .map(MapColumn(offsets: [0], keys: key.emptyColumn, values: value.emptyColumn))
    }
  }

  /// A column of this type with `count` nulls.
  public func nulls(_ count: Int) -> Column {
    let none = [Bool](repeating: false, count: count)
    let offsets = [Int](repeating: 0, count: count + 1)
    return switch self {
    case .boolean: .bool(PrimitiveColumn([Bool](repeating: false, count: count), validity: none))
    case .int, .date: .int32(PrimitiveColumn([Int32](repeating: 0, count: count), validity: none))
    case .long, .timestamptz, .timestamp, .time:
      .int64(PrimitiveColumn([Int64](repeating: 0, count: count), validity: none))
    case .decimal: .int128(PrimitiveColumn([Int128](repeating: 0, count: count), validity: none))
    case .float: .float(PrimitiveColumn([Float](repeating: 0, count: count), validity: none))
    case .double: .double(PrimitiveColumn([Double](repeating: 0, count: count), validity: none))
    case .string, .binary, .uuid, .fixed: .binary(BinaryColumn(offsets: offsets, bytes: [], validity: none))
    case .list(let element): .list(ListColumn(offsets: offsets, elements: element.emptyColumn, validity: none))
    case .structure(let fields):
      .structure(StructColumn(columns: fields.map { $0.type.nulls(count) }, count: count, validity: none))
    case .map(let key, let value):
      .map(MapColumn(offsets: offsets, keys: key.emptyColumn, values: value.emptyColumn, validity: none))
    }
  }
}

/// A named column of a batch.
public struct ColumnField: Sendable, Hashable {
  /// The public name.
  public let name: String
  /// What its values mean.
  public let type: ColumnType
  /// Whether every row has a value.
  public let isRequired: Bool

  /// A field.
  public init(_ name: String, _ type: ColumnType, isRequired: Bool = false) {
    self.name = name
    self.type = type
    self.isRequired = isRequired
  }
}

/// The columns of a batch in order. Names are unique.
public struct ColumnSchema: Sendable, Hashable {
  /// The fields in order.
  public let fields: [ColumnField]
  private let positions: [String: Int]

  /// A schema.
  ///
  /// Precondition: the names are unique.
  public init(_ fields: [ColumnField]) {
    self.fields = fields
    positions = Dictionary(uniqueKeysWithValues: fields.enumerated().map { ($1.name, $0) })
  }

  /// The position of the field called `name`.
  public func position(of name: String) -> Int? { positions[name] }
}
