/// How a database is opened.
public struct OpenOptions: Sendable, Hashable {
  /// What may be done with the file.
  public enum Access: Sendable, Hashable {
    /// Read; a missing file is an error.
    case readOnly
    /// Read and write; a missing file is an error.
    case readWrite
    /// Read and write; a missing file is created.
    case create
  }

  /// What survives a power failure. A killed process loses nothing either way.
  public enum Synchronous: String, Sendable, Hashable {
    /// What was committed is on the disk.
    case full = "FULL"
    /// The newest commits may be gone; the file stays whole.
    case normal = "NORMAL"
    /// Anything may happen: for databases in memory and scratch files.
    case off = "OFF"
  }

  /// What may be done with the file.
  public var access: Access
  /// How long a statement waits for another connection's lock, in milliseconds.
  public var busyTimeoutMilliseconds: Int32
  /// Whether the journal is a write-ahead log, which lets readers go on while one writes. Not on a network file system.
  public var usesWriteAheadLog: Bool
  /// What survives a power failure.
  public var synchronous: Synchronous
  /// The page size of a file that is created, a power of two in 512...65536; nil for SQLite's default.
  public var pageBytes: Int32?
  /// After how many pages in the write-ahead log a commit copies them into the file; nil for SQLite's default (1000).
  public var checkpointPages: Int32?

  /// Options; the defaults are those of a small durable file shared by a few processes.
  public init(
    access: Access = .create, busyTimeoutMilliseconds: Int32 = 10_000, usesWriteAheadLog: Bool = true,
    synchronous: Synchronous = .full, pageBytes: Int32? = nil, checkpointPages: Int32? = nil
  ) {
    self.access = access
    self.busyTimeoutMilliseconds = busyTimeoutMilliseconds
    self.usesWriteAheadLog = usesWriteAheadLog
    self.synchronous = synchronous
    self.pageBytes = pageBytes
    self.checkpointPages = checkpointPages
  }

  /// A reader beside a writer.
  public static let reader = OpenOptions(access: .readOnly)
}
