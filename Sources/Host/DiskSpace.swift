import Glibc

/// The room on a disk.
public struct DiskSpace: Sendable, Hashable {
  /// Bytes that a process without privileges may still write.
  public let free: UInt64
  /// All bytes.
  public let total: UInt64

  /// The disk that holds `path`; nil when it cannot be asked.
  public init?(at path: String) {
    var status = statvfs()
    guard statvfs(path, &status) == 0, status.f_blocks > 0 else { return nil }
    free = UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize)).partialValue
    total = UInt64(status.f_blocks).multipliedReportingOverflow(by: UInt64(status.f_frsize)).partialValue
  }
}
