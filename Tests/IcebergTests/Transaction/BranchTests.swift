import Columns
import Failures
import Fixtures
import Iceberg
import JSON
import ObjectStore
import Testing

/// Commits to branches other than `main`: written, read, moved forward and removed.
@Suite struct BranchTests {
  private static func commit(
    _ table: Table, _ test: TestCatalog, to branch: String, ids: some Sequence<Int64>, removing: Expression? = nil,
    retention: RetainedSnapshots? = nil
  ) throws -> Table {
    let files = try table.writing(Rows.batch(ids), test.effects)
    return try table.commit(clock: test.effects.now, random: test.effects.random) { base, _ in
      var change = SnapshotChange(removing == nil ? .append : .overwrite)
      change.added = files
      change.branch = branch
      change.retention = retention
      if let removing {
        change.removed = try TableScan(table.viewing(base), ref: branch, filter: removing).plan().files
      }
      return .proceed(change)
    }
    .table
  }

  private static func update(_ table: Table, _ test: TestCatalog, _ changes: [RefChange]) throws -> Table {
    try table.commit(clock: test.effects.now, random: test.effects.random) { _, _ in
      .update(MetadataUpdate(refChanges: changes))
    }
    .table
  }

  private static func ids(_ table: Table, _ ref: String) throws -> [Int64] {
    var ids: [Int64] = []
    try TableScan(table, ref: ref).readAll { ids += try $0.rows.int64s("id").values }
    return ids.sorted()
  }

  private static func log(_ table: Table) throws -> [Int64] { try table.metadata.snapshotLog().map(\.snapshotID) }

  @Test func aBranchLeavesTheTablesStateAlone() throws {
    let test = try TestCatalog()
    let first = try test.makeTable().appending(Rows.batch(0..<3), test.effects)
    let second = try Self.commit(first, test, to: "audit", ids: 10..<12)
    #expect(try second.ids() == [0, 1, 2] && Self.ids(second, "audit") == [0, 1, 2, 10, 11])
    #expect(second.metadata.currentSnapshotID == first.metadata.currentSnapshotID)
    #expect(try Self.log(second) == Self.log(first), "the log is the table's state's")
    let audit = try #require(try second.metadata.snapshot(ref: "audit"))
    #expect(audit.parentID == first.metadata.currentSnapshotID && audit.sequenceNumber == 2)
    #expect(audit.summary["total-records"] == "5" && second.metadata.lastSequenceNumber == 2)

    let third = try Self.commit(second, test, to: "main", ids: 20..<21)
    let fourth = try Self.commit(third, test, to: "audit", ids: [30], removing: .less("id", .long(11)))
    #expect(try fourth.ids() == [0, 1, 2, 20] && Self.ids(fourth, "audit") == [30])
    #expect(try fourth.metadata.snapshot(ref: "audit")?.parentID == audit.id)
    #expect(try fourth.metadata.snapshot(ref: "audit")?.summary["total-records"] == "1")
    #expect(try fourth.metadata.currentSnapshot()?.summary["total-records"] == "4")
  }

  @Test func aBranchBecomesTheTablesState() throws {
    let test = try TestCatalog()
    var table = try test.makeTable().appending(Rows.batch(0..<3), test.effects)
    table = try Self.update(table, test, [.branch("audit", snapshotID: #require(table.metadata.currentSnapshotID))])
    for id in 10..<13 { table = try Self.commit(table, test, to: "audit", ids: [Int64(id)]) }
    let length = try Self.log(table).count
    table = try Self.update(table, test, [.fastForward("main", to: "audit"), .remove("audit")])
    #expect(try table.ids() == [0, 1, 2, 10, 11, 12] && table.metadata.refs.keys.sorted() == ["main"])
    #expect(try Self.log(table).count == length + 1 && Self.log(table).last == table.metadata.currentSnapshotID)
    #expect(
      try table.addedFiles(afterSequence: 1, upTo: 4)?.snapshots.count == 3, "the branch's history is the table's")
    table = try Self.commit(table, test, to: "main", ids: [20])
    #expect(try table.ids() == [0, 1, 2, 10, 11, 12, 20])
  }

  @Test func branchesAreMovedForwardOnly() throws {
    let test = try TestCatalog()
    var table = try test.makeTable().appending(Rows.batch([0]), test.effects)
    table = try Self.commit(table, test, to: "audit", ids: [1])
    let same = try Self.update(table, test, [.fastForward("audit", to: "audit")])
    #expect(same.metadata.refs == table.metadata.refs)
    table = try Self.commit(same, test, to: "main", ids: [2])
    for (branch, target) in [("main", "audit"), ("audit", "main")] {
      let failure = #expect(throws: Failure.self) { try Self.update(table, test, [.fastForward(branch, to: target)]) }
      #expect(failure?.kind == .conflict && failure?.isRetryable == false)
    }
    #expect(
      #expect(throws: Failure.self) { try Self.update(table, test, [.fastForward("main", to: "nothing")]) }?.kind
        == .notFound)
    table = try Self.update(table, test, [.fastForward("copy", to: "audit")])
    #expect(try Self.ids(table, "copy") == [0, 1] && table.metadata.refs["copy"]?.kind == .branch)
  }

  @Test func theFirstSnapshotMayBeABranchs() throws {
    let test = try TestCatalog()
    var table = try Self.commit(test.makeTable(), test, to: "audit", ids: [1])
    #expect(try table.ids().isEmpty && Self.ids(table, "audit") == [1] && table.metadata.currentSnapshotID == nil)
    table = try Self.update(table, test, [.fastForward("main", to: "audit")])
    #expect(try table.ids() == [1])
  }

  @Test func nothingIsAddedToATag() throws {
    let test = try TestCatalog()
    var table = try test.makeTable().appending(Rows.batch([0]), test.effects)
    table = try Self.update(table, test, [.tag("t", snapshotID: #require(table.metadata.currentSnapshotID))])
    let before = try test.store.list(prefix: table.metadata.location + "/metadata").count
    let failure = #expect(throws: Failure.self) { try Self.commit(table, test, to: "t", ids: [1]) }
    #expect(failure?.kind == .invalidArgument && failure?.description.contains("t is a tag") == true)
    #expect(
      try test.store.list(prefix: table.metadata.location + "/metadata").count == before, "nothing is left behind")
  }

  /// A branch that the same commit makes, at an older snapshot than the table's state.
  @Test func aNewBranchBeginsWhereTheCommitSays() throws {
    let test = try TestCatalog()
    var table = try test.makeTable().appending(Rows.batch([0]), test.effects)
    let first = try #require(table.metadata.currentSnapshotID)
    table = try table.appending(Rows.batch([1]), test.effects)
    let files = try table.writing(Rows.batch([2]), test.effects)
    table = try table.commit(clock: test.effects.now, random: test.effects.random) { _, _ in
      var change = SnapshotChange(.append)
      (change.added, change.branch) = (files, "old")
      change.update.refChanges = [
        .set("old", SnapshotRef(snapshotID: first, minSnapshotsToKeep: 3, maxRefAgeMilliseconds: 77))
      ]
      return .proceed(change)
    }
    .table
    #expect(try Self.ids(table, "old") == [0, 2] && table.ids() == [0, 1])
    let ref = try #require(table.metadata.refs["old"])
    #expect(ref.minSnapshotsToKeep == 3 && ref.maxRefAgeMilliseconds == 77, "how long it is kept stays")
  }

  @Test func whoeverLosesARaceTriesAgainOnItsBranch() throws {
    let test = try TestCatalog()
    let table = try test.makeTable().appending(Rows.batch([0]), test.effects)
    let other = try #require(try test.another().loadTable(test.identifier("t")))
    let files = try table.writing(Rows.batch([1]), test.effects)
    let result = try table.commit(
      retry: RetryPolicy { _ in }, clock: test.effects.now, random: test.effects.random
    ) { _, attempt in
      if attempt == 1 { _ = try Self.commit(other, test, to: "main", ids: [2]) }
      var change = SnapshotChange(.append)
      (change.added, change.branch) = (files, "audit")
      return .proceed(change)
    }
    #expect(result.attempts == 2)
    #expect(try Self.ids(result.table, "audit") == [0, 1, 2], "a new branch begins at the state it finds")
    #expect(try result.table.ids() == [0, 2])
  }

  @Test func branchesKeepTheirSnapshots() throws {
    let test = try TestCatalog()
    var table = try test.makeTable().appending(Rows.batch([0]), test.effects)
    table = try Self.update(table, test, [.branch("audit", snapshotID: #require(table.metadata.currentSnapshotID))])
    for id in 1...4 { table = try table.appending(Rows.batch([Int64(id)]), test.effects) }
    let rule = RetainedSnapshots(count: 2)
    table = try Self.commit(table, test, to: "audit", ids: [10], retention: rule)
    #expect(try table.metadata.allSnapshots().map(\.sequenceNumber) == [1, 4, 5, 6])
    table = try Self.commit(table, test, to: "audit", ids: [11], retention: rule)
    #expect(try table.metadata.allSnapshots().map(\.sequenceNumber) == [4, 5, 6, 7])
    table = try Self.update(table, test, [.remove("audit")])
    table = try Self.commit(table, test, to: "main", ids: [12], retention: rule)
    #expect(try table.metadata.allSnapshots().map(\.sequenceNumber) == [5, 6, 7, 8], "no older than what is kept")
  }

  /// A tag that a commit sets holds its snapshot against the retention of the same commit.
  @Test func aTagOfTheSameCommitHoldsItsSnapshot() throws {
    let test = try TestCatalog()
    var table = try test.makeTable()
    for id in 1...4 { table = try table.appending(Rows.batch([Int64(id)]), test.effects) }
    let first = table.metadata.snapshotIDs[0]
    table = try table.commit(clock: test.effects.now, random: test.effects.random) { _, _ in
      var change = SnapshotChange(.append)
      change.retention = RetainedSnapshots(count: 1)
      change.update.refChanges = [.tag("first", snapshotID: first)]
      return .proceed(change)
    }
    .table
    #expect(try table.metadata.allSnapshots().map(\.sequenceNumber) == [1, 5])
    #expect(try Self.ids(table, "first") == [1])
  }

  private static let script = """
    import json, sys
    from pyiceberg.catalog.sql import SqlCatalog
    path, warehouse = sys.argv[1:3]
    table = SqlCatalog("test", uri="sqlite:///" + path, warehouse=warehouse).load_table("ns.t")
    def ids(name):
        scan = table.scan().use_ref(name)
        return sorted(scan.to_arrow().column("id").to_pylist())
    out = {"refs": {name: ref.snapshot_ref_type.value for name, ref in table.refs().items()},
           "rows": {name: ids(name) for name in table.refs()}, "now": sorted(table.scan().to_arrow().column("id").to_pylist()),
           "history": [entry.snapshot_id for entry in table.history()]}
    added = table.scan(row_filter="id = 0").to_arrow()
    table.append(added.set_column(0, added.schema.field(0), [[99]]), branch="audit")
    table.manage_snapshots().create_branch(snapshot_id=table.current_snapshot().snapshot_id, branch_name="theirs").commit()
    print(json.dumps(out))
    """

  @Test func pyIcebergReadsAndWritesOurBranches() throws {
    guard let python = Python(for: "branches read and written by PyIceberg") else { return }
    let test = try TestCatalog(store: LocalObjectStore())
    var table = try test.makeTable().appending(Rows.batch(0..<3), test.effects)
    table = try Self.commit(table, test, to: "audit", ids: 10..<12)
    table = try Self.commit(table, test, to: "audit", ids: [12], removing: .equal("day", .date(Rows.day(0))))
    table = try Self.update(table, test, [.tag("t", snapshotID: #require(table.metadata.currentSnapshotID))])
    table = try Self.commit(table, test, to: "main", ids: [3])
    let out = try JSONValue.parse(
      python.run(
        Self.script, [test.directory.file("catalog.sqlite"), "file://" + test.directory.file("warehouse")],
        in: test.directory))
    #expect(out["refs"]?.object?.members.map { $0.key }.sorted() == ["audit", "main", "t"])
    #expect(out["refs"]?["t"] == "tag" && out["refs"]?["audit"] == "branch")
    for name in ["audit", "main", "t"] {
      #expect(try out["rows"]?[name]?.array?.compactMap(\.int64) == Self.ids(table, name), "\(name)")
    }
    #expect(try out["now"]?.array?.compactMap(\.int64) == table.ids())
    #expect(try out["history"]?.array?.compactMap(\.int64) == Self.log(table))
    table = try table.refreshed()
    #expect(try Self.ids(table, "audit") == [12, 99] && table.ids() == [0, 1, 2, 3])
    table = try Self.commit(table, test, to: "theirs", ids: [50])
    #expect(try Self.ids(table, "theirs") == [0, 1, 2, 3, 50])
    table = try Self.update(table, test, [.fastForward("main", to: "theirs")])
    #expect(try table.ids() == [0, 1, 2, 3, 50])
  }
}
