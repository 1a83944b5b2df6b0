import Columns
import Fixtures
import Iceberg
import JSON
import ObjectStore
import Testing

/// A table whose partition spec PyIceberg changed twice, read, overwritten and appended to by us.
@Suite struct PartitionEvolutionTests {
  static let script = """
    import datetime, sys
    import pyarrow as pa
    from pyiceberg.catalog.sql import SqlCatalog
    from pyiceberg.transforms import IdentityTransform, BucketTransform
    path, warehouse, step = sys.argv[1:4]
    catalog = SqlCatalog("test", uri="sqlite:///" + path, warehouse=warehouse)
    if step == "read":
        table = catalog.load_table("ns.t")
        arrow = table.scan().to_arrow()
        print(sorted(arrow.column("id").to_pylist()), len(table.specs()))
        sys.exit()
    table = catalog.load_table("ns.t")
    def rows(first, last):
        return pa.Table.from_pylist([{"id": i, "name": f"n{i}", "day": datetime.date(2024, 10, 4 + i % 2)} for i in range(first, last)],
            schema=table.schema().as_arrow())
    table.append(rows(0, 10))
    with table.update_spec() as update:
        update.add_field("day", IdentityTransform(), "by_day")
    table.append(rows(10, 20))
    with table.update_spec() as update:
        update.add_field("id", BucketTransform(2), "by_id")
        update.remove_field("by_day")
    table.append(rows(20, 30))
    """

  @Test func filesOfSeveralSpecs() throws {
    guard let python = Python(for: "a table of several partition specs") else { return }
    let test = try TestCatalog(store: LocalObjectStore())
    _ = try test.makeTable(by: [])
    let arguments = [test.directory.file("catalog.sqlite"), "file://" + test.directory.file("warehouse")]
    _ = try python.run(Self.script, arguments + ["write"], in: test.directory)
    let table = try #require(try test.catalog.loadTable(test.identifier("t")))
    #expect(table.metadata.partitionSpecs.count == 3)
    #expect(try table.ids() == Array(0..<30))
    #expect(try table.ids(.equal("day", .date(20_000))) == stride(from: 0, to: 30, by: 2).map { $0 })
    #expect(try table.ids(.equal("id", .long(23))) == [23])
    let plan = try TableScan(table, filter: .equal("id", .long(23))).plan()
    #expect(plan.files.count == 1, "bounds and buckets exclude all others")
    // An overwrite that removes files of every spec; what it adds has the newest.
    var change = SnapshotChange(.overwrite)
    change.removed = try TableScan(table, filter: .less("id", .long(21))).plan().files
    change.added = try table.writing(Rows.batch([100, 101, 102]), test.effects)
    #expect(Set(change.removed.map(\.dataFile.specID)).count == 3 && Set(change.added.map(\.specID)) == [2])
    let after = try table.commit(clock: test.effects.now, random: test.effects.random) { _, _ in .proceed(change) }
      .table
    let ids = try after.ids()
    #expect(ids.suffix(3) == [100, 101, 102] && ids.allSatisfy { $0 > 20 })
    let text = try python.run(Self.script, arguments + ["read"], in: test.directory)
    #expect(text == "[\(ids.map { String($0) }.joined(separator: ", "))] 3\n")
  }
}
