public import EventLog
public import Iceberg
public import JobState
public import Log
public import ObjectStore
import Pipeline

/// Everything outside that a run touches, handed in by the executable: nothing below it reads the clock, the environment or a
/// random source.
public struct Workspace: Sendable {
  /// The catalog of the tables.
  public let catalog: any Catalog
  /// The namespace of the tables.
  public let namespace: String
  /// Where the tables lie: a URI without a trailing slash.
  public let warehouse: String
  /// Where data and metadata files are.
  public let store: any ObjectStore
  /// The log that Bronze reads.
  public let eventLog: any EventLogReader
  /// What the jobs remember.
  public let state: any JobState
  /// Now, in microseconds since 1970-01-01 UTC.
  public let clock: @Sendable () -> Int64
  /// 64 random bits.
  public let random: @Sendable () -> UInt64
  /// Whether the process was asked to stop, or its time is up.
  public let isStopping: @Sendable () -> Bool
  /// Where to report what happens.
  public let log: Logger
  /// The newest snapshots that each commit keeps.
  public let snapshotsKept: Int
  /// What the execution under way has written.
  let written = WrittenFiles()

  /// A workspace.
  public init(
    catalog: any Catalog, namespace: String, warehouse: String, store: any ObjectStore, eventLog: any EventLogReader,
    state: any JobState, clock: @escaping @Sendable () -> Int64, random: @escaping @Sendable () -> UInt64,
    isStopping: @escaping @Sendable () -> Bool, log: Logger, snapshotsKept: Int = 50
  ) {
    self.catalog = catalog
    self.namespace = namespace
    self.warehouse = warehouse
    self.store = store
    self.eventLog = eventLog
    self.state = state
    self.clock = clock
    self.random = random
    self.isStopping = isStopping
    self.log = log
    self.snapshotsKept = snapshotsKept
  }
}

extension Workspace {
  /// Creates every table that is missing.
  public func createTables() throws {
    try catalog.createNamespace([namespace])
    var tables = TableSet(self)
    for definition in Tables.all { _ = try tables.owned(definition) }
  }
}
