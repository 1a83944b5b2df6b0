/// Groups manifests to be merged, as Java's `ManifestMergeManager` does.
struct ManifestBinPacking {
  /// Bins are filled up to this many bytes.
  let targetBytes: Int64

  /// Packs from the end, so that old manifests do not get new entries, and never out of order: a bin is closed as soon as something
  /// does not fit (look-back 1).
  func packFromEnd(_ manifests: [ManifestFile]) -> [[ManifestFile]] {
    var bins: [[ManifestFile]] = []
    var bin: [ManifestFile] = []
    var bytes: Int64 = 0
    for manifest in manifests.reversed() {
      let length = min(max(manifest.length, 0), targetBytes)
      if !bin.isEmpty && bytes > targetBytes - length {
        bins.append(bin.reversed())
        bin = []
        bytes = 0
      }
      bin.append(manifest)
      bytes += length
    }
    if !bin.isEmpty { bins.append(bin.reversed()) }
    return bins.reversed()
  }
}
