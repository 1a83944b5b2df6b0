import Failures
import Hashing
import ObjectStore

/// The manifests that one commit reads and writes, over all its attempts.
struct ManifestWriting {
  private let store: any ObjectStore
  private let commitID: UUID
  private var metadata: TableMetadata
  private var reader: ManifestStore
  /// The locations of all manifests written so far.
  private(set) var written: [String] = []

  init(_ metadata: TableMetadata, store: any ObjectStore, commitID: UUID) {
    self.metadata = metadata
    self.store = store
    self.commitID = commitID
    reader = ManifestStore(metadata, store)
  }

  /// Goes on with newer metadata.
  mutating func rebase(on metadata: TableMetadata) {
    self.metadata = metadata
    reader = ManifestStore(metadata, store)
  }

  func manifests(of snapshot: Snapshot?) throws -> [ManifestFile] { try reader.manifests(of: snapshot) }

  func entries(of manifest: ManifestFile) throws -> [ManifestEntry] { try reader.entries(of: manifest) }

  /// What partition values a manifest holds, in the order of its spec; nil where nothing is known.
  func partitionRanges(of manifest: ManifestFile) -> [ValueRange]? { reader.partitionRanges(of: manifest) }

  /// Writes the entries as the commit's next manifest.
  mutating func write(
    _ entries: [ManifestEntry], specID: Int32, content: ManifestFile.Content = .data
  ) throws -> ManifestFile {
    let path = TableLayout.manifest(of: metadata.location, commit: commitID.description, number: written.count)
    written.append(path)  // first, so that it is deleted even when the write is only told to have failed
    return try reader.write(entries, specID: specID, content: content, to: path, sync: commitID.bytes)
  }

  /// Deletes the manifests written so far but those in `kept`. What cannot be deleted is left to orphan removal.
  mutating func deleteWritten(keeping kept: [ManifestFile] = []) {
    let paths = Set(kept.map(\.path))
    let unused = written.filter { !paths.contains($0) }
    try? store.delete(unused)
    written = written.filter { paths.contains($0) }
  }
}
