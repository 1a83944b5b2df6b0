import Failures
import Iceberg
import JSON
import ObjectStore
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

  /// Another program's tag and branch: metadata of `table` with refs to its first and second snapshot, under another name.
  private static func withRefs(_ table: Table, _ test: TestCatalog) throws -> Table {
    var json = try #require(try JSONValue.parse(table.metadata.bytes).object)
    var refs = try #require(json["refs"]?.object)
    refs["tag"] = ["snapshot-id": .integer(table.metadata.snapshotIDs[0]), "type": "tag"]
    refs["audit"] = ["snapshot-id": .integer(table.metadata.snapshotIDs[2]), "type": "branch"]
    json["refs"] = .object(refs)
    let location = table.metadata.location + "/metadata/00099-x.metadata.json"
    try test.store.write(JSONValue.object(json).serialized(), to: location, mode: .createNew)
    return try test.catalog.registerTable(test.identifier("refs"), metadataLocation: location)
  }

  @Test func whatRefsNeedIsKept() throws {
    let test = try TestCatalog()
    var table = try test.makeTable()
    for _ in 0..<6 { table = try Self.commit(table, test, nil) }
    let kept = try Self.commit(Self.withRefs(table, test), test, RetainedSnapshots(count: 1))
    #expect(try kept.metadata.allSnapshots().map(\.sequenceNumber) == [1, 3, 7])
    #expect(kept.metadata.refs.count == 3)
    let failure = #expect(throws: Failure.self) {
      try kept.commit(clock: test.effects.now, random: test.effects.random) { base, _ in
        .update(MetadataUpdate(removedSnapshotIDs: [base.snapshotIDs[0]]))
      }
    }
    #expect(failure?.kind == .invalidArgument, "a tag holds it")
  }

  @Test func whatWasRolledBackStaysAsLongAsItsTime() throws {
    let test = try TestCatalog()
    var table = try test.makeTable()
    for id in 1...4 { table = try table.appending(Rows.batch([Int64(id)]), test.effects) }
    table = try table.commit(clock: test.effects.now, random: test.effects.random) { base, _ in
      .update(MetadataUpdate(currentSnapshotID: base.snapshotIDs[1]))
    }
    .table
    #expect(try table.ids() == [1, 2] && table.metadata.snapshotIDs.count == 4)
    let log = try JSONValue.parse(table.metadata.bytes)["snapshot-log"]?.array ?? []
    #expect(log.count == 5 && log.last?["snapshot-id"]?.int64 == table.metadata.currentSnapshotID)
    table = try Self.commit(table, test, RetainedSnapshots(count: 2))
    #expect(try table.metadata.allSnapshots().map(\.sequenceNumber) == [2, 3, 4, 5])
    table = try Self.commit(table, test, RetainedSnapshots(count: 2))
    #expect(try table.metadata.allSnapshots().map(\.sequenceNumber) == [5, 6])
    #expect(try table.ids() == [1, 2])
  }

  @Test func snapshotsAreRemovedByID() throws {
    let test = try TestCatalog()
    var table = try test.makeTable()
    for _ in 0..<3 { table = try Self.commit(table, test, nil) }
    table = try table.commit(clock: test.effects.now, random: test.effects.random) { base, _ in
      .update(MetadataUpdate(removedSnapshotIDs: [base.snapshotIDs[0], 12345]))
    }
    .table
    #expect(try table.metadata.allSnapshots().map(\.sequenceNumber) == [2, 3])
    for id in [table.metadata.currentSnapshotID ?? 0, 42] {
      #expect(throws: Failure.self) {
        try table.commit(clock: test.effects.now, random: test.effects.random) { base, _ in
          .update(id == 42 ? MetadataUpdate(currentSnapshotID: id) : MetadataUpdate(removedSnapshotIDs: [id]))
        }
      }
    }
  }

  @Test func nothingIsRemovedWithoutCollection() throws {
    let test = try TestCatalog()
    var table = try test.makeTable(properties: ["gc.enabled": "false"])
    for _ in 0..<4 { table = try Self.commit(table, test, RetainedSnapshots(count: 1)) }
    #expect(table.metadata.snapshotIDs.count == 4)
  }

  @Test func withoutRuleAllAreKept() throws {
    let test = try TestCatalog()
    var table = try test.makeTable()
    for _ in 0..<5 { table = try Self.commit(table, test, nil) }
    #expect(table.metadata.snapshotIDs.count == 5)
  }
}
