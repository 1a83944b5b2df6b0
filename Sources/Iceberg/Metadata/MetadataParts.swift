import Failures
import JSON

/// The members of a metadata file, read and checked (specification, "Table Metadata Fields"). What Java checks when it loads a table
/// is checked here, since metadata that Java refuses is lost to half of all readers.
struct MetadataParts {
  let formatVersion: Int
  let tableUUID: String
  let location: String
  let lastSequenceNumber: Int64
  let lastUpdatedMilliseconds: Int64
  let lastColumnID: Int32
  let schemas: [Schema]
  let currentSchema: Schema
  let partitionSpecs: [PartitionSpec]
  let defaultSpec: PartitionSpec
  let lastPartitionID: Int32
  let sortOrders: [SortOrder]
  let defaultSortOrder: SortOrder
  let properties: [String: String]
  let currentSnapshotID: Int64?
  let refs: [String: SnapshotRef]
  let snapshotIDs: [Int64]
  let snapshotNodes: [JSONNode]

  init(_ root: JSONNode) throws {
    guard root.isObject else { throw Failure.malformedInput("table metadata is no object") }
    formatVersion = try Self.supportedVersion(root)
    tableUUID = try Self.string(root, "table-uuid", orForVersionOne: "", version: formatVersion)
    location = Self.withoutSlash(try Self.string(root, "location", version: formatVersion))
    lastSequenceNumber = try Self.integer(root, "last-sequence-number", orForVersionOne: 0, version: formatVersion)
    lastUpdatedMilliseconds = try Self.integer(root, "last-updated-ms", version: formatVersion)
    lastColumnID = Int32(clamping: try Self.integer(root, "last-column-id", version: formatVersion))
    (schemas, currentSchema) = try Self.schemas(root)
    (partitionSpecs, defaultSpec) = try Self.specs(root)
    lastPartitionID =
      root["last-partition-id"]?.int64.map { Int32(clamping: $0) }
      ?? partitionSpecs.map(\.lastFieldID).max() ?? PartitionSpec.firstFieldID - 1
    (sortOrders, defaultSortOrder) = try Self.sortOrders(root)
    properties = try Self.properties(root)
    snapshotNodes = root["snapshots"]?.elements ?? []
    snapshotIDs = try Self.snapshotIDs(snapshotNodes, last: lastSequenceNumber)
    let current = root["current-snapshot-id"]?.int64
    currentSnapshotID = current == -1 ? nil : current
    refs = try Self.refs(root, current: currentSnapshotID)
    try checkReferences()
  }

  private func checkReferences() throws {
    for schema in schemas where schema.highestFieldID > lastColumnID {
      throw Failure.malformedInput("schema \(schema.id) has field id \(schema.highestFieldID) above last-column-id")
    }
    if let id = currentSnapshotID, !snapshotIDs.contains(id) {
      throw Failure.malformedInput("current-snapshot-id \(id) is not among the snapshots")
    }
    for (name, ref) in refs where !snapshotIDs.contains(ref.snapshotID) {
      throw Failure.malformedInput("ref \(name) points to snapshot \(ref.snapshotID), which is not there")
    }
    guard let main = refs[SnapshotRef.main] else { return }
    guard main.kind == .branch else { throw Failure.malformedInput("ref main is no branch") }
    guard main.snapshotID == currentSnapshotID else {
      throw Failure.malformedInput("ref main is not the current snapshot")
    }
  }

  private static func supportedVersion(_ root: JSONNode) throws -> Int {
    guard let version = root["format-version"]?.int64 else {
      throw Failure.malformedInput("table metadata has no format-version")
    }
    guard version == 1 || version == 2 else {
      throw Failure.unsupported(
        "format-version \(version) of the table; versions 1 and 2 are read, version 2 is written")
    }
    return Int(version)
  }

  static func withoutSlash(_ location: String) -> String {
    var location = location[...]
    while location.hasSuffix("/"), !location.hasSuffix("//") { location = location.dropLast() }
    return String(location)
  }

  private static func string(
    _ root: JSONNode, _ key: String, orForVersionOne fallback: String? = nil, version: Int
  ) throws -> String {
    if let text = root[key]?.string { return text }
    if version == 1, root[key] == nil, let fallback { return fallback }
    throw Failure.malformedInput("table metadata: \(key) is missing or no string")
  }

  private static func integer(
    _ root: JSONNode, _ key: String, orForVersionOne fallback: Int64? = nil, version: Int
  ) throws -> Int64 {
    if let number = root[key]?.int64 { return number }
    if version == 1, root[key] == nil, let fallback { return fallback }
    throw Failure.malformedInput("table metadata: \(key) is missing or no integer")
  }

  private static func objects(_ root: JSONNode, _ key: String) throws -> [JSONObject]? {
    guard let node = root[key], !node.isNull else { return nil }
    guard node.isArray else { throw Failure.malformedInput("table metadata: \(key) is no array") }
    return try node.elements.map { element in
      guard let object = element.value.object else {
        throw Failure.malformedInput("table metadata: \(key) holds no objects")
      }
      return object
    }
  }

  private static func schemas(_ root: JSONNode) throws -> ([Schema], Schema) {
    guard let objects = try objects(root, "schemas"), !objects.isEmpty else {
      guard let only = root["schema"]?.value.object else {
        throw Failure.malformedInput("table metadata has no schemas")
      }
      let schema = try Schema(json: only)
      return ([schema], schema)
    }
    let schemas = try objects.map { try Schema(json: $0) }
    let current = root["current-schema-id"]?.int64 ?? 0
    guard let schema = schemas.first(where: { Int64($0.id) == current }) else {
      throw Failure.malformedInput("current-schema-id \(current) is not among the schemas")
    }
    return (schemas, schema)
  }

  private static func specs(_ root: JSONNode) throws -> ([PartitionSpec], PartitionSpec) {
    guard let objects = try objects(root, "partition-specs"), !objects.isEmpty else {
      let fields = root["partition-spec"]?.elements.map(\.value)
      guard let fields else { throw Failure.malformedInput("table metadata has no partition-specs") }
      let spec = try PartitionSpec(id: 0, fieldsJSON: fields)
      return ([spec], spec)
    }
    let specs = try objects.map { try PartitionSpec(json: $0) }
    let current = root["default-spec-id"]?.int64 ?? 0
    guard let spec = specs.first(where: { Int64($0.id) == current }) else {
      throw Failure.malformedInput("default-spec-id \(current) is not among the partition specs")
    }
    return (specs, spec)
  }

  private static func sortOrders(_ root: JSONNode) throws -> ([SortOrder], SortOrder) {
    let orders = try (objects(root, "sort-orders") ?? []).map { try SortOrder(json: $0) }
    let current = root["default-sort-order-id"]?.int64 ?? 0
    if let order = orders.first(where: { Int64($0.id) == current }) { return (orders, order) }
    guard current == 0 else {
      throw Failure.malformedInput("default-sort-order-id \(current) is not among the sort orders")
    }
    return (orders, .unsorted)
  }

  private static func properties(_ root: JSONNode) throws -> [String: String] {
    var properties: [String: String] = [:]
    for (key, node) in root["properties"]?.members ?? [] {
      guard let value = node.string else { throw Failure.malformedInput("table property \(key) is no string") }
      properties[key] = value
    }
    return properties
  }

  /// Looks at no more of a snapshot than its numbers: parsing is left until somebody asks for it.
  private static func snapshotIDs(_ nodes: [JSONNode], last: Int64) throws -> [Int64] {
    try nodes.map { node in
      guard let id = node["snapshot-id"]?.int64 else { throw Failure.malformedInput("a snapshot has no snapshot-id") }
      guard node["sequence-number"]?.int64 ?? 0 <= last else {
        throw Failure.malformedInput("snapshot \(id) has a sequence number above last-sequence-number \(last)")
      }
      return id
    }
  }

  private static func refs(_ root: JSONNode, current: Int64?) throws -> [String: SnapshotRef] {
    var refs: [String: SnapshotRef] = [:]
    for (name, node) in root["refs"]?.members ?? [] {
      guard let object = node.value.object else { throw Failure.malformedInput("ref \(name) is no object") }
      refs[name] = try within("ref \(name)") { try SnapshotRef(json: object) }
    }
    if let current, refs[SnapshotRef.main] == nil { refs[SnapshotRef.main] = SnapshotRef(snapshotID: current) }
    return refs
  }
}
