public import Failures

/// What a commit does to a table's files, and to its metadata at the same time.
public struct SnapshotChange {
  /// What kind of change it is.
  public var operation: SnapshotOperation
  /// Files to add, delete files too. A delete file applies to the rows of earlier commits, one of positions to this commit's as well.
  public var added: [DataFile] = []
  /// Files to remove; each must still be part of the table.
  public var removed: [LiveFile] = []
  /// Manifests of files to add that were written ahead (`Table.writeManifest`), perhaps by another process.
  public var addedManifests: [ManifestFile] = []
  /// Entries of the snapshot's summary beside those that the specification names.
  public var summary: [(String, String)] = []
  /// Properties and schema, changed by the same commit.
  public var update = MetadataUpdate()
  /// The last sequence number of the table when the rows of `removed` were read to be written again: delete files that were added since
  /// and apply to one of them would be undone, and make the commit a `.conflict` that is not tried again. Nil looks for none.
  public var rowsReadAtSequence: Int64?
  /// The branch that the snapshot is added to and whose files it changes. One that is not there yet begins at the table's state; only on
  /// `main` does the table's state change. Whatever the branch, files are written by the table's schema at present.
  public var branch = SnapshotRef.main
  /// Which snapshots the commit leaves in the metadata; nil for all.
  public var retention: RetainedSnapshots?

  /// A change without files.
  public init(_ operation: SnapshotOperation) { self.operation = operation }
}

/// What an attempt to commit is to do, decided in view of the metadata that it would replace.
public enum AttemptDecision {
  /// Make a snapshot.
  case proceed(SnapshotChange)
  /// Change the metadata without a snapshot.
  case update(MetadataUpdate)
  /// Nothing: this snapshot did it before.
  case alreadyDone(snapshotID: Int64)
  /// Nothing: the commit is given up with this failure.
  case abandon(Failure)
}

/// How a commit ended.
public struct CommitResult: Sendable {
  /// The table after it.
  public let table: Table
  /// The snapshot that was made or had been made before; nil for an update without snapshot.
  public let snapshot: Snapshot?
  /// Whether an earlier commit had done it.
  public let wasAlreadyDone: Bool
  /// How many attempts were made.
  public let attempts: Int
}

/// How often and how long a commit is tried again after it lost a race.
public struct RetryPolicy: Sendable {
  /// How many attempts follow the first.
  public var retries: Int
  /// The first pause, which doubles each time, in milliseconds.
  public var minimumWaitMilliseconds: Int64
  /// The longest pause, in milliseconds.
  public var maximumWaitMilliseconds: Int64
  /// No attempt begins this long after the first one, in milliseconds.
  public var totalMilliseconds: Int64
  /// Pauses for so many milliseconds; may throw to stop.
  public var wait: @Sendable (Int64) throws -> Void

  /// A policy; the defaults are Java's.
  public init(
    retries: Int = 4, minimumWaitMilliseconds: Int64 = 100, maximumWaitMilliseconds: Int64 = 60_000,
    totalMilliseconds: Int64 = 1_800_000, wait: @escaping @Sendable (Int64) throws -> Void = RetryPolicy.sleep
  ) {
    self.retries = retries
    self.minimumWaitMilliseconds = minimumWaitMilliseconds
    self.maximumWaitMilliseconds = maximumWaitMilliseconds
    self.totalMilliseconds = totalMilliseconds
    self.wait = wait
  }

  /// The pause before retry number `retry` (from 1), between half and the whole of the doubled time, so that two that collided do
  /// not do it again.
  func pause(before retry: Int, random: () -> UInt64) -> Int64 {
    let doubled = minimumWaitMilliseconds.multipliedReportingOverflow(by: 1 << min(retry - 1, 40))
    let full = max(min(doubled.overflow ? .max : doubled.partialValue, maximumWaitMilliseconds), 0)
    return full / 2 + Int64(random() % UInt64(full / 2 + 1))
  }
}
