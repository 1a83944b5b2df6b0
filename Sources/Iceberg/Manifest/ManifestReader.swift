import Avro
import Failures
import JSON

/// Reads a manifest of format version 1 or 2 (specification, "Manifests": <https://iceberg.apache.org/spec/#manifests>).
///
/// Fields are found by id: other orders and names, missing optional fields and unknown ones do not matter.
public struct ManifestReader {
  private let file: AvroFileReader

  /// Reads the header of a manifest.
  ///
  /// - Throws: `.malformedInput` for bytes that are no manifest, `.unsupported` for an unknown codec or format version.
  public init(_ bytes: [UInt8]) throws {
    file = try AvroFileReader(bytes)
    guard (1...2).contains(formatVersion) else {
      throw Failure.unsupported("a manifest of format version \(formatVersion)")
    }
  }

  /// The format version; 1 where the manifest does not say and has no sequence numbers.
  public var formatVersion: Int {
    if let text = file.metadataText("format-version") { return Int(text) ?? 0 }
    let hasNumbers = file.schema[file.schema.root].fields.contains { $0.fieldID == ManifestFieldID.sequenceNumber }
    return hasNumbers ? 2 : 1
  }

  /// The partition spec that the manifest was written with. Its id is 0 where the manifest does not say.
  ///
  /// - Throws: `.malformedInput` when it is missing or wrong.
  public func partitionSpec() throws -> PartitionSpec {
    guard let text = file.metadata("partition-spec") else {
      throw Failure.malformedInput("a manifest without partition-spec")
    }
    let id = file.metadataText("partition-spec-id").flatMap { Int32($0) } ?? 0
    let json = try JSONValue.parse(text)
    // Some writers put the whole spec where the list of its fields belongs.
    if case .object(let object) = json { return try PartitionSpec(json: object) }
    guard let fields = json.array else { throw Failure.malformedInput("partition-spec is \(json.kindName)") }
    return try PartitionSpec(id: id, fieldsJSON: fields)
  }

  /// The table's schema when the manifest was written.
  ///
  /// - Throws: `.malformedInput` when it is missing or wrong.
  public func schema() throws -> Schema {
    guard let text = file.metadata("schema") else { throw Failure.malformedInput("a manifest without schema") }
    guard let object = try JSONValue.parse(text).object else { throw Failure.malformedInput("schema is no object") }
    return try Schema(json: object)
  }

  /// All entries, deleted ones included.
  ///
  /// - Parameters:
  ///   - manifest: the manifest as its list describes it. Entries without numbers get its own, those of version 1 get 0;
  ///     where it is `unassigned` added entries stay without.
  ///   - spec: the table's partition spec of that id.
  ///   - partitionTypes: the type of each partition value, from `PartitionSpec.resultTypes(in:)`; nil takes the
  ///     manifest's own. Values of columns widened since are widened.
  ///   - metrics: which metrics to keep.
  /// - Throws: `.malformedInput` for a damaged manifest, or an existing or deleted entry without sequence number.
  public func entries(
    inheriting manifest: ManifestFile, spec: PartitionSpec, partitionTypes: [PrimitiveType?],
    metrics: ManifestMetrics = .all
  ) throws -> [ManifestEntry] {
    let layout = try ManifestEntryLayout(file.schema, spec: spec, types: partitionTypes, metrics: metrics)
    let inheritance = SequenceInheritance(manifest, isVersion1: formatVersion == 1)
    var entries: [ManifestEntry] = []
    try file.forEachRecord { decoder in
      entries.append(try inheritance.complete(try layout.read(&decoder)))
    }
    return entries
  }

  /// All entries of `bytes`, a manifest that lies at `manifest.path`; failures name it. As `entries(inheriting:…)`.
  public static func entries(
    _ bytes: [UInt8], of manifest: ManifestFile, spec: PartitionSpec, partitionTypes: [PrimitiveType?],
    metrics: ManifestMetrics = .all
  ) throws -> [ManifestEntry] {
    try within("manifest \(manifest.path)") {
      try ManifestReader(bytes).entries(
        inheriting: manifest, spec: spec, partitionTypes: partitionTypes, metrics: metrics)
    }
  }
}
