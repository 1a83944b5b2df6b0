import Avro
import Failures
import ObjectStore

/// The manifests and manifest lists of one table's metadata.
struct ManifestStore {
  private let metadata: TableMetadata
  private let store: any ObjectStore

  init(_ metadata: TableMetadata, _ store: any ObjectStore) {
    self.metadata = metadata
    self.store = store
  }
}
