import Columns
import Failures
import Iceberg
import Testing

/// What is known about a table, as tables.
@Suite struct MetadataTableTests {
  @Test func filesAndPartitionsOfSeveralSpecs() throws {
    let test = try TestCatalog()
    var table = try test.makeTable().appending(Rows.batch(0..<150), test.effects)
    table = try table.commit(clock: test.effects.now, random: test.effects.random) { _, _ in
      .update(MetadataUpdate(partitionChanges: [.addField(column: "id", transform: .bucket(2))]))
    }
    .table
    table = try table.appending(Rows.batch(150..<200), test.effects)
    let files = try table.rows(of: .files)
    #expect(files.rowCount == 4)
    #expect(try files.int64s("record_count").values.reduce(0, +) == 200)
    #expect(try Set(files.int32s("spec_id").values) == [0, 1])
    guard case .structure(let partitions) = try files.column("partition"),
      case .structure(let fields)? = files.schema.fields.first(where: { $0.name == "partition" })?.type,
      case .map(let counts) = try files.column("null_value_counts"), case .int32(let ids) = counts.keys,
      case .int64(let nulls) = counts.values
    else {
      Issue.record("a column has another type")
      return
    }
    #expect(fields.map(\.name) == ["day", "id_bucket"])
    #expect(partitions.columns[1].validity == [false, false, true, true], "the old spec has no bucket")
    let nameCounts = ids.values.indices.filter { ids.values[$0] == 2 }.map { nulls.values[$0] }
    #expect(nameCounts.reduce(0, +) == Int64((0..<200).filter { $0 % 7 == 0 }.count))
    let byPartition = try table.rows(of: .partitions)
    #expect(byPartition.rowCount == 4)
    #expect(try byPartition.int64s("file_count").values == [1, 1, 1, 1])
    let first = try table.rows(of: .partitions, snapshotID: table.metadata.snapshotIDs.first)
    #expect(try first.int64s("record_count").values.sorted() == [50, 100])
  }

  @Test func snapshotsAndManifests() throws {
    let test = try TestCatalog()
    var table = try test.makeTable()
    for kind in MetadataTable.allCases { #expect(try table.rows(of: kind).rowCount == 0, "\(kind) of an empty table") }
    table = try table.appending(Rows.batch([1]), test.effects, summary: [("note", "x")])
    table = try table.appending(Rows.batch([2]), test.effects)
    let snapshots = try table.rows(of: .snapshots)
    #expect(try snapshots.int64s("snapshot_id").values == table.metadata.snapshotIDs)
    #expect(try snapshots.int64s("parent_id")[0] == nil)
    #expect(try snapshots.binaries("operation").string(0) == "append")
    let parent = try #require(try table.metadata.currentSnapshot()?.timestampMilliseconds)
    #expect(try snapshots.int64s("committed_at").values.last == parent * 1000)
    guard case .map(let summary) = try snapshots.column("summary"), case .binary(let keys) = summary.keys else {
      Issue.record("the summary is no map")
      return
    }
    #expect(summary.range(0).contains { keys.string($0) == "note" })
    #expect(!summary.range(0).contains { keys.string($0) == "operation" })
    let manifests = try table.rows(of: .manifests)
    #expect(try manifests.int64s("added_files_count").values == [1, 1])
    #expect(try manifests.int64s("length").values.allSatisfy { $0 > 0 })
    #expect(throws: Failure.self) { try table.rows(of: .refs, snapshotID: 1) }
    let failure = #expect(throws: Failure.self) { try table.rows(of: .files, snapshotID: 1) }
    #expect(failure?.kind == .notFound)
  }
}
