import Columns
import Failures
import Iceberg
import Testing

/// Branches and tags, going back, and reading as of a ref or a time.
@Suite struct RefTests {
  private func update(_ table: Table, _ test: TestCatalog, _ update: MetadataUpdate) throws -> Table {
    try table.commit(clock: test.effects.now, random: test.effects.random) { _, _ in .update(update) }.table
  }

  private func ids(_ scan: TableScan) throws -> [Int64] {
    var ids: [Int64] = []
    try scan.readAll { ids += try $0.rows.int64s("id").values }
    return ids.sorted()
  }

  @Test func tagsHoldSnapshots() throws {
    let test = try TestCatalog()
    var table = try test.makeTable().appending(Rows.batch([1]), test.effects)
    let first = try #require(table.metadata.currentSnapshotID)
    table = try table.appending(Rows.batch([2]), test.effects)
    table = try update(
      table, test,
      MetadataUpdate(refChanges: [
        .tag("first é", snapshotID: first, maxRefAgeMilliseconds: 5), .branch("audit", snapshotID: first),
      ]))
    #expect(table.metadata.refs["first é"]?.kind == .tag && table.metadata.refs["audit"]?.kind == .branch)
    #expect(try ids(TableScan(table, ref: "first é")) == [1])
    #expect(try ids(TableScan(table, ref: "audit")) == [1])
    #expect(try ids(TableScan(table, ref: "main")) == [1, 2])
    #expect(throws: Failure.self) {
      try update(table, test, MetadataUpdate(removedSnapshotIDs: [first]))
    }
    let refs = try table.rows(of: .refs)
    #expect(try (0..<3).map { try refs.binaries("name").string($0) } == ["audit", "first é", "main"])
    #expect(try refs.int64s("max_reference_age_in_ms")[1] == 5)
    table = try update(
      table, test, MetadataUpdate(refChanges: [.remove("first é"), .remove("audit")]))
    table = try update(table, test, MetadataUpdate(removedSnapshotIDs: [first]))
    #expect(table.metadata.snapshotIDs.count == 1 && table.metadata.refs.keys.sorted() == ["main"])
  }

  @Test(arguments: [
    RefChange.remove("main"), .remove("nothing"), .tag("main", snapshotID: 1), .tag("new", snapshotID: 1),
  ])
  func impossibleChangesAreRefused(change: RefChange) throws {
    let test = try TestCatalog()
    let table = try test.makeTable().appending(Rows.batch([1]), test.effects)
    let failure = #expect(throws: Failure.self) { try update(table, test, MetadataUpdate(refChanges: [change])) }
    #expect(failure?.kind == .notFound || failure?.kind == .invalidArgument)
  }

  @Test func aTagIsNoBranch() throws {
    let test = try TestCatalog()
    var table = try test.makeTable().appending(Rows.batch([1]), test.effects)
    let id = try #require(table.metadata.currentSnapshotID)
    table = try update(table, test, MetadataUpdate(refChanges: [.tag("t", snapshotID: id)]))
    let failure = #expect(throws: Failure.self) {
      try update(table, test, MetadataUpdate(refChanges: [.branch("t", snapshotID: id)]))
    }
    #expect(failure?.kind == .invalidArgument)
  }

  @Test func timeAndRollback() throws {
    let test = try TestCatalog()
    var table = try test.makeTable().appending(Rows.batch([1]), test.effects)
    let first = try #require(try table.metadata.currentSnapshot())
    table = try table.appending(Rows.batch([2]), test.effects)
    let second = try #require(try table.metadata.currentSnapshot())
    table = try update(table, test, MetadataUpdate(currentSnapshotID: first.id))
    #expect(try table.ids() == [1])
    #expect(try ids(TableScan(table, asOfMilliseconds: first.timestampMilliseconds)) == [1])
    #expect(try ids(TableScan(table, asOfMilliseconds: second.timestampMilliseconds)) == [1, 2])
    #expect(try ids(TableScan(table, asOfMilliseconds: .max)) == [1])
    let failure = #expect(throws: Failure.self) { try TableScan(table, asOfMilliseconds: 0) }
    #expect(failure?.kind == .notFound)
    let history = try table.rows(of: .history)
    #expect(try history.int64s("snapshot_id").values == [first.id, second.id, first.id])
    #expect(try history.bools("is_current_ancestor").values == [true, false, true])
  }
}
