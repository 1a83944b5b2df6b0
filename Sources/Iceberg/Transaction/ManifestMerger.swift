import Failures

/// Merges small manifests while a snapshot is made, so that reading a table with many commits stays cheap (Java's
/// `ManifestMergeManager`). What was merged in one attempt is used again in the next.
struct ManifestMerger {
  private let targetBytes: Int64
  private let minimumCount: Int
  private let isEnabled: Bool
  private var merged: [[String]: ManifestFile] = [:]

  /// By the properties of the table.
  init(_ properties: [String: String]) {
    targetBytes = properties["commit.manifest.target-size-bytes"].flatMap { Int64($0) } ?? 8 << 20
    minimumCount = properties["commit.manifest.min-count-to-merge"].flatMap { Int($0) } ?? 100
    isEnabled = properties["commit.manifest-merge.enabled"] != "false"
  }

  /// The manifests of the snapshot to come, newest first. `files` writes what is merged.
  mutating func merge(
    _ manifests: [ManifestFile], snapshotID: Int64, files: inout ManifestWriting
  ) throws -> [ManifestFile] {
    guard isEnabled, let first = manifests.first(where: { $0.content == .data }) else { return manifests }
    var groups: [Int32: [ManifestFile]] = [:]
    for manifest in manifests where manifest.content == .data { groups[manifest.specID, default: []].append(manifest) }
    var result: [ManifestFile] = []
    for (_, group) in groups.sorted(by: { $0.key > $1.key }) {
      for bin in ManifestBinPacking(targetBytes: targetBytes).packFromEnd(group) {
        let hasNew = bin.contains { $0.path == first.path }
        if bin.count == 1 || (hasNew && bin.count < minimumCount) {
          result += bin
        } else {
          result.append(try merge(bin, snapshotID: snapshotID, &files))
        }
      }
    }
    return result + manifests.filter { $0.content == .deletes }
  }

  private mutating func merge(
    _ bin: [ManifestFile], snapshotID: Int64, _ files: inout ManifestWriting
  ) throws -> ManifestFile {
    let key = bin.map(\.path)
    if let known = merged[key] { return known }
    var entries: [ManifestEntry] = []
    for manifest in bin {
      for var entry in try files.entries(of: manifest) {
        let isOurs = entry.snapshotID == nil || entry.snapshotID == snapshotID
        switch entry.status {
        case .added where isOurs: break
        case .deleted where isOurs: break
        case .deleted: continue
        case .added, .existing: entry.status = .existing
        }
        entries.append(entry)
      }
    }
    let manifest = try files.write(entries, specID: bin[0].specID)
    merged[key] = manifest
    return manifest
  }
}
