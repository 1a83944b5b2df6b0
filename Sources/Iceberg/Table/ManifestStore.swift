import Failures
import ObjectStore

/// Reads and writes the manifests and manifest lists of a table.
struct ManifestStore {
  private let metadata: TableMetadata
  private let store: any ObjectStore

  init(_ metadata: TableMetadata, _ store: any ObjectStore) {
    self.metadata = metadata
    self.store = store
  }

  /// The manifests of a snapshot, none without one.
  func manifests(of snapshot: Snapshot?) throws -> [ManifestFile] {
    guard let snapshot else { return [] }
    return try within("manifest list \(snapshot.manifestList)") {
      try ManifestList.read(store.read(snapshot.manifestList))
    }
  }

  /// The entries of a manifest, with the numbers that they inherit where it has been committed.
  func entries(of manifest: ManifestFile) throws -> [ManifestEntry] {
    let spec = try spec(of: manifest.specID)
    return try ManifestReader.entries(
      store.read(manifest.path), of: manifest, spec: spec, partitionTypes: metadata.partitionTypes(of: spec))
  }

  /// What partition values the manifest's list says it holds, in the order of its spec; nil where nothing is known.
  func partitionRanges(of manifest: ManifestFile) -> [ValueRange]? {
    guard let summaries = manifest.partitions, let spec = metadata.partitionSpec(manifest.specID),
      summaries.count == spec.fields.count
    else { return nil }
    return zip(summaries, metadata.partitionTypes(of: spec)).map { $0.range(of: $1) }
  }

  /// Writes entries as a manifest. `sync` are sixteen bytes, the same for all files of one commit.
  func write(
    _ entries: [ManifestEntry], specID: Int32, content: ManifestFile.Content = .data, to path: String, sync: [UInt8]
  ) throws -> ManifestFile {
    let spec = try spec(of: specID)
    var writer = try ManifestWriter(
      schema: metadata.currentSchema, spec: spec, partitionTypes: metadata.partitionTypes(of: spec), content: content,
      sync: sync)
    for entry in entries { try writer.append(entry) }
    let (bytes, manifest) = try writer.finish(path: path)
    try store.write(bytes, to: path, mode: .createNew)
    return manifest
  }

  /// Writes the manifest list of a snapshot.
  func writeList(
    _ manifests: [ManifestFile], snapshotID: Int64, parentID: Int64?, sequenceNumber: Int64, to path: String,
    sync: [UInt8]
  ) throws {
    let bytes = try ManifestList.write(
      manifests, snapshotID: snapshotID, parentID: parentID, sequenceNumber: sequenceNumber, sync: sync)
    try store.write(bytes, to: path, mode: .createNew)
  }

  private func spec(of id: Int32) throws -> PartitionSpec {
    guard let spec = metadata.partitionSpec(id) else {
      throw Failure.malformedInput("partition spec \(id) is not in the table's metadata")
    }
    return spec
  }
}

extension FieldSummary {
  /// What the summary says of values of `type`.
  fileprivate func range(of type: PrimitiveType?) -> ValueRange {
    var range = ValueRange()
    guard let type else { return range }
    range.mayBeNull = containsNull
    range.mayBeNaN = type.isFloatingPoint && containsNaN != false
    range.mayBeNumber = lowerBound != nil || upperBound != nil || !(containsNull || containsNaN ?? false)
    range.lower = lowerBound.flatMap { try? Literal(singleValue: $0, type: type) }
    range.upper = upperBound.flatMap { try? Literal(singleValue: $0, type: type) }
    return range
  }
}
