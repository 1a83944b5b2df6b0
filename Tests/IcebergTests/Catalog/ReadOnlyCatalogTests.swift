import Columns
import Fixtures
import Failures
import Iceberg
import Testing

@Suite struct ReadOnlyCatalogTests {
  @Test func aTableIsReadFromItsMetadataFileAlone() throws {
    let test = try TestCatalog()
    let written = try test.makeTable().appending(Rows.batch(0..<5), test.effects)
    let table = try Table(metadataFile: written.metadataLocation, store: test.store)
    var count = 0
    try TableScan(table).readAll { count += $0.rows.rowCount }
    #expect(count == 5)
    #expect(try table.refreshed().metadataLocation == written.metadataLocation)
  }

  @Test func itRefusesEveryChange() throws {
    let test = try TestCatalog()
    let written = try test.makeTable().appending(Rows.batch(0..<5), test.effects)
    let table = try Table(metadataFile: written.metadataLocation, store: test.store)
    let failure = #expect(throws: Failure.self) { try table.appending(Rows.batch(5..<6), test.effects) }
    #expect(failure?.kind == .unsupported)
    #expect(try test.catalog.loadTable(test.identifier("t"))?.metadataLocation == written.metadataLocation)
    #expect(try table.catalog.loadTable(table.identifier) == nil)
  }

  @Test func aFileThatIsNotThere() throws {
    let test = try TestCatalog()
    let missing = "file://" + test.directory.file("none.metadata.json")
    #expect(throws: Failure.self) { try Table(metadataFile: missing, store: test.store) }
  }
}
