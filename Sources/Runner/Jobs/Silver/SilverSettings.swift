public import Iceberg
public import Quality
public import RecentChange

/// What Silver is told by its configuration.
public struct SilverSettings: Sendable {
  /// At most so many Bronze rows a batch.
  public var rowLimit: Int
  /// At most about so many bytes of Bronze data files a batch.
  public var byteLimit: Int
  /// The watch list.
  public var allowlist: Allowlist
  /// How data files are written.
  public var files: DataFileOptions
  /// The row checks at a clock (microseconds), by which times are judged.
  public var checks: @Sendable (_ clock: Int64) throws -> RowChecks
  /// How many threads parse.
  public var threads: Int

  /// Settings.
  public init(
    rowLimit: Int, byteLimit: Int, allowlist: Allowlist, files: DataFileOptions,
    checks: @escaping @Sendable (_ clock: Int64) throws -> RowChecks,
    threads: Int
  ) {
    self.rowLimit = rowLimit
    self.byteLimit = byteLimit
    self.allowlist = allowlist
    self.files = files
    self.checks = checks
    self.threads = threads
  }
}
