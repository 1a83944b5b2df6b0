import Failures
import ObjectStore

/// Finds the live files of a snapshot that may hold rows of a result.
struct ScanPlanner {
  private let manifests: ManifestStore
  private let filter: BoundExpression
  /// The filter over the partition values of each spec.
  private let projections: [Int32: (spec: PartitionSpec, filter: BoundExpression)]
  /// The types of the fields that the filter tests.
  private let types: [Int32: PrimitiveType]

  init(_ metadata: TableMetadata, store: any ObjectStore, filter: BoundExpression) {
    manifests = ManifestStore(metadata, store)
    self.filter = filter
    let specs = metadata.partitionSpecs.map { ($0.id, ($0, PartitionProjection($0).project(filter))) }
    projections = Dictionary(specs) { first, _ in first }
    let schemas = [metadata.currentSchema] + metadata.schemas.reversed()
    let types = filter.fieldIDs.compactMap { id in
      schemas.lazy.compactMap { $0.field(id: id)?.type.primitive }.first.map { (id, $0) }
    }
    self.types = Dictionary(types) { first, _ in first }
  }

  /// Plans over the manifests of a snapshot. Those for which `wants` is false are left out.
  func plan(
    _ all: [ManifestFile], deletes: DeleteFileIndex = DeleteFileIndex([], specs: []),
    wants: (ManifestFile) -> Bool = { _ in true }
  ) throws -> ScanPlan {
    var wanted: [ManifestFile] = []
    var skipped = 0
    for manifest in all where manifest.content == .data {
      if manifest.mayHaveLiveFiles, wants(manifest), mayMatch(manifest) {
        wanted.append(manifest)
      } else {
        skipped += 1
      }
    }
    var files: [LiveFile] = []
    var filesSkipped = 0
    try manifests.forEach(wanted) { _, entries in
      for entry in entries where entry.isLive {
        if mayMatch(entry.dataFile) { files.append(LiveFile(entry)) } else { filesSkipped += 1 }
      }
    }
    return ScanPlan(
      files: files.inOrder(), manifestsRead: wanted.count, manifestsSkipped: skipped, filesSkipped: filesSkipped,
      deletes: deletes)
  }

  private func mayMatch(_ manifest: ManifestFile) -> Bool {
    guard let (spec, projected) = projections[manifest.specID],
      let ranges = manifests.partitionRanges(of: manifest)
    else { return true }
    return projected.mayMatch { id in
      spec.fields.firstIndex { $0.fieldID == id }.flatMap { ranges.indices.contains($0) ? ranges[$0] : nil }
        ?? ValueRange()
    }
  }

  private func mayMatch(_ file: DataFile) -> Bool {
    guard let (spec, projected) = projections[file.specID] else { return true }
    let isInPartition = projected.mayMatch { id in
      guard let position = spec.fields.firstIndex(where: { $0.fieldID == id }),
        file.partition.values.indices.contains(position)
      else { return ValueRange() }
      return ValueRange(constant: file.partition[position])
    }
    return isInPartition && filter.mayMatch { file.range(of: $0, type: types[$0]) }
  }
}

extension DataFile {
  /// What the file's metrics say about a field. A metric that is missing, or a bound that cannot be read, says nothing.
  package func range(of fieldID: Int32, type: PrimitiveType?) -> ValueRange {
    var range = ValueRange()
    guard let type else { return range }
    let (nulls, values, nans) = (nullValueCounts[fieldID], valueCounts[fieldID], nanValueCounts[fieldID])
    range.mayBeNull = nulls != 0
    range.mayBeNaN = type.isFloatingPoint && nans != 0
    if let nulls, let values {
      range.mayBeNumber = nulls < values && nulls.addingReportingOverflow(nans ?? 0).partialValue < values
    }
    range.lower = lowerBounds[fieldID].flatMap { try? Literal(singleValue: $0, type: type) }
    range.upper = upperBounds[fieldID].flatMap { try? Literal(singleValue: $0, type: type) }
    // Old writers put NaN into bounds; such a bound says nothing.
    if range.lower?.isNaN ?? false { range.lower = nil }
    if range.upper?.isNaN ?? false { range.upper = nil }
    return range
  }
}
