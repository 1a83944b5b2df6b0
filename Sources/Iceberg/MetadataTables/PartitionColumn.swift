import Columns

/// The partitions of files of all specs as one structure, a field for each partition field the table ever had: specs that share a field
/// share its values (specification, "Partitioning": <https://iceberg.apache.org/spec/#partitioning>).
struct PartitionColumn {
  private struct Field {
    let id: Int32
    let name: String
    let type: PrimitiveType
  }

  private let fields: [Field]
  private let specs: [Int32: PartitionSpec]

  init(_ metadata: TableMetadata) {
    var fields: [Field] = []
    for spec in metadata.partitionSpecs.sorted(by: { $0.id > $1.id }) {
      for (field, type) in zip(spec.fields, metadata.partitionTypes(of: spec)) where field.transform != .void {
        guard let type, !fields.contains(where: { $0.id == field.fieldID }) else { continue }
        fields.append(Field(id: field.fieldID, name: field.name, type: type))
      }
    }
    self.fields = fields.sorted { $0.id < $1.id }
    specs = Dictionary(metadata.partitionSpecs.map { ($0.id, $0) }) { first, _ in first }
  }

  /// The structure's type; one without fields for a table that was never divided.
  var type: ColumnType { .structure(fields.map { ColumnField($0.name, $0.type.columnType) }) }

  /// The values of a file's partition in the order of the structure.
  func values(of file: DataFile) -> [Literal?] {
    let spec = specs[file.specID]
    return fields.map { field in
      spec?.fields.firstIndex { $0.fieldID == field.id }.flatMap { file.partition[$0]?.converted(to: field.type) }
    }
  }

  /// The column of some partitions.
  func column(_ rows: [[Literal?]]) throws -> Column {
    let columns = try fields.enumerated().map { position, field in
      try Column(rows.map { $0[position] }, type: field.type.columnType)
    }
    return .structure(StructColumn(columns: columns, count: rows.count))
  }
}
