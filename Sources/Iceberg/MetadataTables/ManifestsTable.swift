import Columns

/// The manifests of a snapshot.
struct ManifestsTable {
  private let manifests: [ManifestFile]

  init(_ table: Table, _ snapshotID: Int64?) throws {
    manifests = try ManifestStore(table.metadata, table.store).manifests(of: table.snapshot(orCurrent: snapshotID))
  }

  private static let summaries = ColumnType.list(
    .structure([
      ColumnField("contains_null", .boolean, isRequired: true), ColumnField("contains_nan", .boolean),
      ColumnField("lower_bound", .binary), ColumnField("upper_bound", .binary),
    ]))

  func rows() throws -> ColumnBatch {
    try ColumnBatch(
      schema: ColumnSchema([
        ColumnField("content", .int, isRequired: true), ColumnField("path", .string, isRequired: true),
        ColumnField("length", .long, isRequired: true), ColumnField("partition_spec_id", .int, isRequired: true),
        ColumnField("added_snapshot_id", .long, isRequired: true), ColumnField("added_files_count", .long),
        ColumnField("existing_files_count", .long), ColumnField("deleted_files_count", .long),
        ColumnField("added_manifestscount", .long), ColumnField("existing_manifestscount", .long),
        ColumnField("deleted_manifestscount", .long), ColumnField("sequence_number", .long, isRequired: true),
        ColumnField("min_sequence_number", .long, isRequired: true),
        ColumnField("partition_summaries", Self.summaries),
      ]),
      columns: [
        RowColumns.ints(manifests.map(\.content.rawValue)), RowColumns.texts(manifests.map(\.path)),
        RowColumns.longs(manifests.map(\.length)), RowColumns.ints(manifests.map(\.specID)),
        RowColumns.longs(manifests.map(\.addedSnapshotID)), RowColumns.counts(manifests.map(\.addedFilesCount)),
        RowColumns.counts(manifests.map(\.existingFilesCount)), RowColumns.counts(manifests.map(\.deletedFilesCount)),
        RowColumns.longs(manifests.map(\.addedRowsCount)), RowColumns.longs(manifests.map(\.existingRowsCount)),
        RowColumns.longs(manifests.map(\.deletedRowsCount)), RowColumns.longs(manifests.map(\.sequenceNumber)),
        RowColumns.longs(manifests.map(\.minSequenceNumber)),
        RowColumns.lists(manifests.map(\.partitions), Self.summaries(of:)),
      ])
  }

  private static func summaries(of rows: [FieldSummary]) -> Column {
    .structure(
      StructColumn(
        columns: [
          RowColumns.bools(rows.map(\.containsNull)), RowColumns.bools(rows.map(\.containsNaN)),
          RowColumns.bytes(rows.map(\.lowerBound)), RowColumns.bytes(rows.map(\.upperBound)),
        ], count: rows.count))
  }
}
