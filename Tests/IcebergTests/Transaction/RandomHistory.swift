import Columns
import Failures
import Hashing
import Iceberg
import ObjectStore
import Testing

/// A table to which random things are done, and what it should hold.
struct RandomHistory {
  let test: TestCatalog
  private(set) var table: Table
  private var generator: SplitMix64
  /// What the table should hold, by the number of the row.
  private var rows: [Int64: GeneratedRow] = [:]
  /// The numbers of the rows at each snapshot that is still there.
  private var past: [Int64: [Int64]] = [:]
  private var tags: [String: [Int64]] = [:]
  private var nextRow: Int64 = 0
  private var nextName = 0
  private let addedType: PrimitiveType

  private static let columns = ColumnSchema([
    ColumnField("id", .long, isRequired: true), ColumnField("name", .string), ColumnField("day", .date),
    ColumnField("price", .decimal(precision: 9, scale: 2)), ColumnField("at", .timestamptz), ColumnField("key", .uuid),
    ColumnField(
      "point",
      .structure([ColumnField("x", .int), ColumnField("tags", .list(.string)), ColumnField("local", .timestamp)])),
    ColumnField("items", .list(.structure([ColumnField("n", .int), ColumnField("raw", .fixed(3))]))),
    ColumnField("attributes", .map(key: .string, value: .double)),
  ])

  /// The same seed does the same things. Columns that are added are now and then of `addedType`.
  init(seed: UInt64, store: any ObjectStore, addedType: PrimitiveType = .time) throws {
    generator = SplitMix64(seed: seed)
    self.addedType = addedType
    test = try TestCatalog(seed: seed + 100, store: store)
    let minimum = ["2", "3", "100"].randomElement(using: &generator) ?? "2"
    table = try test.makeTable(columns: Self.columns, properties: ["commit.manifest.min-count-to-merge": minimum])
  }

  mutating func step() throws {
    switch Int.random(in: 0..<16, using: &generator) {
    case 0..<5: try append()
    case 5..<8: try delete()
    case 8: try rewrite()
    case 9..<11: try changeSchema()
    case 11..<13: try repartition()
    case 13: try expire()
    case 14: try tag()
    default: try update(MetadataUpdate(sortOrder: [SortColumn("id", direction: .descending), SortColumn("point.x")]))
    }
  }

  /// What the table should hold, as a batch.
  func expected() throws -> ColumnBatch {
    try GeneratedRows(schema: table.metadata.currentSchema).batch(rows.values.sorted { $0.number < $1.number })
  }

  func compare() throws {
    let (found, expected) = (try table.rows(), try expected())
    let form = RowText(expected.schema.fields)
    #expect(form.lines(found) == form.lines(expected))
    if let total = try table.metadata.currentSnapshot()?.summary["total-records"] {
      #expect(total == String(rows.count))
    }
    guard let some = rows.values.min(by: { $0.number < $1.number }) else { return }
    #expect(try table.ids(.equal("id", .long(some.number))) == [some.number])
    let below = rows.keys.filter { $0 < some.number + 40 }.sorted()
    #expect(try table.ids(.less("id", .long(some.number + 40))) == below)
  }

  func compareAtEnd() throws {
    try compareFilters()
    let loaded = try #require(try test.another().loadTable(test.identifier("t")))
    for (snapshot, ids) in past { #expect(try loaded.ids(snapshotID: snapshot) == ids) }
    for (tag, ids) in tags {
      var found: [Int64] = []
      try TableScan(loaded, ref: tag, columns: ["id"]).readAll { found += try $0.rows.int64s("id").values }
      #expect(found.sorted() == ids)
    }
    let left = try Set(test.metadataFiles(of: loaded)).subtracting(test.reachable(from: loaded))
    #expect(left.allSatisfy { $0.hasSuffix(".avro") }, "only files of expired snapshots are left behind")
    let partitions = try loaded.rows(of: .partitions)
    #expect(try partitions.int64s("record_count").values.reduce(0, +) == Int64(rows.count))
  }
}

/// What is pruned by partitions, bounds and statistics is what filtering all rows leaves out.
extension RandomHistory {
  private func compareFilters() throws {
    let expected = try expected()
    let schema = table.metadata.currentSchema
    let form = RowText(expected.schema.fields)
    for filter in [
      Expression.less("price", .decimal(2500)), .equal("price", .decimal(899)), .notNull("point.x"),
      .greaterOrEqual("at", .timestamptz(40_000_000_000)), .equal("key", .uuid(UInt128(0x0101) << 112)),
      .greater("point.x", .int(60)), .less("point.local", .timestamp(20_000_000_000)), .isNull("key"),
      .isIn("day", [.date(20_003), .date(20_004)]),
    ] {
      let matching = try RowFilter(filter.bound(to: schema)).matchingRows(count: expected.rowCount) { id in
        if let name = schema.fields.first(where: { $0.id == id })?.name { return try expected.column(name) }
        guard case .structure(let record) = try expected.column("point"),
          let place = schema.field(named: "point")?.type.children.firstIndex(where: { $0.id == id })
        else { throw Failure.notFound("field \(id)") }
        return record.columns[place]
      }
      #expect(try form.lines(table.rows(filter)) == form.lines(expected.gathering(matching)), "\(filter)")
    }
  }
}

/// The steps.
extension RandomHistory {
  private mutating func commit(_ change: SnapshotChange) throws {
    let result = try table.commit(retry: .immediate, clock: test.effects.now, random: test.effects.random) { _, _ in
      .proceed(change)
    }
    past[try #require(result.snapshot?.id)] = rows.keys.sorted()
    table = result.table
  }

  private mutating func update(_ update: MetadataUpdate) throws {
    table = try table.commit(clock: test.effects.now, random: test.effects.random) { _, _ in .update(update) }.table
  }

  private mutating func append() throws {
    let generated = GeneratedRows(schema: table.metadata.currentSchema)
    let count = Int64.random(in: 1...120, using: &generator)
    let new = generated.rows(nextRow..<nextRow + count)
    nextRow += count
    let files = try table.writing(generated.batch(new), test.effects)
    for row in new { rows[row.number] = row }
    var change = SnapshotChange(.append)
    if Set(files.map(\.specID)).count == 1, Bool.random(using: &generator) {
      change.addedManifests = [try table.writeManifest(files, random: test.effects.random)]
    } else {
      change.added = files
    }
    try commit(change)
  }

  /// Copy-on-write: the files that may hold the rows are read whole, and what is left of them is written again.
  private mutating func delete() throws {
    let victims = Set(rows.keys.sorted().filter { _ in Int.random(in: 0..<8, using: &generator) == 0 })
    guard !victims.isEmpty else { return }
    var change = SnapshotChange(.overwrite)
    change.removed = try TableScan(table, filter: .isIn("id", victims.map { .long($0) })).plan().files
    var kept = ColumnBatch(empty: try table.metadata.currentSchema.columnSchema())
    for file in change.removed {
      try TableScan(table).read(file) { batch in
        let ids = try batch.rows.int64s("id").values
        try kept.append(contentsOf: batch.rows.gathering(ids.indices.filter { !victims.contains(ids[$0]) }))
      }
    }
    change.added = try table.writing(kept, test.effects)
    if change.added.isEmpty { change.operation = .delete }
    for id in victims { rows[id] = nil }
    try commit(change)
  }

  private mutating func rewrite() throws {
    guard !rows.isEmpty else { return }
    var change = SnapshotChange(.replace)
    change.removed = try TableScan(table).plan().files
    change.added = try table.writing(table.rows(), test.effects)
    try commit(change)
  }

  private mutating func changeSchema() throws {
    nextName += 1
    let schema = table.metadata.currentSchema
    let added = schema.fields.map(\.name).filter { $0.hasPrefix("extra") }
    let changes: [SchemaChange] = [
      .addColumn(name: "extra\(nextName)", type: .primitive(addedType), doc: "new"),
      .addColumn(name: "extra\(nextName)", type: .list(ListType(elementID: 0, element: .long))),
      .addField(to: "point", name: "y\(nextName)", type: .string),
      .addField(to: "items.element", name: "z\(nextName)", type: .int), .renameColumn(from: "name", to: "name"),
      .move("day", .first), .move("point.tags", .first), .setDoc("point.tags", "words"),
      .widen("price", to: .decimal(precision: 9 + nextName, scale: 2)), .widen("point.x", to: .long),
    ]
    var change = changes.randomElement(using: &generator) ?? changes[0]
    if let first = added.first, Bool.random(using: &generator) { change = .dropColumn(first) }
    if case .renameColumn = change {
      let name = try #require(schema.field(id: 2)?.name)
      change = .renameColumn(from: name, to: "name\(nextName)")
    }
    try update(MetadataUpdate(schemaChanges: [change]))
  }

  private mutating func repartition() throws {
    let name = table.metadata.currentSchema.field(id: 2)?.name ?? "name"
    let additions: [(String, Transform)] = [
      ("id", .bucket(3)), ("id", .truncate(50)), ("day", .identity), ("day", .month), ("at", .hour), ("at", .year),
      (name, .bucket(2)), (name, .truncate(6)), ("price", .truncate(500)), ("price", .bucket(2)), ("key", .bucket(2)),
      ("point.x", .truncate(40)), ("point.local", .day),
    ]
    let fields = table.metadata.defaultSpec.fields
    if let dropped = fields.randomElement(using: &generator), fields.count > 1 || Bool.random(using: &generator) {
      return try update(MetadataUpdate(partitionChanges: [.dropField(dropped.name)]))
    }
    let (column, transform) = additions.randomElement(using: &generator) ?? additions[0]
    let source = table.metadata.currentSchema.field(at: column)?.id
    guard !fields.contains(where: { $0.sourceID == source && $0.transform == transform }) else { return }
    nextName += 1
    try update(
      MetadataUpdate(partitionChanges: [.addField(column: column, transform: transform, name: "part\(nextName)")]))
  }

  private mutating func expire() throws {
    let held = Set(table.metadata.refs.values.map(\.snapshotID))
    let victims = Set(table.metadata.snapshotIDs.filter { !held.contains($0) && Bool.random(using: &generator) })
    try update(MetadataUpdate(removedSnapshotIDs: victims))
    for id in victims { past[id] = nil }
  }

  private mutating func tag() throws {
    guard let (snapshot, ids) = past.sorted(by: { $0.key < $1.key }).randomElement(using: &generator) else { return }
    nextName += 1
    try update(MetadataUpdate(refChanges: [.tag("tag\(nextName)", snapshotID: snapshot)]))
    tags["tag\(nextName)"] = ids
  }
}
