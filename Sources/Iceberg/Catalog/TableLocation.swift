import Failures
import ObjectStore

/// The directory of a table to be created.
struct TableLocation {
  private let location: String
  private let store: any ObjectStore

  init(_ location: String, _ store: any ObjectStore) {
    self.location = location
    self.store = store
  }

  /// Throws `.configuration` when the directory holds a table with snapshots: the catalog has lost it, and a second table in its place
  /// would mix with it. First metadata without a snapshot is what a creator leaves that was killed, and no loss.
  func checkUnused() throws {
    let files = try store.list(prefix: location + "/metadata/").map(\.location)
      .filter { $0.hasSuffix(".metadata.json") || $0.hasSuffix(".metadata.json.gz") }
    for file in files where try !isAbandonedCreation(file) {
      throw Failure.configuration(
        "\(location) holds a table that the catalog does not know (\(file)); `catalog rebuild` enters it again")
    }
  }

  private func isAbandonedCreation(_ file: String) throws -> Bool {
    guard TableLayout.version(ofMetadataFile: file) == 0 else { return false }
    guard let metadata = try? TableMetadata(parsing: store.read(file), location: file) else { return false }
    return metadata.snapshotIDs.isEmpty
  }
}
