import Columns

/// The live files of a snapshot.
struct FilesTable {
  private let metadata: TableMetadata
  private let files: [LiveFile]

  init(_ table: Table, _ snapshotID: Int64?) throws {
    metadata = table.metadata
    let manifests = ManifestStore(table.metadata, table.store)
    var files: [LiveFile] = []
    let live = try manifests.manifests(of: table.snapshot(orCurrent: snapshotID)).filter(\.mayHaveLiveFiles)
    try manifests.forEach(live) { _, entries in files += entries.filter(\.isLive).map { LiveFile($0) } }
    self.files = files.inOrder()
  }

  /// The live files with their specs' partitions.
  var live: [LiveFile] { files }

  func rows() throws -> ColumnBatch {
    let partition = PartitionColumn(metadata)
    let rows = files.map(\.dataFile)
    return try ColumnBatch(
      schema: schema(partition),
      columns: [
        RowColumns.ints(rows.map(\.content.rawValue)), RowColumns.texts(rows.map(\.path)),
        RowColumns.texts(rows.map(\.format.name)), RowColumns.ints(rows.map(\.specID)),
        partition.column(rows.map(partition.values)), RowColumns.longs(rows.map(\.recordCount)),
        RowColumns.longs(rows.map(\.fileSize)), Self.counts(rows.map(\.columnSizes)),
        Self.counts(rows.map(\.valueCounts)), Self.counts(rows.map(\.nullValueCounts)),
        Self.counts(rows.map(\.nanValueCounts)), Self.bounds(rows.map(\.lowerBounds)),
        Self.bounds(rows.map(\.upperBounds)), RowColumns.lists(rows.map(\.splitOffsets)) { RowColumns.longs($0) },
        RowColumns.lists(rows.map(\.equalityIDs)) { RowColumns.ints($0) }, RowColumns.ints(rows.map(\.sortOrderID)),
        RowColumns.longs(files.map(\.sequenceNumber)),
      ])
  }

  private func schema(_ partition: PartitionColumn) -> ColumnSchema {
    let counts = ColumnType.map(key: .int, value: .long)
    let bounds = ColumnType.map(key: .int, value: .binary)
    return ColumnSchema([
      ColumnField("content", .int, isRequired: true), ColumnField("file_path", .string, isRequired: true),
      ColumnField("file_format", .string, isRequired: true), ColumnField("spec_id", .int, isRequired: true),
      ColumnField("partition", partition.type, isRequired: true), ColumnField("record_count", .long, isRequired: true),
      ColumnField("file_size_in_bytes", .long, isRequired: true), ColumnField("column_sizes", counts),
      ColumnField("value_counts", counts), ColumnField("null_value_counts", counts),
      ColumnField("nan_value_counts", counts), ColumnField("lower_bounds", bounds), ColumnField("upper_bounds", bounds),
      ColumnField("split_offsets", .list(.long)), ColumnField("equality_ids", .list(.int)),
      ColumnField("sort_order_id", .int), ColumnField("data_sequence_number", .long, isRequired: true),
    ])
  }

  private static func counts(_ rows: [[Int32: Int64]]) -> Column {
    RowColumns.maps(
      rows.map { $0.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }, { RowColumns.ints($0) },
      { RowColumns.longs($0) })
  }

  private static func bounds(_ rows: [[Int32: [UInt8]]]) -> Column {
    RowColumns.maps(
      rows.map { $0.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }, { RowColumns.ints($0) },
      { RowColumns.bytes($0) })
  }
}
