import Failures
import JSON

/// Makes the metadata of the next commit from that of the last one. Whatever is not changed is copied as bytes.
struct MetadataBuilder {
  let base: TableMetadata
  var source: MetadataSource
  private var timestamp: Int64
  private var schemas: [Schema]
  private var currentSchema: Schema
  private var lastColumnID: Int32
  private var added: Snapshot?
  /// The snapshot that will be the table's state.
  var currentID: Int64?
  /// Branches and tags as JSON.
  var refs: JSONObject

  /// A change of `base` at `now` (milliseconds); time does not go back even where clocks do.
  /// Throws `.unsupported` for a format version that is not written.
  init(_ base: TableMetadata, now: Int64) throws {
    try base.checkWritable()
    self.base = base
    source = MetadataSource(base.document.root)
    timestamp = max(now, base.lastUpdatedMilliseconds)
    schemas = base.schemas
    currentSchema = base.currentSchema
    lastColumnID = base.lastColumnID
    currentID = base.currentSnapshotID
    refs = base.document.root["refs"]?.value.object ?? JSONObject()
  }

  /// The time of the commit.
  var timestampMilliseconds: Int64 { timestamp }
  /// The schema after the changes so far.
  var schema: Schema { currentSchema }

  /// Properties and schema.
  mutating func apply(_ update: MetadataUpdate) throws {
    if !update.setProperties.isEmpty || !update.removeProperties.isEmpty { try changeProperties(update) }
    if !update.schemaChanges.isEmpty { try evolve(update.schemaChanges) }
    if !update.partitionChanges.isEmpty { try repartition(update.partitionChanges) }
    if let columns = update.sortOrder { try setSortOrder(columns) }
    if let id = update.currentSnapshotID { try rollBack(to: id) }
    for change in update.refChanges { try apply(change) }
    if !update.removedSnapshotIDs.isEmpty { try expire(update.removedSnapshotIDs) }
  }

  private mutating func changeProperties(_ update: MetadataUpdate) throws {
    try ReservedProperties.check(update.setProperties.keys)
    var properties = JSONObject()
    for (key, node) in base.document.root["properties"]?.members ?? []
    where !update.removeProperties.contains(key) && update.setProperties[key] == nil {
      properties.append(key, node.value)
    }
    for (key, value) in update.setProperties.sorted(by: { $0.key < $1.key }) { properties.append(key, .string(value)) }
    source.set("properties", .object(properties))
  }

  private mutating func evolve(_ changes: [SchemaChange]) throws {
    var evolution = SchemaEvolution(
      currentSchema, lastColumnID: lastColumnID, specs: base.partitionSpecs, sortOrder: base.defaultSortOrder)
    for change in changes { try evolution.apply(change) }
    lastColumnID = evolution.lastColumnID
    let newest = schemas.map(\.id).max() ?? -1
    guard newest < Int32.max else { throw Failure.limitExceeded("no schema id is left") }
    let evolved = try evolution.schema(id: newest + 1)
    try evolved.checkIdentifiers()
    if let same = schemas.first(where: { $0.hasSameFields(as: evolved) }) {
      currentSchema = same
    } else {
      currentSchema = evolved
      schemas.append(evolved)
      source.append(evolved.json, to: "schemas")
    }
    source.set("current-schema-id", .integer(Int64(currentSchema.id)))
    source.set("last-column-id", .integer(Int64(lastColumnID)))
  }

  /// Adds a snapshot as the newest of a branch. On `main` it becomes the table's state.
  mutating func add(_ snapshot: Snapshot, toBranch branch: String) throws {
    guard snapshot.sequenceNumber > base.lastSequenceNumber, !base.snapshotIDs.contains(snapshot.id) else {
      throw Failure.internalError("snapshot \(snapshot.id) is not newer than the table")
    }
    added = snapshot
    source.append(snapshot.json, to: "snapshots")
    source.set("last-sequence-number", .integer(snapshot.sequenceNumber))
    point(branch, to: snapshot.id)
  }

  private mutating func rollBack(to id: Int64) throws {
    guard base.snapshotIDs.contains(id) else { throw Failure.notFound("snapshot \(id) does not exist") }
    if id != base.currentSnapshotID { setCurrent(id) }
  }

  /// Removes old snapshots. Call it after `add`.
  mutating func retain(_ rule: RetainedSnapshots) throws {
    guard base.properties["gc.enabled"] != "false" else { return }
    guard base.snapshotIDs.count + (added == nil ? 0 : 1) > rule.count else { return }
    let refs = try self.refs.members.compactMap { name, json in
      try json.object.map { (name, try SnapshotRef(json: $0)) }
    }
    let current = currentID
    remove(
      try ExpiredSnapshots(base, added: added).removed(
        by: rule, current: current, refs: refs.filter { $0.0 != SnapshotRef.main }.map(\.1)))
  }

  private mutating func expire(_ ids: Set<Int64>) throws {
    guard base.properties["gc.enabled"] != "false" else {
      throw Failure.invalidArgument("snapshots of a table with gc.enabled=false are not removed")
    }
    let others = refs.members.filter { $0.key != SnapshotRef.main }.compactMap { $0.value["snapshot-id"]?.int64 }
    let referenced = others + [currentID].compactMap { $0 }
    if let id = referenced.first(where: ids.contains) {
      throw Failure.invalidArgument("snapshot \(id) is pointed to and cannot be removed")
    }
    remove(ids)
  }

  private mutating func remove(_ removed: Set<Int64>) {
    guard !removed.isEmpty else { return }
    let isRemoved = { (node: JSONNode) in node["snapshot-id"]?.int64.map(removed.contains) ?? false }
    source.filter("snapshots") { !isRemoved($0) }
    for key in ["statistics", "partition-statistics"] { source.filter(key) { !isRemoved($0) } }
    // History before a snapshot that is gone cannot be told any more.
    let log = base.document.root["snapshot-log"]?.elements ?? []
    if let last = log.lastIndex(where: isRemoved) {
      source.dropFirst(last + 1, of: "snapshot-log")
    }
  }

  /// The metadata, to be written as the successor of the file at `previous`.
  consuming func build(previous: String) throws -> TableMetadata {
    source.set("last-updated-ms", .integer(timestamp))
    let kept = source.string("properties", "write.metadata.previous-versions-max")
    source.append(
      ["timestamp-ms": .integer(base.lastUpdatedMilliseconds), "metadata-file": .string(previous)], to: "metadata-log")
    source.keepLast(max(kept.flatMap { Int($0) } ?? 100, 1), of: "metadata-log")
    return try TableMetadata(parsing: source.serialized(), location: "successor of \(previous)")
  }
}
