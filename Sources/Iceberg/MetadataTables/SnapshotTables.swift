import Columns

/// The metadata tables that need no more than the metadata file.
enum SnapshotTables {
  static func snapshots(_ metadata: TableMetadata) throws -> ColumnBatch {
    let rows = try metadata.allSnapshots()
    return try ColumnBatch(
      schema: ColumnSchema([
        ColumnField("committed_at", .timestamptz, isRequired: true),
        ColumnField("snapshot_id", .long, isRequired: true),
        ColumnField("parent_id", .long), ColumnField("operation", .string), ColumnField("manifest_list", .string),
        ColumnField("summary", .map(key: .string, value: .string)),
      ]),
      columns: [
        RowColumns.longs(rows.map { microseconds($0.timestampMilliseconds) }), RowColumns.longs(rows.map(\.id)),
        RowColumns.longs(rows.map(\.parentID)), RowColumns.texts(rows.map { $0.summary["operation"] }),
        RowColumns.texts(rows.map(\.manifestList)),
        RowColumns.maps(
          rows.map { $0.summary.entries.filter { $0.key != "operation" }.map { ($0.key, $0.value) } },
          { RowColumns.texts($0) }, { RowColumns.texts($0) }),
      ])
  }

  static func history(_ metadata: TableMetadata) throws -> ColumnBatch {
    let rows = try metadata.snapshotLog()
    var ancestors: Set<Int64> = []
    var ancestry = metadata.ancestors(of: metadata.currentSnapshotID)
    while let snapshot = try ancestry.next() { ancestors.insert(snapshot.id) }
    return try ColumnBatch(
      schema: ColumnSchema([
        ColumnField("made_current_at", .timestamptz, isRequired: true),
        ColumnField("snapshot_id", .long, isRequired: true), ColumnField("parent_id", .long),
        ColumnField("is_current_ancestor", .boolean, isRequired: true),
      ]),
      columns: [
        RowColumns.longs(rows.map { microseconds($0.timestampMilliseconds) }), RowColumns.longs(rows.map(\.snapshotID)),
        RowColumns.longs(try rows.map { try metadata.snapshot($0.snapshotID)?.parentID }),
        RowColumns.bools(rows.map { ancestors.contains($0.snapshotID) }),
      ])
  }

  static func refs(_ metadata: TableMetadata) throws -> ColumnBatch {
    let rows = metadata.refs.sorted { $0.key < $1.key }
    return try ColumnBatch(
      schema: ColumnSchema([
        ColumnField("name", .string, isRequired: true), ColumnField("type", .string, isRequired: true),
        ColumnField("snapshot_id", .long, isRequired: true), ColumnField("max_reference_age_in_ms", .long),
        ColumnField("min_snapshots_to_keep", .int), ColumnField("max_snapshot_age_in_ms", .long),
      ]),
      columns: [
        RowColumns.texts(rows.map(\.key)), RowColumns.texts(rows.map { $0.value.kind.rawValue.uppercased() }),
        RowColumns.longs(rows.map(\.value.snapshotID)), RowColumns.longs(rows.map(\.value.maxRefAgeMilliseconds)),
        RowColumns.ints(rows.map { $0.value.minSnapshotsToKeep.map { Int32(clamping: $0) } }),
        RowColumns.longs(rows.map(\.value.maxSnapshotAgeMilliseconds)),
      ])
  }

  private static func microseconds(_ milliseconds: Int64) -> Int64 {
    milliseconds.multipliedReportingOverflow(by: 1000).partialValue
  }
}
