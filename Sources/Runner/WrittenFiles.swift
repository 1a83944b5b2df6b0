import ObjectStore
import Synchronization

/// The files that an execution has written and that no plan names yet: deleted when it fails, so that a full disk does not fill
/// further with every attempt.
final class WrittenFiles: Sendable {
  private let paths = Mutex<[String]>([])

  /// Remembers files.
  func add(_ more: [String]) { paths.withLock { $0 += more } }

  /// Forgets them: they are recorded as prepared.
  func keep() { paths.withLock { $0 = [] } }

  /// Deletes them, as far as that is possible now.
  func discard(from store: any ObjectStore) {
    let all = paths.withLock { paths in
      defer { paths = [] }
      return paths
    }
    try? store.delete(all)
  }
}
