import Avro
import Failures

/// Where the values of a spec's fields lie in the partition record of a manifest.
struct PartitionLayout {
  private let fields: [(position: Int?, shape: AvroFieldShape, type: PrimitiveType?)]
  private let count: Int

  /// The layout of `record`, whose fields are found by their partition field ids; `types` are the types of the values.
  init(_ record: AvroTypeID, spec: PartitionSpec, types: [PrimitiveType?], in schema: AvroSchema) {
    count = spec.fields.count
    fields = schema[record].fields.map { field in
      let position = field.fieldID.flatMap { id in spec.fields.firstIndex { $0.fieldID == id } }
      let type = position.flatMap { types.indices.contains($0) ? types[$0] : nil }
      return (position, AvroFieldShape(field.type, in: schema), type)
    }
  }

  /// Reads one partition; a field that the manifest lacks is null.
  func read(_ decoder: inout AvroDecoder) throws -> PartitionValues {
    var values = [Literal?](repeating: nil, count: count)
    for field in fields {
      guard let position = field.position else {
        try decoder.skip(field.shape.whole)
        continue
      }
      values[position] = try decoder.readOptional(field.shape) { decoder in
        try decoder.readLiteral(field.shape.value, as: field.type)
      }
    }
    return PartitionValues(values)
  }
}
