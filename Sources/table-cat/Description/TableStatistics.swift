import Iceberg
import JSON

/// What manifests tell of a snapshot's files: a line for the whole, for each data file with the metrics of its columns, and for each
/// delete file.
struct TableStatistics {
  private let metadata: TableMetadata
  private let snapshot: Snapshot?
  /// The fields whose metrics are shown, by id: their full names and types.
  private let columns: [(id: Int32, name: String, type: PrimitiveType)]

  init(_ metadata: TableMetadata, _ snapshot: Snapshot?, fields: [NestedField]) {
    self.metadata = metadata
    self.snapshot = snapshot
    columns = fields.flatMap { Self.columns($0, prefix: "") }
  }

  private static func columns(
    _ field: NestedField, prefix: String
  ) -> [(id: Int32, name: String, type: PrimitiveType)] {
    let name = prefix + field.name
    if let type = field.type.primitive { return [(field.id, name, type)] }
    return field.type.children.flatMap { columns($0, prefix: name + ".") }
  }

  func lines(_ plan: ScanPlan) -> [JSONValue] {
    var deleteFiles: [LiveFile] = []
    var lines = plan.files.map { file in
      let deletes = plan.deleteFiles(of: file)
      for file in deletes where !deleteFiles.contains(file) { deleteFiles.append(file) }
      return line(file, deletes: deletes.map(\.dataFile.path))
    }
    lines += deleteFiles.map { line($0, deletes: []) }
    return [summary(plan, deleteFiles: deleteFiles.count)] + lines
  }

  private func summary(_ plan: ScanPlan, deleteFiles: Int) -> JSONValue {
    [
      "format_version": JSONValue(metadata.formatVersion), "location": .string(metadata.location),
      "snapshot_id": .optional(snapshot?.id), "sequence_number": .optional(snapshot?.sequenceNumber),
      "timestamp": snapshot.map { snapshot in
        .string(DateText.timestamp(microseconds: snapshot.timestampMilliseconds &* 1000) + "+00:00")
      } ?? .null, "operation": snapshot?.operation.map { .string($0.rawValue) } ?? .null,
      "snapshots": JSONValue(metadata.snapshotIDs.count),
      "manifests": JSONValue(plan.manifestsRead + plan.manifestsSkipped),
      "manifests_skipped": JSONValue(plan.manifestsSkipped), "files": JSONValue(plan.files.count),
      "files_skipped": JSONValue(plan.filesSkipped), "delete_files": JSONValue(deleteFiles),
      "record_count": .integer(sum(plan, \.recordCount)), "file_size_in_bytes": .integer(sum(plan, \.fileSize)),
    ]
  }

  private func sum(_ plan: ScanPlan, _ number: (DataFile) -> Int64) -> Int64 {
    plan.files.reduce(0) { $0.addingReportingOverflow(number($1.dataFile)).partialValue }
  }

  private func line(_ live: LiveFile, deletes: [String]) -> JSONValue {
    let file = live.dataFile
    var line = live.line(of: metadata).object ?? JSONObject()
    line.append("content", .string(file.content.name))
    line.append("sort_order_id", .optional(file.sortOrderID.map { Int64($0) }))
    line.append("split_offsets", file.splitOffsets.map { .array($0.map { .integer($0) }) } ?? .null)
    if let ids = file.equalityIDs { line.append("equality_ids", .array(ids.map { .integer(Int64($0)) })) }
    line.append("delete_files", .array(deletes.map { .string($0) }))
    line.append("columns", .object(JSONObject(columns.compactMap { metrics(of: $0, file) })))
    return .object(line)
  }

  /// The metrics of one column, nil where the manifest has none.
  private func metrics(
    of column: (id: Int32, name: String, type: PrimitiveType), _ file: DataFile
  ) -> (String, JSONValue)? {
    let counts = [
      ("size", file.columnSizes), ("value_count", file.valueCounts), ("null_count", file.nullValueCounts),
      ("nan_count", file.nanValueCounts),
    ]
    let bounds = [("lower_bound", file.lowerBounds), ("upper_bound", file.upperBounds)]
    var members = counts.compactMap { name, counts in counts[column.id].map { (name, JSONValue.integer($0)) } }
    for (name, bounds) in bounds {
      guard let bytes = bounds[column.id] else { continue }
      let value = (try? Literal(singleValue: bytes, type: column.type)) ?? .binary(bytes)
      members.append((name, value.json(as: column.type)))
    }
    return members.isEmpty ? nil : (column.name, .object(JSONObject(members)))
  }
}

extension DataFile.Content {
  /// The content in words.
  fileprivate var name: String {
    switch self {
    case .data: "data"
    case .positionDeletes: "position deletes"
    case .equalityDeletes: "equality deletes"
    }
  }
}
