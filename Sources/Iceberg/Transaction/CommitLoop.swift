import Failures
import ObjectStore

/// One commit: attempts on ever fresher metadata until one is first, or the policy gives up.
struct CommitLoop {
  private let retry: RetryPolicy
  private let clock: () -> Int64
  private let random: () -> UInt64
  private let willWriteMetadata: (String) throws -> Void
  private var table: Table
  private var producer: SnapshotProducer

  init(
    _ table: Table, retry: RetryPolicy, clock: @escaping () -> Int64, random: @escaping () -> UInt64,
    willWriteMetadata: @escaping (String) throws -> Void
  ) {
    self.table = table
    self.retry = retry
    self.clock = clock
    self.random = random
    self.willWriteMetadata = willWriteMetadata
    producer = SnapshotProducer(table.metadata, store: table.store, random: random)
  }

  mutating func run(_ decide: (TableMetadata, Int) throws -> AttemptDecision) throws -> CommitResult {
    let start = clock()
    var attempt = 1
    while true {
      do {
        table = try table.refreshed()
        return try self.attempt(attempt, decide)
      } catch let failure as Failure where failure.kind == .conflict || failure.kind == .busy {
        guard failure.isRetryable, attempt <= retry.retries, clock() - start < retry.totalMilliseconds else {
          producer.deleteAll()
          throw failure
        }
        do {
          try retry.wait(retry.pause(before: attempt, random: random))
        } catch {
          producer.deleteAll()
          throw error
        }
        attempt += 1
      } catch let failure as Failure where failure.kind == .commitStateUnknown {
        throw failure
      } catch {
        producer.deleteAll()
        throw error
      }
    }
  }

  private mutating func attempt(
    _ attempt: Int, _ decide: (TableMetadata, Int) throws -> AttemptDecision
  ) throws -> CommitResult {
    let base = table.metadata
    switch try decide(base, attempt) {
    case .abandon(let failure): throw Failure.abandoned(failure)
    case .alreadyDone(let id):
      producer.deleteAll()
      return CommitResult(table: table, snapshot: try base.snapshot(id), wasAlreadyDone: true, attempts: attempt)
    case .update(let update):
      var builder = try MetadataBuilder(base, now: clock())
      try builder.apply(update)
      let updated = try write(try builder.build(previous: table.metadataLocation))
      return CommitResult(table: updated, snapshot: nil, wasAlreadyDone: false, attempts: attempt)
    case .proceed(let change):
      return try commit(change, on: base, attempt)
    }
  }

  private mutating func commit(
    _ change: SnapshotChange, on base: TableMetadata, _ attempt: Int
  ) throws -> CommitResult {
    var builder = try MetadataBuilder(base, now: clock())
    try builder.apply(change.update)
    let parent = try builder.head(ofBranch: change.branch).flatMap { try base.snapshot($0) }
    let product = try producer.produce(
      change, on: base, parent: parent, attempt: attempt, timestamp: builder.timestampMilliseconds,
      schemaID: builder.schema.id, random: random)
    try builder.add(product.snapshot, toBranch: change.branch)
    if let retention = change.retention { try builder.retain(retention) }
    let metadata = try builder.build(previous: table.metadataLocation)
    let updated = try write(metadata)
    producer.deleteUnused(keeping: product.manifests)
    return CommitResult(table: updated, snapshot: product.snapshot, wasAlreadyDone: false, attempts: attempt)
  }

  /// Writes the metadata file and swaps the catalog's pointer. On a definite failure it is deleted: readers that list a
  /// directory would take it for the newest.
  private func write(_ metadata: TableMetadata) throws -> Table {
    let version = TableLayout.version(ofMetadataFile: table.metadataLocation) + 1
    let path = TableLayout.metadataFile(of: metadata.location, version: version, uuid: randomUUID(random))
    do {
      try willWriteMetadata(path)
      try table.store.write(metadata.bytes, to: path, mode: .createNew)
      try swap(to: metadata, at: path)
    } catch let failure as Failure where failure.kind == .commitStateUnknown {
      throw failure
    } catch {
      try? table.store.delete([path])
      throw error
    }
    let updated = Table(
      identifier: table.identifier, metadata: metadata, metadataLocation: path, store: table.store,
      catalog: table.catalog)
    updated.writeVersionHint()
    updated.deleteForgottenMetadata(of: table.metadata)
    return updated
  }

  private func swap(to metadata: TableMetadata, at path: String) throws {
    do {
      try table.catalog.commit(
        TableCommit(
          identifier: table.identifier, base: table.metadata, baseLocation: table.metadataLocation, updated: metadata,
          newLocation: path))
    } catch let failure as Failure where failure.kind == .commitStateUnknown {
      guard try CommitOutcome(table, retry: retry).happened(at: path) else { throw failure }
    }
  }
}

extension Failure {
  /// A failure with which the caller gave up: not to be taken for a lost race.
  fileprivate static func abandoned(_ failure: Failure) -> Failure {
    Failure(
      failure.kind, failure.message, context: failure.context, underlying: failure.underlying, isRetryable: false)
  }
}
