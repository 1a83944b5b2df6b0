import Columns
import Failures
import Iceberg
import ObjectStore
import Testing

@Suite struct AppendTests {
  @Test func appendedRowsAreRead() throws {
    let test = try TestCatalog()
    let empty = try test.makeTable()
    #expect(try empty.ids() == [])
    let table = try empty.appending(Rows.batch(0..<250), test.effects, summary: [("wikiguard.run", "r1")])
    #expect(try table.ids() == Array(0..<250))
    let again = try #require(try test.another().loadTable(test.identifier("t")))
    let rows = try again.rows()
    #expect(rows.rowCount == 250)
    let ids = try rows.int64s("id").values
    for row in 0..<250 {
      #expect(try rows.binaries("name").string(row) == Rows.name(ids[row]))
      #expect(try rows.int32s("day")[row] == Rows.day(ids[row]))
    }
    let snapshot = try #require(try again.metadata.currentSnapshot())
    #expect(snapshot.operation == .append)
    #expect(snapshot.sequenceNumber == 1)
    for (key, value) in [
      ("wikiguard.run", "r1"), ("added-data-files", "3"), ("added-records", "250"), ("total-records", "250"),
      ("total-data-files", "3"), ("changed-partition-count", "3"), ("total-delete-files", "0"),
      ("manifests-created", "1"),
    ] { #expect(snapshot.summary[key] == value, "\(key)") }
    #expect(snapshot.summary["deleted-records"] == nil, "zeros are left out")
  }
}
