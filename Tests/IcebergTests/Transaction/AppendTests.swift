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

  @Test func snapshotIDsDoNotCollide() throws {
    let test = try TestCatalog()
    let table = try test.makeTable()
    /// Draws: two for the commit's UUID, two for the snapshot's id, then others.
    func commit(_ table: Table, _ draws: [UInt64]) throws -> CommitResult {
      var draws = draws
      return try table.commit(
        clock: test.effects.now, random: { draws.isEmpty ? test.effects.random() : draws.removeFirst() }
      ) { _, _ in .proceed(SnapshotChange(.append)) }
    }
    let first = try commit(table, [1, 2, 6, 3])
    #expect(first.snapshot?.id == 5)
    let second = try commit(first.table, [3, 4, 6, 3, 8, 1])
    #expect(second.snapshot?.id == 9)
    #expect(second.snapshot?.parentID == 5)
  }

  @Test func emptySnapshots() throws {
    let test = try TestCatalog()
    let result = try test.makeTable().commit(clock: test.effects.now, random: test.effects.random) { _, _ in
      .proceed(SnapshotChange(.append))
    }
    #expect(try result.table.ids() == [])
    #expect(result.snapshot?.summary["total-records"] == "0")
    #expect(result.snapshot?.schemaID == 0 && result.snapshot?.parentID == nil)
  }

  /// A total that the snapshot before does not tell cannot be told after it.
  @Test func unknownTotalsStayUnknown() throws {
    let test = try TestCatalog()
    let table = try test.makeTable().appending(Rows.batch(0..<10), test.effects)
    let text = String(decoding: table.metadata.bytes, as: UTF8.self)
    let parts = text.split(separator: #""total-records":"10","#)
    try #require(parts.count == 2)
    let location = table.metadata.location + "/metadata/00042-x.metadata.json"
    try test.store.write(Array(parts.joined().utf8), to: location, mode: .createNew)
    let other = try test.catalog.registerTable(test.identifier("other"), metadataLocation: location)
    let summary = try #require(
      try other.appending(Rows.batch(10..<15), test.effects).metadata.currentSnapshot()?.summary)
    #expect(summary["total-records"] == nil && summary["added-records"] == "5")
    #expect(summary["total-data-files"] == "2")
  }

  @Test func theCallersKeysDoNotHideOurs() throws {
    let test = try TestCatalog()
    let table = try test.makeTable().appending(
      Rows.batch(0..<10), test.effects, summary: [("operation", "delete"), ("total-records", "7"), ("mine", "é\n\"")])
    let summary = try #require(try table.metadata.currentSnapshot()?.summary)
    #expect(summary["operation"] == "append" && summary["total-records"] == "10" && summary["mine"] == "é\n\"")
  }
}
