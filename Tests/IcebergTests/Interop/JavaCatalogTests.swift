import Fixtures
import Columns
import Failures
import Iceberg
import JSON
import ObjectStore
import Testing

/// One SQL catalog file used by Java's `JdbcCatalog` and by us in turn.
@Suite struct JavaCatalogTests {
  @Test func javaReadsAndAppends() throws {
    guard let python = Python(for: "a catalog shared with Java"),
      let kit = SharedKit.directory("kit/iceberg-java/ice_java.py", for: "a catalog shared with Java")
    else { return }
    let test = try TestCatalog(store: LocalObjectStore())
    let table = try OurTablesElsewhereTests.makeTable(test)
    let options = [
      "--catalog", "jdbc", "--uri", "jdbc:sqlite:" + test.directory.file("catalog.sqlite"), "--name", "test",
      "--warehouse", "file://" + test.directory.file("warehouse"),
    ]
    let form = RowText(try table.rows().schema.fields)
    let text = try python.run(file: kit, options + ["read", "ns.t"], in: test.directory)
    #expect(try form.lines(json: Array(text.utf8)) == form.lines(table.rows()))
    let row = #"{"id":1000,"label":"from Java","day":"2024-10-08","extra":["a",null]}"#
    let store = LocalObjectStore()
    try store.write(Array(row.utf8), to: test.directory.file("rows.json"), mode: .createNew)
    _ = try python.run(file: kit, options + ["append", "ns.t", test.directory.file("rows.json")], in: test.directory)
    let appended = try table.refreshed()
    #expect(try appended.ids() == table.ids() + [1000])
    #expect(try appended.rows(.equal("id", .long(1000))).binaries("label").string(0) == "from Java")
    let ours = try appended.appending(Rows.renamed([1001]), test.effects)
    let again = try python.run(file: kit, options + ["read", "ns.t"], in: test.directory)
    #expect(try form.lines(json: Array(again.utf8)) == form.lines(ours.rows()))
  }
}
