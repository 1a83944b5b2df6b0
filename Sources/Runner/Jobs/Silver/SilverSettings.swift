public import Iceberg
public import Quality
public import RecentChange

/// What Silver is told by its configuration.
public struct SilverSettings: Sendable {
  /// At most so many Bronze rows a batch.
  public var rowLimit: Int
  /// At most about so many bytes of Bronze data files a batch.
  public var byteLimit: Int
  /// An edit that changes more bytes than this is large.
  public var largeEditBytes: Int
  /// Attempts before a range is halved.
  public var attempts: Int
  /// The watch list.
  public var allowlist: Allowlist
  /// How data files are written.
  public var files: DataFileOptions
  /// The row checks at a clock (microseconds), by which times are judged.
  public var checks: @Sendable (_ clock: Int64) throws -> RowChecks
  /// The batch checks at a clock (microseconds).
  public var batchChecks: @Sendable (_ clock: Int64) throws -> BatchChecks
  /// How many threads parse.
  public var threads: Int

  /// Settings.
  public init(
    rowLimit: Int, byteLimit: Int, allowlist: Allowlist, files: DataFileOptions,
    checks: @escaping @Sendable (_ clock: Int64) throws -> RowChecks,
    batchChecks: @escaping @Sendable (_ clock: Int64) throws -> BatchChecks = { _ in .silver },
    largeEditBytes: Int = 10_240, attempts: Int = 3, threads: Int
  ) {
    self.rowLimit = rowLimit
    self.byteLimit = byteLimit
    self.allowlist = allowlist
    self.files = files
    self.checks = checks
    self.batchChecks = batchChecks
    self.largeEditBytes = largeEditBytes
    self.attempts = attempts
    self.threads = threads
  }
}
