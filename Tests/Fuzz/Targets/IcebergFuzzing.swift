import Avro
import Iceberg
import JSON

/// Iceberg's files from bytes that may be anything.
enum IcebergFuzzing {
  /// Reads a manifest by the spec and the schema that it carries.
  static func readManifest(_ bytes: [UInt8]) throws {
    let reader = try ManifestReader(bytes)
    let spec = try reader.partitionSpec()
    let types = spec.resultTypes(in: [try reader.schema()])
    for version in [Int64(3), ManifestFile.unassigned] {
      var manifest = ManifestFile(path: "m", length: Int64(bytes.count), specID: spec.id)
      manifest.sequenceNumber = version
      manifest.addedSnapshotID = version
      attempt { _ = try reader.entries(inheriting: manifest, spec: spec, partitionTypes: types) }
    }
    let own = [PrimitiveType?](repeating: nil, count: spec.fields.count)
    _ = try reader.entries(
      inheriting: ManifestFile(path: "m", length: 0, specID: spec.id), spec: spec, partitionTypes: own)
  }

  /// Reads a manifest list; what was read must survive being written.
  static func readManifestList(_ bytes: [UInt8]) throws {
    let manifests = try ManifestList.read(bytes)
    for manifest in manifests { attempt { _ = try ManifestFile(json: manifest.json) } }
    let written = try ManifestList.write(
      manifests, snapshotID: 1, parentID: nil, sequenceNumber: 1, sync: [UInt8](0..<16), codec: .null)
    let again = try ManifestList.read(written)
    promise(again.map(\.path) == manifests.map(\.path), "a manifest list changed by being written")
  }

  /// Reads a table's metadata and walks everything that is parsed later.
  static func readMetadata(_ bytes: [UInt8]) throws {
    let metadata = try TableMetadata(parsing: bytes, location: "metadata.json")
    for spec in metadata.partitionSpecs { _ = metadata.partitionTypes(of: spec) }
    for schema in metadata.schemas { attempt { _ = try Schema(json: schema.json.object ?? JSONObject([])) } }
    attempt { for snapshot in try metadata.allSnapshots() { _ = metadata.schema(of: snapshot) } }
    attempt { _ = try metadata.newestSnapshot { _ in false } }
    attempt { _ = try metadata.currentSchema.columnSchema(selecting: nil) }
  }
}
