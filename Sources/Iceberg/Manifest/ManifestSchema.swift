import Avro
import Failures
import JSON

/// The Avro schema of a manifest of format version 2, field by field as Java writes it.
enum ManifestSchema {
  /// The schema for files of `spec`, whose values have `partitionTypes`.
  static func avro(spec: PartitionSpec, partitionTypes: [PrimitiveType]) throws -> AvroSchema {
    try AvroSchema(
      AvroFieldJSON.record(
        "manifest_entry",
        [
          AvroFieldJSON.required("status", "int", id: ManifestFieldID.status),
          AvroFieldJSON.optional("snapshot_id", "long", id: ManifestFieldID.snapshotID),
          AvroFieldJSON.optional("sequence_number", "long", id: ManifestFieldID.sequenceNumber),
          AvroFieldJSON.optional("file_sequence_number", "long", id: ManifestFieldID.fileSequenceNumber),
          AvroFieldJSON.required(
            "data_file", dataFile(partition: partition(spec, partitionTypes)), id: ManifestFieldID.dataFile),
        ]))
  }

  private static func partition(_ spec: PartitionSpec, _ types: [PrimitiveType]) -> JSONValue {
    var declared: Set<String> = []
    return AvroFieldJSON.record(
      "r102",
      zip(spec.fields, types).map { field, type in
        AvroFieldJSON.optionalNamed(field.name, type.avroType(declared: &declared), id: field.fieldID)
      })
  }

  private static func dataFile(partition: JSONValue) -> JSONValue {
    AvroFieldJSON.record(
      "r2",
      [
        AvroFieldJSON.required("content", "int", id: ManifestFieldID.content),
        AvroFieldJSON.required("file_path", "string", id: ManifestFieldID.filePath),
        AvroFieldJSON.required("file_format", "string", id: ManifestFieldID.fileFormat),
        AvroFieldJSON.required("partition", partition, id: ManifestFieldID.partition),
        AvroFieldJSON.required("record_count", "long", id: ManifestFieldID.recordCount),
        AvroFieldJSON.required("file_size_in_bytes", "long", id: ManifestFieldID.fileSize),
      ] + metrics + [
        AvroFieldJSON.optional("key_metadata", "bytes", id: ManifestFieldID.keyMetadata),
        AvroFieldJSON.optional(
          "split_offsets", AvroFieldJSON.list("long", elementID: 133), id: ManifestFieldID.splitOffsets),
        AvroFieldJSON.optional(
          "equality_ids", AvroFieldJSON.list("int", elementID: 136), id: ManifestFieldID.equalityIDs),
        AvroFieldJSON.optional("sort_order_id", "int", id: ManifestFieldID.sortOrderID),
        AvroFieldJSON.optional("referenced_data_file", "string", id: ManifestFieldID.referencedDataFile),
      ])
  }

  private static let metrics: [JSONValue] = [
    AvroFieldJSON.optional(
      "column_sizes", AvroFieldJSON.map(key: 117, value: 118, "long"), id: ManifestFieldID.columnSizes),
    AvroFieldJSON.optional(
      "value_counts", AvroFieldJSON.map(key: 119, value: 120, "long"), id: ManifestFieldID.valueCounts),
    AvroFieldJSON.optional(
      "null_value_counts", AvroFieldJSON.map(key: 121, value: 122, "long"), id: ManifestFieldID.nullValueCounts),
    AvroFieldJSON.optional(
      "nan_value_counts", AvroFieldJSON.map(key: 138, value: 139, "long"), id: ManifestFieldID.nanValueCounts),
    AvroFieldJSON.optional(
      "lower_bounds", AvroFieldJSON.map(key: 126, value: 127, "bytes"), id: ManifestFieldID.lowerBounds),
    AvroFieldJSON.optional(
      "upper_bounds", AvroFieldJSON.map(key: 129, value: 130, "bytes"), id: ManifestFieldID.upperBounds),
  ]
}
