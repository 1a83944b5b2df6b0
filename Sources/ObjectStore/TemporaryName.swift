internal import Glibc
internal import Synchronization

/// Names of files that are being written. A crash leaves them behind, and the name says so.
enum TemporaryName {
  private static let prefix = ".wikiguard-tmp-"
  private static let counter = Atomic<Int>(0)

  /// A name that no other writer of this process uses. Creating it must be exclusive all the same: process ids come again.
  static func next() -> String {
    let number = counter.add(1, ordering: .relaxed).newValue
    return "\(prefix)\(getpid())-\(number)"
  }

  /// Whether a file is such a leftover, or still being written.
  static func matches(_ name: some StringProtocol) -> Bool { name.utf8.starts(with: prefix.utf8) }
}
