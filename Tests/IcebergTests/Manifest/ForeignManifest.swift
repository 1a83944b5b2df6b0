import Avro
import Iceberg
import JSON

/// Manifests laid out otherwise than ours: other order, other names, other Avro types of partition values.
enum ForeignManifest {
  /// A partition field as some other writer declares it, and its value.
  struct Field {
    let id: Int32
    let type: JSONValue
    let value: AvroValue
  }

  /// A manifest of one added file whose partition has these fields.
  static func bytes(_ fields: [Field], metadata: [(key: String, value: [UInt8])] = []) throws -> [UInt8] {
    let partition: JSONValue = [
      "type": "record", "name": "any",
      "fields": .array(
        fields.enumerated().map { position, field in
          ["name": .string("f\(position)"), "type": field.type, "field-id": .integer(Int64(field.id))]
        }),
    ]
    let schema = try AvroSchema([
      "type": "record", "name": "something",
      "fields": [
        ["name": "unknown", "type": ["type": "array", "items": "string"], "field-id": 142],
        ["name": "file", "type": dataFile(partition), "field-id": 2],
        ["name": "snapshot", "type": ["long", "null"], "field-id": 1],
        ["name": "state", "type": "int", "field-id": 0],
        ["name": "seq", "type": ["null", "long"], "field-id": 3],
      ],
    ])
    var writer = try AvroFileWriter(schema: schema, metadata: metadata, sync: ManifestSamples.sync)
    let file = AvroValue.record([
      .long(7), .record(fields.map(\.value)), .string("oRc"), .union(2, .double(1)), .string("s3://b/x.orc"), .int(3),
    ])
    try writer.append(
      .record([.array([.string("x")]), file, .union(0, .long(55)), .int(1), .union(0, .null)]))
    return try writer.finish()
  }

  private static func dataFile(_ partition: JSONValue) -> JSONValue {
    [
      "type": "record", "name": "whatever",
      "fields": [
        ["name": "bytes", "type": "long", "field-id": 104],
        ["name": "part", "type": partition, "field-id": 102],
        ["name": "format", "type": "string", "field-id": 101],
        ["name": "unknown", "type": ["null", "string", "double"], "field-id": 9999],
        ["name": "where", "type": "string", "field-id": 100],
        ["name": "rows", "type": "int", "field-id": 103],
      ],
    ]
  }
}
