public import Avro
import Failures
import JSON

/// Writes a manifest of format version 2 (specification, "Manifests": <https://iceberg.apache.org/spec/#manifests>).
///
/// Added entries carry no sequence numbers, and neither does the manifest until a commit takes it up, so the same file
/// serves every attempt of a commit, also one that another process makes later.
public struct ManifestWriter: ~Copyable {
  private let spec: PartitionSpec
  private let partitionTypes: [PrimitiveType]
  private let content: ManifestFile.Content
  private var file: AvroFileWriter
  private var summary: ManifestSummary

  /// A manifest without entries.
  ///
  /// - Parameters:
  ///   - schema: the table's schema.
  ///   - spec: the partition spec of every entry.
  ///   - partitionTypes: the type of each partition value, from `PartitionSpec.resultTypes(in:)`.
  ///   - content: whether it lists data files or delete files.
  ///   - sync: sixteen random bytes.
  ///   - codec: the Avro codec; readers of old versions know `.deflate` and `.null` only.
  ///   - level: the codec's level, by default deflate's 9 as Java has it.
  /// - Throws: `.unsupported` for a spec with a field of unknown type that is not void.
  public init(
    schema: Schema, spec: PartitionSpec, partitionTypes: [PrimitiveType?], content: ManifestFile.Content = .data,
    sync: [UInt8], codec: AvroCodec = .deflate, level: Int? = nil
  ) throws {
    let types = try Self.writable(partitionTypes, of: spec)
    let file = try AvroFileWriter(
      schema: ManifestSchema.avro(spec: spec, partitionTypes: types),
      metadata: Self.metadata(schema, spec, content), codec: codec, level: level, sync: sync)
    self.spec = spec
    self.partitionTypes = types
    self.content = content
    self.file = file
    summary = ManifestSummary(types: types)
  }

  /// The types of a spec's fields; a void field over a column that is gone has nulls of any type.
  private static func writable(_ types: [PrimitiveType?], of spec: PartitionSpec) throws -> [PrimitiveType] {
    guard types.count == spec.fields.count else {
      throw Failure.invalidArgument("\(types.count) types for the \(spec.fields.count) fields of spec \(spec.id)")
    }
    return try zip(spec.fields, types).map { field, type in
      if let type { return type }
      guard field.transform == .void else {
        throw Failure.unsupported("partition field \(field.name) (\(field.transform)) cannot be written")
      }
      return .int
    }
  }

  private static func metadata(
    _ schema: Schema, _ spec: PartitionSpec, _ content: ManifestFile.Content
  ) -> [(key: String, value: [UInt8])] {
    [
      (key: "schema", value: schema.json.serialized()),
      (key: "schema-id", value: Array(String(schema.id).utf8)),
      (key: "partition-spec", value: spec.fieldsJSON.serialized()),
      (key: "partition-spec-id", value: Array(String(spec.id).utf8)),
      (key: "format-version", value: Array("2".utf8)),
      (key: "content", value: Array((content == .data ? "data" : "deletes").utf8)),
    ]
  }

  /// Appends an entry.
  ///
  /// - Throws: `.invalidArgument` for an entry that a manifest may not hold: an existing file without its snapshot or
  ///   sequence numbers, a deleted one without its sequence numbers, an added one with a file sequence number, a file of
  ///   another spec or content, or a partition that does not fit the spec. The writer is then of no further use.
  public mutating func append(_ entry: ManifestEntry) throws {
    let file = entry.dataFile
    try Self.check(entry)
    guard file.specID == spec.id, file.partition.values.count == spec.fields.count else {
      throw Failure.invalidArgument("\(file.path) has a partition of spec \(file.specID), the manifest spec \(spec.id)")
    }
    guard (file.content == .data) == (content == .data) else {
      throw Failure.invalidArgument("\(file.path) holds \(file.content), the manifest lists \(content)")
    }
    try summary.add(entry)
    let types = partitionTypes
    try within("manifest entry of \(file.path)") {
      try self.file.append { try $0.write(entry, partitionTypes: types) }
    }
  }

  private static func check(_ entry: ManifestEntry) throws {
    let hasNumbers = entry.sequenceNumber != nil && entry.fileSequenceNumber != nil
    let isValid =
      switch entry.status {
      case .added: entry.fileSequenceNumber == nil
      case .deleted: hasNumbers
      case .existing: hasNumbers && entry.snapshotID != nil
      }
    guard isValid else {
      throw Failure.invalidArgument("\(entry.status) entry of \(entry.dataFile.path) has wrong sequence numbers")
    }
  }

  /// About how long the manifest is so far, to begin another one when it has its target size.
  public var byteCount: Int { file.byteCount }

  /// The manifest's bytes, and how a manifest list describes it once it lies at `path`. Its snapshot and sequence
  /// numbers are `ManifestFile.unassigned`, the smallest sequence number only when every live file inherits it.
  public consuming func finish(path: String) throws -> (bytes: [UInt8], manifest: ManifestFile) {
    let (spec, content, summary) = (spec, content, summary)
    let bytes = try file.finish()
    return (bytes, summary.manifest(path: path, length: Int64(bytes.count), specID: spec.id, content: content))
  }
}
