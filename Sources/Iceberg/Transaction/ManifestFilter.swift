import Failures

/// Rewrites the manifests from which a snapshot removes files (Java's `ManifestFilterManager`). What was rewritten in one attempt is
/// used again in the next.
struct ManifestFilter {
  private struct Rewritten {
    let manifest: ManifestFile?
    let found: [[UInt8]]
  }

  private let removed: [LiveFile]
  private let paths: Set<[UInt8]>
  private var known: [String: Rewritten] = [:]

  init(removing removed: [LiveFile]) {
    self.removed = removed
    paths = Set(removed.map { Array($0.dataFile.path.utf8) })
  }

  /// Whether this filter removes just these files.
  func removes(_ files: [LiveFile]) -> Bool { paths == Set(files.map { Array($0.dataFile.path.utf8) }) }

  /// The manifests with entries of removed files marked deleted by `snapshotID`.
  ///
  /// Throws `.conflict` naming a file that is no longer part of the table.
  mutating func apply(
    to manifests: [ManifestFile], snapshotID: Int64, files: inout ManifestWriting
  ) throws -> [ManifestFile] {
    guard !paths.isEmpty else { return manifests }
    var missing = paths
    var result: [ManifestFile] = []
    for manifest in manifests {
      guard !missing.isEmpty, manifest.content == .data, manifest.mayHaveLiveFiles, mayHold(manifest, files) else {
        result.append(manifest)
        continue
      }
      let rewritten = try known[manifest.path] ?? rewrite(manifest, snapshotID, &files)
      known[manifest.path] = rewritten
      missing.subtract(rewritten.found)
      result.append(rewritten.manifest ?? manifest)
    }
    if let path = missing.first {
      throw Failure.conflict("file \(String(decoding: path, as: UTF8.self)) is no longer part of the table")
    }
    return result
  }

  private func mayHold(_ manifest: ManifestFile, _ files: ManifestWriting) -> Bool {
    let pruner = files.partitionRanges(of: manifest)
    return removed.contains { file in
      guard file.dataFile.specID == manifest.specID, file.sequenceNumber >= manifest.minSequenceNumber else {
        return false
      }
      guard let pruner else { return true }
      return zip(pruner, file.dataFile.partition.values).allSatisfy { range, value in
        range.mayMatch(value.map { .compare(.equal, $0) } ?? .isNull)
      }
    }
  }

  private func rewrite(
    _ manifest: ManifestFile, _ snapshotID: Int64, _ files: inout ManifestWriting
  ) throws -> Rewritten {
    var found: [[UInt8]] = []
    var entries: [ManifestEntry] = []
    for var entry in try files.entries(of: manifest) where entry.isLive {
      let path = Array(entry.dataFile.path.utf8)
      if paths.contains(path) {
        found.append(path)
        entry.status = .deleted
        entry.snapshotID = snapshotID
      } else {
        entry.status = .existing
      }
      entries.append(entry)
    }
    guard !found.isEmpty else { return Rewritten(manifest: nil, found: []) }
    return Rewritten(manifest: try files.write(entries, specID: manifest.specID), found: found)
  }
}
