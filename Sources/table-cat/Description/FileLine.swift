import Iceberg
import JSON

extension LiveFile {
  /// The file by the names of Iceberg's `files` and `entries` tables.
  func line(of metadata: TableMetadata) -> JSONValue {
    [
      "file_path": .string(dataFile.path), "file_format": .string(dataFile.format.name),
      "spec_id": .integer(Int64(dataFile.specID)), "partition": partition(of: metadata),
      "record_count": .integer(dataFile.recordCount), "file_size_in_bytes": .integer(dataFile.fileSize),
      "snapshot_id": .integer(snapshotID), "sequence_number": .integer(sequenceNumber),
      "file_sequence_number": .integer(fileSequenceNumber),
    ]
  }

  private func partition(of metadata: TableMetadata) -> JSONValue {
    guard let spec = metadata.partitionSpec(dataFile.specID) else { return .null }
    let types = metadata.partitionTypes(of: spec)
    return .object(
      JSONObject(
        zip(spec.fields, dataFile.partition.values).enumerated().map { position, field in
          (field.0.name, field.1?.json(as: types.indices.contains(position) ? types[position] : nil) ?? .null)
        }))
  }
}
