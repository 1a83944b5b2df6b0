import Failures
import JSON

extension TableMetadata {
  /// The first metadata of a table. Field ids of `schema` and `spec` are taken as they are.
  ///
  /// Throws `.invalidArgument` for fields that cannot identify rows and for properties that are never stored.
  static func new(
    uuid: String, location: String, schema: Schema, spec: PartitionSpec, sortOrder: SortOrder,
    properties: [String: String], now: Int64
  ) throws -> TableMetadata {
    try schema.checkIdentifiers()
    try ReservedProperties.check(properties.keys.sorted())
    let orders = sortOrder.fields.isEmpty ? [SortOrder.unsorted] : [.unsorted, sortOrder]
    let json = JSONValue.object(
      JSONObject([
        ("format-version", 2), ("table-uuid", .string(uuid)),
        ("location", .string(MetadataParts.withoutSlash(location))),
        ("last-sequence-number", 0), ("last-updated-ms", .integer(now)),
        ("last-column-id", .integer(Int64(schema.highestFieldID))),
        ("current-schema-id", .integer(Int64(schema.id))), ("schemas", [schema.json]),
        ("default-spec-id", .integer(Int64(spec.id))), ("partition-specs", [spec.json]),
        ("last-partition-id", .integer(Int64(spec.lastFieldID))),
        ("default-sort-order-id", .integer(Int64(sortOrder.id))), ("sort-orders", .array(orders.map(\.json))),
        (
          "properties",
          .object(JSONObject(properties.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
        ),
        // Trino 406 cannot read a table without this member.
        ("current-snapshot-id", -1), ("refs", [:]), ("snapshots", []), ("statistics", []),
        ("partition-statistics", []), ("snapshot-log", []), ("metadata-log", []),
      ]))
    return try TableMetadata(parsing: json.serialized(), location: location)
  }
}
