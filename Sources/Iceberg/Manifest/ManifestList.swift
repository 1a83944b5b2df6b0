public import Avro
import Failures
import JSON

/// The list of a snapshot's manifests (specification, "Manifest Lists": <https://iceberg.apache.org/spec/#manifest-lists>).
public enum ManifestList {
  /// The bytes of a list of format version 2.
  ///
  /// Manifests that no commit has taken up yet get this snapshot's id and sequence number; all others keep their own.
  ///
  /// - Parameters:
  ///   - manifests: the manifests of the snapshot, in this order.
  ///   - snapshotID: the snapshot.
  ///   - parentID: the snapshot that this one follows.
  ///   - sequenceNumber: the snapshot's.
  ///   - sync: sixteen random bytes.
  ///   - codec: how blocks are compressed.
  ///   - level: the codec's own scale; nil for its default.
  /// - Throws: `.unsupported` for a manifest of a version 1 table that does not say how many files it lists.
  public static func write(
    _ manifests: [ManifestFile], snapshotID: Int64, parentID: Int64?, sequenceNumber: Int64, sync: [UInt8],
    codec: AvroCodec = .deflate, level: Int? = nil
  ) throws -> [UInt8] {
    let metadata: [(key: String, value: String)] = [
      (key: "snapshot-id", value: String(snapshotID)),
      (key: "parent-snapshot-id", value: parentID.map { String($0) } ?? "null"),
      (key: "sequence-number", value: String(sequenceNumber)),
      (key: "format-version", value: "2"),
    ]
    var file = try AvroFileWriter(
      schema: AvroSchema(schema), metadata: metadata.map { (key: $0.key, value: Array($0.value.utf8)) }, codec: codec,
      level: level, sync: sync)
    for manifest in manifests {
      let assigned = manifest.assigned(snapshotID: snapshotID, sequenceNumber: sequenceNumber)
      try file.append { try $0.write(assigned) }
    }
    return try file.finish()
  }

  /// The manifests of a list of format version 1 or 2. In version 1 sequence numbers are 0.
  ///
  /// - Throws: `.malformedInput` for bytes that are no manifest list, `.unsupported` for an unknown codec or content.
  public static func read(_ bytes: [UInt8]) throws -> [ManifestFile] {
    let file = try AvroFileReader(bytes)
    let layout = try ManifestFileLayout(file.schema)
    var manifests: [ManifestFile] = []
    try file.forEachRecord { manifests.append(try layout.read(&$0)) }
    return manifests
  }

  /// The Avro schema, field by field as Java writes it.
  private static let schema = AvroFieldJSON.record(
    "manifest_file",
    [
      AvroFieldJSON.required("manifest_path", "string", id: ManifestListFieldID.path),
      AvroFieldJSON.required("manifest_length", "long", id: ManifestListFieldID.length),
      AvroFieldJSON.required("partition_spec_id", "int", id: ManifestListFieldID.specID),
      AvroFieldJSON.required("content", "int", id: ManifestListFieldID.content),
      AvroFieldJSON.required("sequence_number", "long", id: ManifestListFieldID.sequenceNumber),
      AvroFieldJSON.required("min_sequence_number", "long", id: ManifestListFieldID.minSequenceNumber),
      AvroFieldJSON.required("added_snapshot_id", "long", id: ManifestListFieldID.addedSnapshotID),
      AvroFieldJSON.required("added_files_count", "int", id: ManifestListFieldID.addedFilesCount),
      AvroFieldJSON.required("existing_files_count", "int", id: ManifestListFieldID.existingFilesCount),
      AvroFieldJSON.required("deleted_files_count", "int", id: ManifestListFieldID.deletedFilesCount),
      AvroFieldJSON.required("added_rows_count", "long", id: ManifestListFieldID.addedRowsCount),
      AvroFieldJSON.required("existing_rows_count", "long", id: ManifestListFieldID.existingRowsCount),
      AvroFieldJSON.required("deleted_rows_count", "long", id: ManifestListFieldID.deletedRowsCount),
      AvroFieldJSON.optional(
        "partitions", AvroFieldJSON.list(fieldSummary, elementID: 508), id: ManifestListFieldID.partitions),
      AvroFieldJSON.optional("key_metadata", "bytes", id: ManifestListFieldID.keyMetadata),
    ])

  private static let fieldSummary = AvroFieldJSON.record(
    "r508",
    [
      AvroFieldJSON.required("contains_null", "boolean", id: ManifestListFieldID.containsNull),
      AvroFieldJSON.optional("contains_nan", "boolean", id: ManifestListFieldID.containsNaN),
      AvroFieldJSON.optional("lower_bound", "bytes", id: ManifestListFieldID.lowerBound),
      AvroFieldJSON.optional("upper_bound", "bytes", id: ManifestListFieldID.upperBound),
    ])
}

extension ManifestFile {
  /// The manifest as the commit of a snapshot lists it: numbers that are `unassigned` become the snapshot's.
  public func assigned(snapshotID: Int64, sequenceNumber: Int64) -> ManifestFile {
    var manifest = self
    if addedSnapshotID == Self.unassigned { manifest.addedSnapshotID = snapshotID }
    if self.sequenceNumber == Self.unassigned { manifest.sequenceNumber = sequenceNumber }
    if minSequenceNumber == Self.unassigned { manifest.minSequenceNumber = sequenceNumber }
    return manifest
  }
}

extension AvroEncoder {
  /// Writes a manifest in the order of the list's fields.
  fileprivate mutating func write(_ manifest: ManifestFile) throws {
    write(string: manifest.path)
    write(long: manifest.length)
    write(int: manifest.specID)
    write(int: manifest.content.rawValue)
    write(long: manifest.sequenceNumber)
    write(long: manifest.minSequenceNumber)
    write(long: manifest.addedSnapshotID)
    for count in [manifest.addedFilesCount, manifest.existingFilesCount, manifest.deletedFilesCount] {
      write(int: try Self.known(count.flatMap { Int32(exactly: $0) }, manifest))
    }
    for count in [manifest.addedRowsCount, manifest.existingRowsCount, manifest.deletedRowsCount] {
      write(long: try Self.known(count, manifest))
    }
    write(branch: manifest.partitions == nil ? 0 : 1)
    if let partitions = manifest.partitions {
      try writeArray(partitions) { (encoder, summary) throws(Failure) in encoder.write(summary) }
    }
    write(optional: manifest.keyMetadata)
  }

  private static func known<Count>(_ count: Count?, _ manifest: ManifestFile) throws -> Count {
    guard let count else { throw Failure.unsupported("manifest \(manifest.path) has no file and row counts") }
    return count
  }

  private mutating func write(_ summary: FieldSummary) {
    write(boolean: summary.containsNull)
    write(branch: summary.containsNaN == nil ? 0 : 1)
    if let containsNaN = summary.containsNaN { write(boolean: containsNaN) }
    write(optional: summary.lowerBound)
    write(optional: summary.upperBound)
  }

  private mutating func write(optional bytes: [UInt8]?) {
    write(branch: bytes == nil ? 0 : 1)
    if let bytes { write(bytes: bytes) }
  }
}
