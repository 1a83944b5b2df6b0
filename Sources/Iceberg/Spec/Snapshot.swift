/// The state of a table at one time (specification, "Snapshots": <https://iceberg.apache.org/spec/#snapshots>).
public struct Snapshot: Sendable, Hashable {
  /// A random positive number.
  public let id: Int64
  /// The snapshot it was made from, nil for the first.
  public let parentID: Int64?
  /// The place of its commit in the table's history, 0 for a snapshot of format version 1.
  public let sequenceNumber: Int64
  /// When it was made, in milliseconds since 1970-01-01 UTC.
  public let timestampMilliseconds: Int64
  /// Where its manifest list lies.
  public let manifestList: String
  /// What it did.
  public let summary: SnapshotSummary
  /// The schema that was current then.
  public let schemaID: Int32?

  /// A snapshot.
  public init(
    id: Int64, parentID: Int64?, sequenceNumber: Int64, timestampMilliseconds: Int64, manifestList: String,
    summary: SnapshotSummary, schemaID: Int32?
  ) {
    self.id = id
    self.parentID = parentID
    self.sequenceNumber = sequenceNumber
    self.timestampMilliseconds = timestampMilliseconds
    self.manifestList = manifestList
    self.summary = summary
    self.schemaID = schemaID
  }

  /// What kind of change it was; nil where the summary does not say.
  public var operation: SnapshotOperation? { summary["operation"].flatMap(SnapshotOperation.init(rawValue:)) }
}

/// What kind of change a snapshot is.
public enum SnapshotOperation: String, Sendable, CaseIterable {
  /// Only data files were added.
  case append
  /// Files were replaced without changing rows.
  case replace
  /// Rows were added and removed.
  case overwrite
  /// Only rows were removed.
  case delete
}

/// The summary of a snapshot: strings under string keys, in the order in which they were written.
public struct SnapshotSummary: Sendable, Hashable {
  /// Keys and values in order; no key occurs twice.
  public private(set) var entries: [Entry]

  /// One key and its value.
  public struct Entry: Sendable, Hashable {
    /// The key.
    public let key: String
    /// The value.
    public let value: String
  }

  /// A summary of `pairs`; of equal keys the last counts.
  public init(_ pairs: [(String, String)] = []) {
    entries = []
    for (key, value) in pairs { self[key] = value }
  }

  /// The value under `key`; nil removes it.
  public subscript(key: String) -> String? {
    get { entries.first { $0.key == key }?.value }
    set {
      let position = entries.firstIndex { $0.key == key }
      switch (position, newValue) {
      case (let position?, let value?): entries[position] = Entry(key: key, value: value)
      case (let position?, nil): entries.remove(at: position)
      case (nil, let value?): entries.append(Entry(key: key, value: value))
      case (nil, nil): break
      }
    }
  }
}

/// A named pointer to a snapshot.
public struct SnapshotRef: Sendable, Hashable {
  /// The name of the branch that is the table's state.
  public static let main = "main"

  /// Branch or tag.
  public enum Kind: String, Sendable { case branch, tag }

  /// The snapshot it points to.
  public var snapshotID: Int64
  /// Branch or tag.
  public var kind: Kind
  /// For a branch: how many of its snapshots are kept at least.
  public var minSnapshotsToKeep: Int?
  /// For a branch: how long its snapshots are kept, in milliseconds.
  public var maxSnapshotAgeMilliseconds: Int64?
  /// How long the ref itself is kept, in milliseconds.
  public var maxRefAgeMilliseconds: Int64?

  /// A ref.
  public init(
    snapshotID: Int64, kind: Kind = .branch, minSnapshotsToKeep: Int? = nil, maxSnapshotAgeMilliseconds: Int64? = nil,
    maxRefAgeMilliseconds: Int64? = nil
  ) {
    self.snapshotID = snapshotID
    self.kind = kind
    self.minSnapshotsToKeep = minSnapshotsToKeep
    self.maxSnapshotAgeMilliseconds = maxSnapshotAgeMilliseconds
    self.maxRefAgeMilliseconds = maxRefAgeMilliseconds
  }
}
