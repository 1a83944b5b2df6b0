import Columns
import Failures
import Iceberg
import Testing

/// Schemas, partition specs and sort orders that change.
@Suite struct EvolutionTests {
  static let columns = ColumnSchema([
    ColumnField("id", .long, isRequired: true), ColumnField("ts", .timestamptz),
    ColumnField("point", .structure([ColumnField("x", .int), ColumnField("y", .int)])),
    ColumnField("list", .list(.structure([ColumnField("a", .float)]))),
    ColumnField("map", .map(key: .structure([ColumnField("k", .int)]), value: .int)),
  ])

  private func table(_ test: TestCatalog) throws -> Table { try test.makeTable(columns: Self.columns, by: []) }

  private func update(_ table: Table, _ test: TestCatalog, _ update: MetadataUpdate) throws -> Table {
    try table.commit(clock: test.effects.now, random: test.effects.random) { _, _ in .update(update) }.table
  }

  /// Fields that identify rows: required, of one exact value, in nothing that may be null or repeated.
  @Test(arguments: [
    (Int32(1), true), (2, false), (3, false), (4, false), (5, true), (6, false), (7, false), (8, false), (9, false),
  ])
  func rowsAreIdentifiedByRequiredFields(id: Int32, isPossible: Bool) throws {
    func field(_ id: Int32, _ type: IcebergType, isRequired: Bool = true) -> NestedField {
      NestedField(id: id, name: "f\(id)", type: type, isRequired: isRequired)
    }
    let fields = [
      field(1, .long), field(2, .long, isRequired: false), field(3, .double),
      field(4, .structure(StructType([field(5, .string)]))),
      field(6, .structure(StructType([field(7, .string)])), isRequired: false),
      field(8, .list(ListType(elementID: 9, element: .int, isElementRequired: true))),
    ]
    let test = try TestCatalog()
    let schema = try Schema(fields: fields, identifierFieldIDs: [id])
    let create = { try test.catalog.createTable(test.identifier("t"), TableCreation(schema: schema)) }
    guard isPossible else {
      let failure = #expect(throws: Failure.self) { try create() }
      #expect(failure?.kind == .invalidArgument && failure?.message.contains("f\(id)") == true || id == 9)
      return
    }
    let table = try create()
    for change in [SchemaChange.makeOptional(id == 5 ? "f4" : "f1"), .dropColumn(id == 5 ? "f4" : "f1")] {
      let failure = #expect(throws: Failure.self) {
        try update(table, test, MetadataUpdate(schemaChanges: [change]))
      }
      #expect(failure?.kind == .invalidArgument && failure?.message.contains("identif") == true)
    }
    #expect(try update(table, test, MetadataUpdate(schemaChanges: [.makeOptional("f8")])).metadata.schemas.count == 2)
  }

  @Test func nestedFieldsKeepTheirIDs() throws {
    let test = try TestCatalog()
    var table = try table(test)
    let before = table.metadata.currentSchema
    table = try update(
      table, test,
      MetadataUpdate(schemaChanges: [
        .renameColumn(from: "point.x", to: "east"), .widen("point.east", to: .long), .dropColumn("point.y"),
        .addField(to: "point", name: "y", type: .string, doc: "north"), .widen("list.element.a", to: .double),
        .addField(to: "list.element", name: "b", type: .list(ListType(elementID: 0, element: .int))),
        .widen("map.value", to: .long), .move("point.y", .before("east")), .move("map", .first),
        .move("ts", .after("list")), .setDoc("ts", "when"), .setDoc("point.y", nil),
      ]))
    let after = table.metadata.currentSchema
    #expect(after.fields.map(\.name) == ["map", "id", "point", "list", "ts"])
    #expect(after.id(atPath: "point.east") == before.id(atPath: "point.x"))
    #expect(after.field(at: "point.east")?.type == .long)
    #expect(after.field(id: before.id(atPath: "point") ?? 0)?.type.children.map(\.name) == ["y", "east"])
    #expect(try #require(after.id(atPath: "point.y")) > before.highestFieldID, "an id is not used twice")
    #expect(after.id(atPath: "list.element.a") == before.id(atPath: "list.element.a"))
    #expect(after.field(named: "ts")?.doc == "when" && after.field(at: "point.y")?.doc == nil)
    #expect(table.metadata.lastColumnID == after.highestFieldID)
  }

  @Test(arguments: [
    SchemaChange.widen("map.key.k", to: .long), .renameColumn(from: "list.element", to: "e"),
    .addField(to: "list", name: "x", type: .int), .addField(to: "point", name: "x", type: .int),
    .dropColumn("list.element.a"), .dropColumn("map.key"), .widen("point.x", to: .string), .move("id", .after("id")),
    .move("id", .before("nothing")), .dropColumn("point.z"), .setDoc("nothing", "x"), .move("map.value", .first),
  ])
  func impossibleSchemaChanges(change: SchemaChange) throws {
    let test = try TestCatalog()
    let table = try table(test)
    let failure = #expect(throws: Failure.self) {
      try update(table, test, MetadataUpdate(schemaChanges: [change]))
    }
    #expect(failure?.kind == .notFound || failure?.kind == .invalidArgument)
  }

  @Test func partitionFieldsComeAndGo() throws {
    let test = try TestCatalog()
    var table = try table(test)
    #expect(table.metadata.lastPartitionID == 999)
    table = try update(
      table, test,
      MetadataUpdate(partitionChanges: [
        .addField(column: "ts", transform: .day), .addField(column: "point.x", transform: .bucket(4), name: "x4"),
      ]))
    #expect(table.metadata.defaultSpec.fields.map(\.name) == ["ts_day", "x4"])
    #expect(table.metadata.defaultSpec.fields.map(\.fieldID) == [1000, 1001])
    let first = table.metadata.defaultSpec
    table = try update(
      table, test, MetadataUpdate(partitionChanges: [.dropField("ts_day"), .renameField(from: "x4", to: "east")]))
    #expect(table.metadata.defaultSpec.fields.map(\.name) == ["east"] && table.metadata.partitionSpecs.count == 3)
    table = try update(
      table, test,
      MetadataUpdate(partitionChanges: [
        .dropField("east"), .addField(column: "ts", transform: .day),
        .addField(column: "point.x", transform: .bucket(4), name: "x4"),
      ]))
    #expect(table.metadata.defaultSpec == first, "a spec that was there before is taken again, ids and all")
    #expect(table.metadata.partitionSpecs.count == 3 && table.metadata.lastPartitionID == 1001)
    #expect(throws: Failure.self, "its column stays") {
      try update(table, test, MetadataUpdate(schemaChanges: [.dropColumn("point")]))
    }
  }

  @Test(arguments: [
    PartitionChange.dropField("nothing"), .addField(column: "nothing", transform: .identity),
    .addField(column: "id", transform: .day), .addField(column: "id", transform: .bucket(2), name: "ts"),
    .addField(column: "list.element.a", transform: .identity), .addField(column: "point", transform: .identity),
    .renameField(from: "nothing", to: "x"),
  ])
  func impossiblePartitionChanges(change: PartitionChange) throws {
    let test = try TestCatalog()
    let table = try table(test)
    let failure = #expect(throws: Failure.self) {
      try update(table, test, MetadataUpdate(partitionChanges: [change]))
    }
    #expect(failure?.kind == .notFound || failure?.kind == .invalidArgument)
  }

  @Test func sortOrdersAreKept() throws {
    let test = try TestCatalog()
    var table = try table(test)
    let columns = [SortColumn("ts", transform: .hour, direction: .descending), SortColumn("point.x")]
    table = try update(table, test, MetadataUpdate(sortOrder: columns))
    let order = table.metadata.defaultSortOrder
    #expect(order.id == 1 && order.fields.map(\.nullOrder) == [.last, .first])
    table = try update(table, test, MetadataUpdate(sortOrder: []))
    #expect(table.metadata.defaultSortOrder.id == 0)
    table = try update(table, test, MetadataUpdate(sortOrder: columns))
    #expect(table.metadata.defaultSortOrder == order && table.metadata.sortOrders.count == 2)
    #expect(throws: Failure.self) { try update(table, test, MetadataUpdate(sortOrder: [SortColumn("list")])) }
    #expect(throws: Failure.self) {
      try update(table, test, MetadataUpdate(schemaChanges: [.dropColumn("ts")]))
    }
  }
}
