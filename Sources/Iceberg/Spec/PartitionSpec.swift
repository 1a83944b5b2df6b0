import Failures

/// One field of a partition spec: a transform of one column.
public struct PartitionField: Sendable, Hashable {
  /// The field id of the column.
  public let sourceID: Int32
  /// The partition field's own id, 1000 or more.
  public let fieldID: Int32
  /// The name of the partition field.
  public let name: String
  /// What is computed from the column.
  public let transform: Transform

  /// A partition field.
  public init(sourceID: Int32, fieldID: Int32, name: String, transform: Transform) {
    self.sourceID = sourceID
    self.fieldID = fieldID
    self.name = name
    self.transform = transform
  }
}

/// How the files of a table are divided (specification, "Partitioning": <https://iceberg.apache.org/spec/#partitioning>).
public struct PartitionSpec: Sendable, Hashable {
  /// The id of a spec's first field.
  public static let firstFieldID: Int32 = 1000

  /// The spec's id in its table.
  public let id: Int32
  /// The fields in order; none for a table that is not partitioned.
  public let fields: [PartitionField]

  /// A spec.
  public init(id: Int32 = 0, fields: [PartitionField]) {
    self.id = id
    self.fields = fields
  }

  /// The spec of a table that is not partitioned.
  public static let unpartitioned = PartitionSpec(fields: [])

  /// A spec over columns of `schema`, named as Java names them (`day` of `ts` is `ts_day`).
  /// Throws `.notFound` for a missing column, `.invalidArgument` for a transform that does not fit it.
  public init(id: Int32 = 0, schema: Schema, by columns: [(name: String, transform: Transform)]) throws {
    self.id = id
    fields = try columns.enumerated().map { position, column in
      guard let source = schema.field(named: column.name) else {
        throw Failure.notFound("no column \(column.name) to partition by")
      }
      guard let type = source.type.primitive, column.transform.resultType(of: type) != nil else {
        throw Failure.invalidArgument("column \(column.name) cannot be partitioned by \(column.transform)")
      }
      return PartitionField(
        sourceID: source.id, fieldID: Self.firstFieldID + Int32(position),
        name: column.transform.partitionName(of: column.name), transform: column.transform)
    }
  }

  /// Whether the table is not divided (no field, or only void ones).
  public var isUnpartitioned: Bool { fields.allSatisfy { $0.transform == .void } }

  /// The largest field id, 999 when there is no field.
  public var lastFieldID: Int32 { fields.map(\.fieldID).max() ?? Self.firstFieldID - 1 }

  /// The type of each field's values, found by looking for the source column in `schemas` in turn: a column that was dropped is
  /// only in older ones. Nil where no schema has it or the transform is unknown.
  public func resultTypes(in schemas: [Schema]) -> [PrimitiveType?] {
    fields.map { field in
      schemas.lazy.compactMap { $0.field(id: field.sourceID)?.type.primitive }.first
        .flatMap { field.transform.resultType(of: $0) }
    }
  }
}

/// The partition of a file: one value a field of its spec, in order, nil for null.
public struct PartitionValues: Sendable, Hashable {
  /// The values in the spec's order.
  public let values: [Literal?]

  /// Partition values.
  public init(_ values: [Literal?]) { self.values = values }

  /// The partition of a table that is not partitioned.
  public static let empty = PartitionValues([])

  /// The value at `position`, nil where it is null or there is none.
  public subscript(position: Int) -> Literal? { values.indices.contains(position) ? values[position] : nil }
}
