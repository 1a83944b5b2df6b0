import Columns
import Hashing
import Iceberg
import ObjectStore
import Testing

/// Random histories of a table, compared after every step with a plain model in memory.
@Suite struct RandomHistoryTests {
  /// What the table should hold: per id its label, null where it has none; and what it held at each snapshot.
  struct Model {
    var rows: [Int64: String?] = [:]
    var past: [(snapshot: Int64, ids: [Int64])] = []
    var label = "name"
    var nextID: Int64 = 0
    var extraColumns = 0
    /// The names of manifests that were written ahead.
    var prepared: Set<String> = []

    var ids: [Int64] { rows.keys.sorted() }
  }

  @Test(arguments: 0..<24) func history(seed: UInt64) throws {
    let test = try TestCatalog(seed: seed + 100)
    var generator = SplitMix64(seed: seed)
    var model = Model()
    let minimum = ["2", "3", "100"].randomElement(using: &generator) ?? "2"
    var table = try test.makeTable(properties: ["commit.manifest.min-count-to-merge": minimum])
    for _ in 0..<12 {
      table = try step(table, test, &model, &generator)
      try compare(table, model)
    }
    let loaded = try #require(try test.another().loadTable(test.identifier("t")))
    try compare(loaded, model)
    for (snapshot, ids) in model.past.suffix(4) { #expect(try loaded.ids(snapshotID: snapshot) == ids) }
    let left = try Set(test.metadataFiles(of: loaded)).subtracting(test.reachable(from: loaded))
    #expect(left.isSubset(of: model.prepared), "nothing is left behind but prepared manifests that were merged")
  }

  private func step(
    _ table: Table, _ test: TestCatalog, _ model: inout Model, _ generator: inout SplitMix64
  ) throws -> Table {
    switch Int.random(in: 0..<10, using: &generator) {
    case 0..<4: return try append(table, test, &model, &generator)
    case 4..<6: return try overwriteDay(table, test, &model, &generator)
    case 6: return try compact(table, test, &model)
    case 7: return try removeDay(table, test, &model, &generator)
    case 8: return try rename(table, test, &model)
    default: return try addColumn(table, test, &model)
    }
  }

  private func batch(_ ids: [Int64], _ model: Model) throws -> ColumnBatch {
    let rows = try Rows.batch(ids)
    let fields = rows.schema.fields.map {
      ColumnField($0.name == "name" ? model.label : $0.name, $0.type, isRequired: $0.isRequired)
    }
    return try ColumnBatch(schema: ColumnSchema(fields), columns: rows.columns)
  }

  private func commit(_ table: Table, _ test: TestCatalog, _ model: inout Model, _ change: SnapshotChange) throws
    -> Table
  {
    let result = try table.commit(retry: .immediate, clock: test.effects.now, random: test.effects.random) { _, _ in
      .proceed(change)
    }
    model.past.append((try #require(result.snapshot?.id), model.ids))
    return result.table
  }

  private func newIDs(_ model: inout Model, _ generator: inout SplitMix64) -> [Int64] {
    let count = Int64.random(in: 1...150, using: &generator)
    let ids = Array(model.nextID..<model.nextID + count)
    model.nextID += count
    for id in ids { model.rows[id] = .some(Rows.name(id)) }
    return ids
  }

  private func append(
    _ table: Table, _ test: TestCatalog, _ model: inout Model, _ generator: inout SplitMix64
  ) throws -> Table {
    let files = try table.writing(batch(newIDs(&model, &generator), model), test.effects)
    var change = SnapshotChange(.append)
    if Bool.random(using: &generator) {
      let manifest = try table.writeManifest(files, random: test.effects.random)
      model.prepared.insert(String(manifest.path.split(separator: "/").last ?? ""))
      change.addedManifests = [manifest]
    } else {
      change.added = files
    }
    return try commit(table, test, &model, change)
  }

  private func overwriteDay(
    _ table: Table, _ test: TestCatalog, _ model: inout Model, _ generator: inout SplitMix64
  ) throws -> Table {
    guard let victim = model.ids.randomElement(using: &generator) else { return table }
    let day = Rows.day(victim)
    let kept = model.ids.filter { Rows.day($0) == day && Bool.random(using: &generator) }
    var change = SnapshotChange(.overwrite)
    change.removed = try TableScan(table, filter: .equal("day", .date(day))).plan().files
    change.added = kept.isEmpty ? [] : try table.writing(batch(kept, model), test.effects)
    for id in model.ids where Rows.day(id) == day && !kept.contains(id) { model.rows[id] = nil }
    return try commit(table, test, &model, change)
  }

  private func compact(_ table: Table, _ test: TestCatalog, _ model: inout Model) throws -> Table {
    guard !model.rows.isEmpty else { return table }
    var change = SnapshotChange(.replace)
    change.removed = try TableScan(table).plan().files
    change.added = try table.writing(table.rows(), test.effects)
    return try commit(table, test, &model, change)
  }

  private func removeDay(
    _ table: Table, _ test: TestCatalog, _ model: inout Model, _ generator: inout SplitMix64
  ) throws -> Table {
    guard let victim = model.ids.randomElement(using: &generator) else { return table }
    var change = SnapshotChange(.delete)
    change.removed = try TableScan(table, filter: .equal("day", .date(Rows.day(victim)))).plan().files
    for id in model.ids where Rows.day(id) == Rows.day(victim) { model.rows[id] = nil }
    return try commit(table, test, &model, change)
  }

  private func rename(_ table: Table, _ test: TestCatalog, _ model: inout Model) throws -> Table {
    let old = model.label
    model.label = old == "name" ? "label" : "name"
    return try update(table, test, [.renameColumn(from: old, to: model.label)])
  }

  private func addColumn(_ table: Table, _ test: TestCatalog, _ model: inout Model) throws -> Table {
    model.extraColumns += 1
    return try update(table, test, [.addColumn(name: "extra\(model.extraColumns)", type: .long)])
  }

  private func update(_ table: Table, _ test: TestCatalog, _ changes: [SchemaChange]) throws -> Table {
    try table.commit(clock: test.effects.now, random: test.effects.random) { _, _ in
      .update(MetadataUpdate(schemaChanges: changes))
    }
    .table
  }

  private func compare(_ table: Table, _ model: Model) throws {
    let rows = try table.rows()
    let ids = try rows.int64s("id").values
    let labels = try rows.binaries(model.label)
    #expect(ids.sorted() == model.ids)
    for (row, id) in ids.enumerated() { #expect(labels.string(row) == model.rows[id] ?? nil) }
    #expect(rows.schema.fields.count == 3 + model.extraColumns)
    let summary = try table.metadata.currentSnapshot()?.summary
    if let summary { #expect(summary["total-records"] == String(model.rows.count)) }
    if let some = model.ids.last { #expect(try table.ids(.equal("id", .long(some))) == [some]) }
  }
}
