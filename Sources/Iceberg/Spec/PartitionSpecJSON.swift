import Failures
public import JSON

/// Partition specs as JSON (specification, Appendix C: <https://iceberg.apache.org/spec/#partition-specs>).
extension PartitionSpec {
  /// Parses a spec.
  public init(json: JSONObject) throws {
    try self.init(id: json.int32("spec-id"), fieldsJSON: json.array("fields"))
  }

  /// Parses a spec from its fields alone, as manifests and version 1 metadata have it; version 1 leaves the field ids out.
  public init(id: Int32, fieldsJSON: [JSONValue]) throws {
    let fields = try fieldsJSON.enumerated().map { position, value in
      guard let json = value.object else { throw Failure.malformedInput("a partition field is \(value.kindName)") }
      guard position < 10_000 else { throw Failure.limitExceeded("a partition spec has over 10000 fields") }
      return PartitionField(
        sourceID: try json.int32("source-id"),
        fieldID: try json.optionalInt32("field-id") ?? Self.firstFieldID + Int32(position),
        name: try json.string("name"), transform: try Transform(parsing: json.string("transform")))
    }
    self.init(id: id, fields: fields)
  }

  /// The spec as JSON.
  public var json: JSONValue { ["spec-id": .integer(Int64(id)), "fields": fieldsJSON] }

  /// The fields alone, as manifests have them.
  public var fieldsJSON: JSONValue {
    .array(
      fields.map { field in
        [
          "name": .string(field.name), "transform": .string(field.transform.description),
          "source-id": .integer(Int64(field.sourceID)), "field-id": .integer(Int64(field.fieldID)),
        ]
      })
  }
}

/// Sort orders as JSON (specification, Appendix C: <https://iceberg.apache.org/spec/#sort-orders>).
extension SortOrder {
  /// Parses a sort order.
  public init(json: JSONObject) throws {
    let fields = try json.array("fields").map { value in
      guard let field = value.object else { throw Failure.malformedInput("a sort field is \(value.kindName)") }
      guard let direction = SortField.Direction(rawValue: try field.string("direction")),
        let nullOrder = SortField.NullOrder(rawValue: try field.string("null-order"))
      else { throw Failure.malformedInput("a sort field has an unknown direction or null order") }
      return SortField(
        sourceID: try field.int32("source-id"), transform: try Transform(parsing: field.string("transform")),
        direction: direction, nullOrder: nullOrder)
    }
    self.init(id: try json.int32("order-id"), fields: fields)
  }

  /// The sort order as JSON.
  public var json: JSONValue {
    [
      "order-id": .integer(Int64(id)),
      "fields": .array(
        fields.map { field in
          [
            "transform": .string(field.transform.description), "source-id": .integer(Int64(field.sourceID)),
            "direction": .string(field.direction.rawValue), "null-order": .string(field.nullOrder.rawValue),
          ]
        }),
    ]
  }
}
