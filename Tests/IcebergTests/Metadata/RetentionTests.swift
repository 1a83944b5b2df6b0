import Iceberg
import JSON
import Testing

@Suite struct RetentionTests {
  private static func commit(_ table: Table, _ test: TestCatalog, _ rule: RetainedSnapshots?) throws -> Table {
    try table.commit(clock: test.effects.now, random: test.effects.random) { base, _ in
      var change = SnapshotChange(.append)
      change.summary = [("number", "\(base.lastSequenceNumber + 1)")]
      change.retention = rule
      return .proceed(change)
    }
    .table
  }

  @Test func theNewestAreKept() throws {
    let test = try TestCatalog()
    var table = try test.makeTable()
    for _ in 0..<8 { table = try Self.commit(table, test, RetainedSnapshots(count: 3)) }
    #expect(try table.metadata.allSnapshots().map(\.sequenceNumber) == [6, 7, 8])
    var ancestry = table.metadata.ancestors(of: table.metadata.currentSnapshotID)
    var count = 0
    while try ancestry.next() != nil { count += 1 }
    #expect(count == 3 && ancestry.wasCut)
    let log = try JSONValue.parse(table.metadata.bytes)["snapshot-log"]?.array ?? []
    #expect(log.compactMap { $0["snapshot-id"]?.int64 } == table.metadata.snapshotIDs, "no history before what is gone")
    #expect(try table.addedFiles(afterSequence: 5, upTo: 8)?.snapshots.count == 3)
    #expect(try table.addedFiles(afterSequence: 4, upTo: 8) == nil, "snapshot 5 is gone")
  }

  @Test func someAreKeptByPredicate() throws {
    let test = try TestCatalog()
    var table = try test.makeTable()
    let rule = RetainedSnapshots(count: 2) { $0.summary["number"] == "2" }
    for _ in 0..<6 { table = try Self.commit(table, test, rule) }
    #expect(try table.metadata.allSnapshots().map(\.sequenceNumber) == [2, 5, 6])
  }

  @Test func withoutRuleAllAreKept() throws {
    let test = try TestCatalog()
    var table = try test.makeTable()
    for _ in 0..<5 { table = try Self.commit(table, test, nil) }
    #expect(table.metadata.snapshotIDs.count == 5)
  }
}
