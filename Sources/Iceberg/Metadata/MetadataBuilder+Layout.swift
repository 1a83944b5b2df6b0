import Failures
import JSON

/// Changes of how new files are divided and sorted.
extension MetadataBuilder {
  mutating func repartition(_ changes: [PartitionChange]) throws {
    var evolution = PartitionEvolution(
      base.defaultSpec, schema: schema, specs: base.partitionSpecs, lastFieldID: base.lastPartitionID)
    for change in changes { try evolution.apply(change) }
    let (spec, isNew) = try evolution.spec()
    if isNew { source.append(spec.json, to: "partition-specs") }
    source.set("default-spec-id", .integer(Int64(spec.id)))
    source.set("last-partition-id", .integer(Int64(evolution.lastFieldID)))
  }

  mutating func setSortOrder(_ columns: [SortColumn]) throws {
    let fields = try columns.map { column in
      guard let source = schema.field(at: column.column) else {
        throw Failure.notFound("no column \(column.column) to sort by")
      }
      guard let type = source.type.primitive, column.transform.resultType(of: type) != nil else {
        throw Failure.invalidArgument("column \(column.column) cannot be sorted by \(column.transform)")
      }
      return SortField(
        sourceID: source.id, transform: column.transform, direction: column.direction, nullOrder: column.nullOrder)
    }
    let order = try sortOrder(fields)
    if !base.sortOrders.contains(where: { $0.id == order.id }) { source.append(order.json, to: "sort-orders") }
    source.set("default-sort-order-id", .integer(Int64(order.id)))
  }

  /// The table's order by these fields, or a new one; 0 is kept for no order.
  private func sortOrder(_ fields: [SortField]) throws -> SortOrder {
    guard !fields.isEmpty else { return .unsorted }
    if let same = base.sortOrders.first(where: { $0.fields == fields }) { return same }
    let newest = base.sortOrders.map(\.id).max() ?? 0
    guard newest < Int32.max else { throw Failure.limitExceeded("no sort order id is left") }
    return SortOrder(id: newest + 1, fields: fields)
  }
}
