import Columns
import Failures
import Parquet

/// Which columns of a Parquet file are read for some of a table's fields, and how the table's columns are made of them.
struct FileProjection {
  private enum Source {
    /// A column of the file, by its place among those that are read.
    case stored(Int, FileField)
    /// One value for all rows: null, or the partition's.
    case constant
  }

  /// The columns to read, as positions in the file.
  private(set) var filePositions: [Int] = []
  private var sources: [Source] = []
  private let fields: [NestedField]
  private let schema: ParquetSchema
  private let constants: IdentityValues
  /// The leaves outside of lists and maps, by field id.
  private var leaves: [Int32: Int] = [:]

  /// A projection of top-level fields, which may be of different schemas of the table.
  init(_ fields: [NestedField], of file: DataFile, _ schema: ParquetSchema, _ metadata: TableMetadata) throws {
    try self.init(
      fields, stored: FileField.fields(of: schema, metadata.properties), schema, IdentityValues(file, metadata))
  }

  /// A projection of `fields` on what a file stores.
  init(_ fields: [NestedField], stored: [FileField], _ schema: ParquetSchema, _ constants: IdentityValues) {
    self.fields = fields
    self.schema = schema
    self.constants = constants
    for (field, range) in zip(stored, schema.leafRanges) {
      var next = range.lowerBound
      index(field, isRepeated: false, &next)
    }
    for field in fields {
      if let position = stored.firstIndex(where: { $0.id == field.id }) {
        let place = filePositions.firstIndex(of: position) ?? filePositions.count
        if place == filePositions.count { filePositions.append(position) }
        sources.append(.stored(place, stored[position]))
      } else {
        sources.append(.constant)
      }
    }
  }

  private mutating func index(_ field: FileField, isRepeated: Bool, _ next: inout Int) {
    guard !field.children.isEmpty else {
      if let id = field.id, !isRepeated { leaves[id] = next }
      next += 1
      return
    }
    var isRepeated = isRepeated
    if case .group = field.type {} else { isRepeated = true }
    for child in field.children { index(child, isRepeated: isRepeated, &next) }
  }

  /// The table's columns, made of those that were read.
  func columns(from stored: [Column], rowCount: Int) throws -> [Column] {
    let projection = ColumnProjection(constants: constants)
    return try zip(fields, sources).map { field, source in
      switch source {
      case .stored(let place, let file):
        try within("column \(field.name)") { try projection.project(stored[place], from: file, to: field) }
      case .constant: try constants.column(of: field, count: rowCount, validity: nil)
      }
    }
  }
}

/// What the file's statistics say about fields.
extension FileProjection {
  /// The stored column of a field outside of lists and maps, nil where the file has none.
  func leaf(of fieldID: Int32) -> Int? { leaves[fieldID] }

  /// What is known of a field that the file does not have. A field that lies deeper may be null where its structure is.
  func constantRange(of fieldID: Int32) -> ValueRange {
    if let position = fields.firstIndex(where: { $0.id == fieldID }) {
      if case .constant = sources[position] { return ValueRange(constant: constants[fieldID]) }
    }
    return ValueRange()
  }

  /// The value of a bound of the stored column `leaf`; nil where it is in another unit or form than the table's.
  func bound(_ bytes: [UInt8], leaf: Int, as type: PrimitiveType) -> Literal? {
    guard let value = schema.leaves[leaf].literal(bytes, as: type), !value.isNaN else { return nil }
    return value
  }
}
