import Dispatch
import Synchronization

extension ManifestStore {
  /// So many manifests are fetched and decoded at once, and so many are held.
  private static let width = 8

  /// Calls `body` with the entries of each manifest in order. Several are read at once.
  func forEach(
    _ manifests: [ManifestFile], _ body: (ManifestFile, [ManifestEntry]) throws -> Void
  ) throws {
    for start in stride(from: 0, to: manifests.count, by: Self.width) {
      let group = Array(manifests[start..<min(start + Self.width, manifests.count)])
      for (manifest, entries) in zip(group, concurrentEntries(of: group)) {
        try body(manifest, try entries.get())
      }
    }
  }

  private func concurrentEntries(of manifests: [ManifestFile]) -> [Result<[ManifestEntry], any Error>] {
    if manifests.count == 1 { return [Result { try entries(of: manifests[0]) }] }
    let results = Mutex([Result<[ManifestEntry], any Error>](repeating: .success([]), count: manifests.count))
    DispatchQueue.concurrentPerform(iterations: manifests.count) { position in
      let result = Result { try entries(of: manifests[position]) }
      results.withLock { $0[position] = result }
    }
    return results.withLock { $0 }
  }
}
