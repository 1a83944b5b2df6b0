import CommandLine
import Configuration
import EventLog
import Failures
import Hashing
import Iceberg
import JobState
import ObjectStore
public import Runner

/// Composes the adapters that the environment names.
public struct WorkspaceOpening {
  private let session: Session
  private let deadline: Double?

  /// An opening. `deadline`: when the time is up, in seconds of the monotonic clock; nil for never.
  public init(session: Session, deadline: Double? = nil) {
    self.session = session
    self.deadline = deadline
  }

  /// The workspace of a home that is there.
  ///
  /// Throws `.configuration` for a home that is not: a wrong working directory under cron must not start an empty second pipeline.
  public func open() throws -> Workspace {
    let log = try session.path(session.configuration.environment.log.embeddedPath)
    guard FileWriting.folderExists(session.home.path), FileWriting.folderExists(log) else {
      throw Failure.configuration(
        "no home at \(session.home.path) (\(session.home.origin)); `wikiguard-job init` or `wikiguard-ingest` makes it")
    }
    return try workspace(EmbeddedEventLog.open(directory: log))
  }

  /// The workspace of a home that is made where it is missing.
  public func create() throws -> Workspace {
    let environment = session.configuration.environment
    let log = try session.path(environment.log.embeddedPath)
    for path in [session.home.path, log, try session.path(environment.warehouse)] { try FileWriting.makeFolder(path) }
    let id = UUID(randomHigh: Host.random(), randomLow: Host.random()).description
    return try workspace(EmbeddedEventLog.create(directory: log, id: id, options: session.logOptions))
  }

  private func workspace(_ log: EmbeddedEventLog) throws -> Workspace {
    let environment = session.configuration.environment
    let locks = try session.path(environment.locks)
    try FileWriting.makeFolder(locks)
    let clock = session.host.clock
    let store = LocalObjectStore()
    let warehouse = environment.warehouse.uri(in: session.home)
    let deadline = deadline
    return Workspace(
      catalog: try SQLCatalog(
        path: session.path(environment.catalog.sqlPath), name: environment.catalog.name, warehouse: warehouse,
        store: store,
        clock: { clock() / 1000 }, random: Host.random),
      namespace: environment.catalog.namespace, warehouse: warehouse, store: store, eventLog: log,
      state: try SQLiteJobState(path: session.path(environment.state), locksDirectory: locks), clock: clock,
      random: Host.random,
      isStopping: { StopSignal.wasRaised() || deadline.map { Host.monotonicSeconds() > $0 } ?? false },
      log: session.logger, snapshotsKept: session.configuration.maintain.snapshotsKept)
  }
}
