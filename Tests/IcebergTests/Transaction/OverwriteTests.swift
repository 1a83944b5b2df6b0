import Failures
import Iceberg
import JSON
import ObjectStore
import Testing

@Suite struct OverwriteTests {
  private static func commit(_ table: Table, _ test: TestCatalog, _ change: SnapshotChange) throws -> CommitResult {
    try table.commit(retry: .immediate, clock: test.effects.now, random: test.effects.random) { _, _ in .proceed(change)
    }
  }

  private static func overwrite(_ table: Table, _ test: TestCatalog, day: Int64, with ids: Range<Int64>) throws
    -> SnapshotChange
  {
    var change = SnapshotChange(.overwrite)
    change.removed = try TableScan(table, filter: .equal("day", .date(Rows.day(day)))).plan().files
    change.added = try table.writing(Rows.batch(ids), test.effects)
    return change
  }

  @Test func rowsAreReplacedAndCounted() throws {
    let test = try TestCatalog()
    let table = try test.makeTable().appending(Rows.batch(0..<300), test.effects)
    let result = try Self.commit(table, test, Self.overwrite(table, test, day: 150, with: 100..<110))
    #expect(try result.table.ids() == Array(0..<110) + Array(200..<300))
    #expect(try result.table.ids(snapshotID: table.metadata.currentSnapshotID) == Array(0..<300), "the past stays")
    let summary = try #require(result.snapshot?.summary)
    for (key, value) in [
      ("operation", "overwrite"), ("added-data-files", "1"), ("deleted-data-files", "1"), ("added-records", "10"),
      ("deleted-records", "100"), ("total-records", "210"), ("total-data-files", "3"), ("changed-partition-count", "1"),
    ] { #expect(summary[key] == value, "\(key)") }
    let entries = try ManifestList.read(test.store.read(#require(result.snapshot).manifestList))
      .flatMap { try result.table.entries(of: $0) }
    #expect(
      entries.filter { $0.status == .existing }.allSatisfy { $0.sequenceNumber == 1 && $0.fileSequenceNumber == 1 })
    let deleted = entries.filter { $0.status == .deleted }
    #expect(deleted.count == 1 && deleted[0].snapshotID == result.snapshot?.id, "the snapshot that deletes is named")
    #expect(deleted[0].sequenceNumber == 1, "with its own numbers")
  }

  @Test func aFileThatIsGoneIsAConflict() throws {
    let test = try TestCatalog()
    let table = try test.makeTable().appending(Rows.batch(0..<200), test.effects)
    let change = try Self.overwrite(table, test, day: 0, with: 0..<10)
    let after = try Self.commit(table, test, change).table
    var again = change
    again.added = []
    let failure = #expect(throws: Failure.self) { try Self.commit(after, test, again) }
    #expect(failure?.kind == .conflict)
    #expect(failure?.message.contains(change.removed[0].dataFile.path) == true)
    #expect(try Set(test.metadataFiles(of: after)) == test.reachable(from: after))
  }

  @Test func removingEverything() throws {
    let test = try TestCatalog()
    let table = try test.makeTable().appending(Rows.batch(0..<250), test.effects)
    var change = SnapshotChange(.delete)
    change.removed = try TableScan(table).plan().files
    let result = try Self.commit(table, test, change)
    #expect(try result.table.ids() == [])
    #expect(result.snapshot?.summary["total-records"] == "0")
    let next = try result.table.appending(Rows.batch(5..<6), test.effects)
    #expect(try next.ids() == [5])
    let manifests = try ManifestList.read(test.store.read(#require(try next.metadata.currentSnapshot()).manifestList))
    #expect(manifests.count == 1, "a manifest without live files is dropped by the commit after")
  }

  @Test func replaceAddsNoRows() throws {
    let test = try TestCatalog()
    let table = try test.makeTable().appending(Rows.batch(0..<50), test.effects).appending(
      Rows.batch(50..<90), test.effects)
    var change = SnapshotChange(.replace)
    change.removed = try TableScan(table).plan().files
    change.added = try table.writing(table.rows(), test.effects)
    let result = try Self.commit(table, test, change)
    #expect(try result.table.ids() == Array(0..<90))
    #expect(result.snapshot?.summary["total-data-files"] == "1")
    change.added = try table.writing(Rows.batch(0..<91), test.effects)
    change.removed = try TableScan(result.table).plan().files
    let failure = #expect(throws: Failure.self) { try Self.commit(result.table, test, change) }
    #expect(failure?.kind == .invalidArgument)
  }

  @Test func overwritesOfDifferentPartitionsDoNotConflict() throws {
    let test = try TestCatalog()
    let table = try test.makeTable().appending(Rows.batch(0..<300), test.effects)
    let (first, second) = (
      try Self.overwrite(table, test, day: 0, with: 0..<1), try Self.overwrite(table, test, day: 250, with: 200..<201)
    )
    _ = try Self.commit(table, test, first)
    let result = try Self.commit(table, test, second)
    #expect(try result.table.ids() == [0] + Array(100..<200) + [200])
  }

  @Test func preparedManifestsAreCommittedByAnotherProcess() throws {
    let test = try TestCatalog()
    let table = try test.makeTable()
    let prepared = try table.writeManifest(
      table.writing(Rows.batch(0..<150), test.effects), random: test.effects.random)
    #expect(prepared.addedFilesCount == 2 && prepared.addedRowsCount == 150)
    let text = prepared.json.serialized()
    let other = try #require(try test.another().loadTable(test.identifier("t"))).appending(
      Rows.batch(500..<501), test.effects)
    var change = SnapshotChange(.append)
    change.addedManifests = [try ManifestFile(json: JSONValue.parse(text))]
    let result = try Self.commit(other, test, change)
    #expect(try result.table.ids() == Array(0..<150) + [500])
    #expect(result.snapshot?.summary["added-records"] == "150")
    #expect(result.snapshot?.summary["added-files-size"] != nil)
    let files = try TableScan(result.table).plan().files
    #expect(files.map(\.sequenceNumber) == [1, 2, 2], "numbers are those of the commit, not of the writing")
    #expect(files.last?.snapshotID == result.snapshot?.id)
    let failure = #expect(throws: Failure.self) { try Self.commit(result.table, test, change) }
    #expect(failure?.kind == .invalidArgument, "a manifest is committed once")
  }

  @Test func emptyManifestsAreNotPrepared() throws {
    let test = try TestCatalog()
    let table = try test.makeTable()
    #expect(throws: Failure.self) { try table.writeManifest([], random: test.effects.random) }
  }
}
