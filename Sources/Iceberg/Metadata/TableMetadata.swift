import Failures
import JSON

/// The state of a table: schemas, partition specs, snapshots and properties (specification, "Table Metadata":
/// <https://iceberg.apache.org/spec/#table-metadata-fields>).
///
/// Made only from the bytes of a metadata file, whose source it keeps: a commit copies what it does not change as it was written,
/// members that this version does not know included, and snapshots are parsed only when they are asked for.
public struct TableMetadata: Sendable {
  /// 1 or 2. Version 1 is read, not written.
  public let formatVersion: Int
  /// The table's UUID, which no commit changes.
  public let tableUUID: String
  /// The table's directory, without a slash at its end.
  public let location: String
  /// The sequence number of the newest commit.
  public let lastSequenceNumber: Int64
  /// When the metadata was written, in milliseconds since 1970-01-01 UTC.
  public let lastUpdatedMilliseconds: Int64
  /// The largest field id ever given out.
  public let lastColumnID: Int32
  /// All schemas.
  public let schemas: [Schema]
  /// The schema at present.
  public let currentSchema: Schema
  /// All partition specs.
  public let partitionSpecs: [PartitionSpec]
  /// The spec that writers use.
  public let defaultSpec: PartitionSpec
  /// The largest partition field id ever given out.
  public let lastPartitionID: Int32
  /// All sort orders.
  public let sortOrders: [SortOrder]
  /// The order that writers sort by.
  public let defaultSortOrder: SortOrder
  /// The table's properties.
  public let properties: [String: String]
  /// The snapshot that is the table's state, nil for a table without one.
  public let currentSnapshotID: Int64?
  /// Branches and tags; `main` is the current snapshot.
  public let refs: [String: SnapshotRef]
  /// The ids of all snapshots, in the order of the file.
  public let snapshotIDs: [Int64]
  /// The parsed source.
  let document: JSONDocument
  let snapshotNodes: [JSONNode]

  init(document: JSONDocument, parts: MetadataParts) {
    self.document = document
    formatVersion = parts.formatVersion
    tableUUID = parts.tableUUID
    location = parts.location
    lastSequenceNumber = parts.lastSequenceNumber
    lastUpdatedMilliseconds = parts.lastUpdatedMilliseconds
    lastColumnID = parts.lastColumnID
    schemas = parts.schemas
    currentSchema = parts.currentSchema
    partitionSpecs = parts.partitionSpecs
    defaultSpec = parts.defaultSpec
    lastPartitionID = parts.lastPartitionID
    sortOrders = parts.sortOrders
    defaultSortOrder = parts.defaultSortOrder
    properties = parts.properties
    currentSnapshotID = parts.currentSnapshotID
    refs = parts.refs
    snapshotIDs = parts.snapshotIDs
    snapshotNodes = parts.snapshotNodes
  }

  /// Throws `.unsupported` for a format version that is read and not written.
  func checkWritable() throws {
    guard formatVersion == 2 else {
      throw Failure.unsupported("format-version \(formatVersion) of the table is read, not written; version 2 is")
    }
  }

  /// The metadata as it is in the file.
  package var bytes: [UInt8] { document.bytes }

  /// The schema with `id`, nil where there is none.
  public func schema(_ id: Int32) -> Schema? { schemas.first { $0.id == id } }

  /// The partition spec with `id`, nil where there is none.
  public func partitionSpec(_ id: Int32) -> PartitionSpec? { partitionSpecs.first { $0.id == id } }

  /// The types of a spec's values. A column that was dropped is looked for in older schemas.
  public func partitionTypes(of spec: PartitionSpec) -> [PrimitiveType?] {
    spec.resultTypes(in: [currentSchema] + schemas.reversed())
  }
}

extension TableMetadata {
  /// The snapshot with `id`, nil where it is not there (any more).
  public func snapshot(_ id: Int64) throws -> Snapshot? {
    guard let position = snapshotIDs.lastIndex(of: id) else { return nil }
    return try Snapshot(json: snapshotNodes[position])
  }

  /// The table's state, nil for a table without snapshot.
  public func currentSnapshot() throws -> Snapshot? {
    guard let currentSnapshotID else { return nil }
    return try snapshot(currentSnapshotID)
  }

  /// All snapshots in the order of the file, those of other branches and abandoned ones included.
  public func allSnapshots() throws -> [Snapshot] { try snapshotNodes.map { try Snapshot(json: $0) } }

  /// The snapshot with `id` and its ancestors, newest first.
  public func ancestors(of id: Int64?) -> SnapshotAncestry { SnapshotAncestry(metadata: self, next: id) }

  /// The newest snapshot of the current ancestry for which `isWanted` is true.
  public func newestSnapshot(where isWanted: (Snapshot) throws -> Bool) throws -> Snapshot? {
    var ancestry = ancestors(of: currentSnapshotID)
    while let snapshot = try ancestry.next() {
      if try isWanted(snapshot) { return snapshot }
    }
    return nil
  }

  /// The schema of a snapshot; the current one where the snapshot does not say.
  public func schema(of snapshot: Snapshot) -> Schema {
    snapshot.schemaID.flatMap { schema($0) } ?? currentSchema
  }
}

/// A snapshot and its ancestors, newest first, each parsed when it is reached.
public struct SnapshotAncestry {
  private let metadata: TableMetadata
  private var nextID: Int64?
  private var remaining: Int
  /// True once the walk ended at a snapshot whose parent has been removed. PyIceberg makes the youngest left an orphan when it expires
  /// snapshots: a first snapshot that is not the first of its table says so by its sequence number.
  public private(set) var wasCut = false

  init(metadata: TableMetadata, next: Int64?) {
    self.metadata = metadata
    nextID = next
    remaining = metadata.snapshotIDs.count
  }

  /// The next older snapshot, nil at the end. Throws `.malformedInput` when snapshots are each other's ancestors.
  public mutating func next() throws -> Snapshot? {
    guard let id = nextID else { return nil }
    guard let snapshot = try metadata.snapshot(id) else {
      wasCut = true
      nextID = nil
      return nil
    }
    guard remaining > 0 else { throw Failure.malformedInput("snapshot \(id) is its own ancestor") }
    remaining -= 1
    nextID = snapshot.parentID
    wasCut = nextID == nil && snapshot.sequenceNumber > 1
    return snapshot
  }
}
