import Columns
import Failures

/// The values of fields that divide a table as they are: every row of a file has those of its partition.
struct IdentityValues {
  private var values: [Int32: Literal] = [:]
  /// The fields, those that are null in the partition too.
  private var ids: Set<Int32> = []

  /// No such fields.
  init() {}

  init(_ file: DataFile, _ metadata: TableMetadata) {
    guard let spec = metadata.partitionSpec(file.specID) else { return }
    let types = metadata.partitionTypes(of: spec)
    for (position, field) in spec.fields.enumerated() where field.transform == .identity {
      ids.insert(field.sourceID)
      values[field.sourceID] = file.partition[position].flatMap { value in
        types[position].flatMap { value.converted(to: $0) }
      }
    }
  }

  /// The value of a field, nil where the partition does not tell one.
  subscript(fieldID: Int32) -> Literal? { values[fieldID] }

  /// The column of a field that the file does not have: the partition's value, else null; null too where `validity` says so.
  ///
  /// Throws `.malformedInput` for a required field without value.
  func column(of field: NestedField, count: Int, validity: [Bool]?) throws -> Column {
    guard let type = field.type.primitive, let value = values[field.id]?.converted(to: type) else {
      guard !field.isRequired else { throw Failure.malformedInput("required column \(field.name) is missing") }
      return field.type.columnType.nulls(count)
    }
    let literals = (0..<count).map { validity?[$0] ?? true ? value : nil }
    return try Column(literals, type: type.columnType)
  }

  /// Whether a structure is there in every row, whatever the file says: Java takes the first field that is in the file or known from
  /// the partition to tell, and one known from the partition is always there.
  func makePresent(_ record: StructType, isStored: (Int32) -> Bool) -> Bool {
    record.fields.first { ids.contains($0.id) || isStored($0.id) }.map { ids.contains($0.id) } ?? false
  }
}
