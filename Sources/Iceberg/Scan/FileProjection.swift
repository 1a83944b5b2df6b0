import Columns
import Failures
import Parquet

/// Which columns of a file are which columns of the table, and how the file's values become the table's (specification, "Column
/// Projection": <https://iceberg.apache.org/spec/#column-projection>): by field id, so that renamed columns are found, dropped ones
/// are not, and those that were added later are null.
struct FileProjection {
  private enum Source {
    /// A column of the file, by its place among those that are read.
    case stored(Int)
    /// One value for all rows: null, or the partition's.
    case constant(Literal?)
  }

  /// The columns to read, as positions in the file.
  private(set) var filePositions: [Int] = []
  private var sources: [Int32: Source] = [:]
  private let fields: [NestedField]
  private let needed: [NestedField]
  private let schema: ParquetSchema

  init(_ scan: TableScan, _ file: DataFile, _ schema: ParquetSchema) throws {
    self.schema = schema
    fields = scan.fields
    let ids = Set(fields.map(\.id))
    let tested = scan.filter.fieldIDs.filter { !ids.contains($0) }.sorted().compactMap { scan.schema.field(id: $0) }
    needed = fields + tested
    let names = try NameMapping(scan.table.metadata.properties, for: schema)
    for field in needed {
      if let position = names.position(of: field.id) {
        sources[field.id] = .stored(filePositions.count)
        filePositions.append(position)
      } else {
        sources[field.id] = .constant(try Self.constant(field, file, scan.table.metadata))
      }
    }
  }

  /// The value of a column that the file does not have: that of the partition where it divides the table as it is, else null.
  private static func constant(_ field: NestedField, _ file: DataFile, _ metadata: TableMetadata) throws -> Literal? {
    let spec = metadata.partitionSpec(file.specID)
    let position = spec?.fields.firstIndex { $0.sourceID == field.id && $0.transform == .identity }
    let value = position.flatMap { file.partition[$0] }.flatMap { value in
      field.type.primitive.flatMap { value.converted(to: $0) }
    }
    guard value != nil || !field.isRequired else {
      throw Failure.malformedInput("required column \(field.name) is missing")
    }
    return value
  }

  /// The file's column for a field, nil where it has none.
  func position(of fieldID: Int32) -> Int? {
    if case .stored(let place) = sources[fieldID] { filePositions[place] } else { nil }
  }

  /// What is known of a field that the file does not have.
  func constantRange(of fieldID: Int32) -> ValueRange {
    if case .constant(let value) = sources[fieldID] { ValueRange(constant: value) } else { ValueRange() }
  }

  /// The type by which the file's statistics of a column are read; nil where they are in another unit or form than the table's.
  func comparableType(of fieldID: Int32, at position: Int) -> PrimitiveType? {
    guard let type = needed.first(where: { $0.id == fieldID })?.type.primitive else { return nil }
    switch (schema.fields[position].type, type) {
    case (.boolean, .boolean), (.int32, .int), (.int32, .long), (.int64, .long), (.date, .date), (.float, .float),
      (.float, .double), (.double, .double), (.string, .string), (.binary, .binary),
      (.timestampMicros, .timestamptz):
      return type
    default: return nil
    }
  }

  /// The columns of the result, and those that only the filter needs.
  struct Projected {
    /// In the order of the scan.
    let selected: [Column]
    fileprivate let byID: [Int32: Column]

    /// The column of a field that is selected or tested.
    func column(of fieldID: Int32) throws -> Column {
      guard let column = byID[fieldID] else { throw Failure.internalError("field \(fieldID) was not read") }
      return column
    }
  }

  /// Makes the table's columns of those that were read.
  func columns(from stored: [Column], rowCount: Int) throws -> Projected {
    var byID: [Int32: Column] = [:]
    for field in needed {
      let type = try field.columnField().type
      byID[field.id] =
        switch sources[field.id] {
        case .stored(let place):
          try within("column \(field.name)") { try stored[place].promoted(to: type) }
        case .constant(let value?): try type.column(repeating: value, count: rowCount)
        case .constant(nil), nil: type.nulls(rowCount)
        }
    }
    return Projected(selected: fields.compactMap { byID[$0.id] }, byID: byID)
  }
}
