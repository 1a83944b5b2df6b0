import Iceberg
import ObjectStore
import Testing

@Suite struct ManifestMergeTests {
  private static func manifests(_ table: Table) throws -> [ManifestFile] {
    try ManifestList.read(table.store.read(#require(try table.metadata.currentSnapshot()).manifestList))
  }

  @Test func manyCommitsKeepFewManifests() throws {
    let test = try TestCatalog()
    var table = try test.makeTable(properties: ["commit.manifest.min-count-to-merge": "5"])
    for id in 0..<12 { table = try table.appending(Rows.batch([Int64(id)]), test.effects) }
    let manifests = try Self.manifests(table)
    #expect(manifests.count < 6)
    #expect(try table.ids() == Array(0..<12))
    for manifest in manifests {
      for entry in try table.entries(of: manifest) where entry.status == .added {
        #expect(entry.snapshotID == manifest.addedSnapshotID, "only what its own snapshot added is marked so")
      }
    }
    let entries = try manifests.flatMap { try table.entries(of: $0) }
    #expect(entries.compactMap(\.sequenceNumber).sorted() == Array(1...12), "each file keeps its number")
    let merged = try #require(manifests.first { ($0.existingFilesCount ?? 0) > 0 })
    #expect(merged.minSequenceNumber == 1)
    let files = try TableScan(table).plan().files
    #expect(Set(files.map(\.snapshotID)) == Set(table.metadata.snapshotIDs))
    #expect(try table.addedFiles(afterSequence: 0, upTo: 12)?.files.count == 12, "merging adds nothing to history")
    #expect(try table.liveFiles(afterSequence: 3, upTo: 5).map(\.sequenceNumber) == [4, 5])
  }

  @Test func mergingCanBeOff() throws {
    let test = try TestCatalog()
    var table = try test.makeTable(
      properties: ["commit.manifest.min-count-to-merge": "2", "commit.manifest-merge.enabled": "false"])
    for id in 0..<5 { table = try table.appending(Rows.batch([Int64(id)]), test.effects) }
    #expect(try Self.manifests(table).count == 5)
  }

  @Test func binsAreBounded() throws {
    let test = try TestCatalog()
    var table = try test.makeTable(
      properties: ["commit.manifest.min-count-to-merge": "2", "commit.manifest.target-size-bytes": "1"])
    for id in 0..<5 { table = try table.appending(Rows.batch([Int64(id)]), test.effects) }
    #expect(try Self.manifests(table).count == 5, "each is a bin of its own")
  }

  @Test func deletedEntriesAreNotKeptForever() throws {
    let test = try TestCatalog()
    var table = try test.makeTable(properties: ["commit.manifest.min-count-to-merge": "2"])
    table = try table.appending(Rows.batch(0..<200), test.effects)
    var change = SnapshotChange(.delete)
    change.removed = try TableScan(table, filter: .equal("day", .date(Rows.day(0)))).plan().files
    table = try table.commit(clock: test.effects.now, random: test.effects.random) { _, _ in .proceed(change) }.table
    #expect(try Self.manifests(table).map(\.deletedFilesCount) == [1])
    table = try table.appending(Rows.batch([300]), test.effects)
    #expect(try Self.manifests(table).reduce(0) { $0 + ($1.deletedFilesCount ?? 0) } == 0)
    #expect(try table.ids() == Array(100..<200) + [300])
    #expect(try table.metadata.currentSnapshot()?.summary["total-records"] == "101")
  }
}
