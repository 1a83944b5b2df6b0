public import Columns
import Failures

extension Schema {
  /// A schema for the columns of a batch, with fresh field ids from 1 on.
  public init(columns: ColumnSchema, id: Int32 = 0) throws {
    let fields = columns.fields.map { field in
      NestedField(id: 0, name: field.name, type: IcebergType(field.type), isRequired: field.isRequired)
    }
    var ids = FreshFieldIDs(after: 0)
    try self.init(id: id, fields: ids.assign(fields))
  }

  /// The columns of this schema as a batch has them; with `names`, only those and in that order.
  ///
  /// Throws `.notFound` for a name that is not there.
  public func columnSchema(selecting names: [String]? = nil) throws -> ColumnSchema {
    let chosen = try names.map { names in
      try names.map { name in
        guard let field = field(named: name) else { throw Failure.notFound("the table has no column \(name)") }
        return field
      }
    }
    // Batches tell columns apart by Swift's `==`, which takes two spellings of one letter for the same.
    let columns = (chosen ?? fields).map { $0.columnField() }
    guard Set(columns.map(\.name)).count == columns.count else {
      throw Failure.invalidArgument("two columns have the same name")
    }
    return ColumnSchema(columns)
  }
}

extension NestedField {
  /// The field as a column of a batch.
  public func columnField() -> ColumnField { ColumnField(name, type.columnType, isRequired: isRequired) }
}

extension IcebergType {
  /// The type of a batch's column; the ids inside are 0 until they are assigned.
  public init(_ type: ColumnType) {
    switch type {
    case .boolean: self = .boolean
    case .int: self = .int
    case .long: self = .long
    case .float: self = .float
    case .double: self = .double
    case .date: self = .date
    case .timestamptz: self = .timestamptz
    case .timestamp: self = .primitive(.timestamp)
    case .time: self = .primitive(.time)
    case .uuid: self = .primitive(.uuid)
    case .fixed(let length): self = .primitive(.fixed(length))
    case .decimal(let precision, let scale): self = .primitive(.decimal(precision: precision, scale: scale))
    case .string: self = .string
    case .binary: self = .binary
    case .list(let element): self = .list(ListType(elementID: 0, element: IcebergType(element)))
    case .map(let key, let value):
      self = .map(MapType(keyID: 0, key: IcebergType(key), valueID: 0, value: IcebergType(value)))
    case .structure(let fields):
      let nested = fields.map {
        NestedField(id: 0, name: $0.name, type: IcebergType($0.type), isRequired: $0.isRequired)
      }
      self = .structure(StructType(nested))
    }
  }

  /// The type of the column that holds such values.
  public var columnType: ColumnType {
    switch self {
    case .primitive(let type): type.columnType
    case .structure(let record): .structure(record.fields.map { $0.columnField() })
    case .list(let list): .list(list.element.columnType)
    case .map(let map): .map(key: map.key.columnType, value: map.value.columnType)
    }
  }
}

extension PrimitiveType {
  /// The type of the column that holds such values.
  public var columnType: ColumnType {
    switch self {
    case .boolean: .boolean
    case .int: .int
    case .long: .long
    case .float: .float
    case .double: .double
    case .decimal(let precision, let scale): .decimal(precision: precision, scale: scale)
    case .date: .date
    case .time: .time
    case .timestamp: .timestamp
    case .timestamptz: .timestamptz
    case .string: .string
    case .uuid: .uuid
    case .fixed(let length): .fixed(length)
    case .binary: .binary
    }
  }
}
