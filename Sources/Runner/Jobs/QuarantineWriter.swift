import Columns
import Failures
import Iceberg
import Pipeline

/// Puts refused rows of a log into a quarantine table, in which a row_id is at most once: a row that is there is replaced and keeps its
/// status.
struct QuarantineWriter {
  let table: Table
  let workspace: Workspace

  /// The change that adds `rows`, as the table is now; nil without rows.
  func change(_ rows: ColumnBatch) throws -> PreparedChange? {
    guard rows.rowCount > 0 else { return nil }
    var standing = Standing(ColumnBatch(empty: rows.schema))
    let ids = try RowIDs(rows)
    for file in try files(holding: rows) { try standing.add(file, rows: read(file), ids: ids) }
    let writer = try OutputWriter(table, workspace: workspace)
    try writer.write(QuarantineUpdate.keepingStatus(of: standing.replaced, in: rows))
    try writer.write(standing.kept)
    return try writer.finish(
      standing.files.isEmpty ? .append : .overwrite, replacing: standing.files, conditions: [.rowsOnce])
  }

  /// `change` made anew for the table as it is now, which has moved since. `batch` tells its own rows from those that it carried over.
  func rebuilt(_ change: PreparedChange, batch: String) throws -> PreparedChange? {
    let rows = try added(by: change)
    let batches = try rows.binaries("quarantine_batch_id")
    return try self.change(rows.gathering((0..<rows.rowCount).filter { batches.string($0) == batch }))
  }

  /// `change`, which replaces `windows` of Gold's quarantine, made anew for the table as it is now: what was decided about a row since
  /// stays.
  func rebuilt(_ change: PreparedChange, windows: WindowRanges) throws -> PreparedChange? {
    let added = try Self.split(added(by: change), by: windows).inside
    var standing = (inside: ColumnBatch(empty: added.schema), outside: ColumnBatch(empty: added.schema))
    let files = try WindowFiles(table: table, column: WindowFiles.column(of: table.identifier.name)).files(of: windows)
    for file in files {
      let rows = try Self.split(read(file), by: windows)
      try standing.inside.append(contentsOf: rows.inside)
      try standing.outside.append(contentsOf: rows.outside)
    }
    let isEmpty = added.rowCount + standing.outside.rowCount == 0
    guard !isEmpty || !files.isEmpty else { return nil }
    let writer = try OutputWriter(table, workspace: workspace)
    try writer.write(QuarantineUpdate.keepingStatus(of: standing.inside, in: added))
    try writer.write(standing.outside)
    return try writer.finish(
      isEmpty ? .delete : files.isEmpty ? .append : .overwrite, replacing: files, conditions: [.windows(windows)],
      windows: windows)
  }

  /// Computed rows, whose event time is the start of their window, inside and outside of `windows`.
  private static func split(
    _ rows: ColumnBatch, by windows: WindowRanges
  ) throws -> (inside: ColumnBatch, outside: ColumnBatch) {
    let starts = try rows.int64s("event_time")
    let isInside = (0..<rows.rowCount).map { row in starts[row].map { windows.contains($0) } ?? false }
    return (
      rows.gathering(isInside.indices.filter { isInside[$0] }),
      rows.gathering(isInside.indices.filter { !isInside[$0] })
    )
  }

  /// Whether `change` still leaves each row_id once, when files with data sequence numbers after `sequence` have been added since.
  func isValid(_ change: PreparedChange, since sequence: Int64) throws -> Bool {
    let live = Set(try table.liveFiles(afterSequence: -1, upTo: .max).map(\.dataFile.path))
    guard change.removed.allSatisfy({ live.contains($0) }) else { return false }
    let rows = try added(by: change)
    let ids = try RowIDs(rows)
    for file in try files(holding: rows) where file.sequenceNumber > sequence {
      let theirs = try read(file).binaries("row_id")
      if (0..<theirs.count).contains(where: { ids.contains(theirs[$0]) }) { return false }
    }
    return true
  }

  private func added(by change: PreparedChange) throws -> ColumnBatch {
    var rows = try ColumnBatch(empty: Tables.definition(named: table.identifier.name).schema)
    for entry in try change.manifests.flatMap({ try table.entries(of: $0) }) {
      let file = LiveFile(dataFile: entry.dataFile, snapshotID: 0, sequenceNumber: 0, fileSequenceNumber: 0)
      try rows.append(contentsOf: read(file))
    }
    return rows
  }

  /// Files that may hold rows of the same records: the offset is part of a row's identity, so that files are found by its bounds.
  private func files(holding rows: ColumnBatch) throws -> [LiveFile] {
    guard table.metadata.currentSnapshotID != nil else { return [] }
    let offsets = try rows.int64s("kafka_offset")
    let wanted = Set((0..<offsets.count).compactMap { offsets[$0] }).sorted().map { Literal.long($0) }
    return try TableScan(table, filter: .isIn("kafka_offset", wanted)).plan().files
  }

  private func read(_ file: LiveFile) throws -> ColumnBatch {
    let schema = try Tables.definition(named: table.identifier.name).schema
    var rows = ColumnBatch(empty: schema)
    try TableScan(table, columns: schema.fields.map(\.name)).read(file) { try rows.append(contentsOf: $0.rows) }
    return rows
  }

  /// A set of row ids.
  private struct RowIDs {
    private let ids: Set<ArraySlice<UInt8>>

    init(_ rows: ColumnBatch) throws {
      let column = try rows.binaries("row_id")
      ids = Set((0..<column.count).compactMap { column[$0] })
    }

    func contains(_ id: ArraySlice<UInt8>?) -> Bool { id.map { ids.contains($0) } ?? false }
  }

  /// What stands in the table where rows are added: files that hold some of them, and the other rows of these.
  private struct Standing {
    var files: [LiveFile] = []
    var replaced: ColumnBatch
    var kept: ColumnBatch

    init(_ empty: ColumnBatch) { (replaced, kept) = (empty, empty) }

    mutating func add(_ file: LiveFile, rows: ColumnBatch, ids: RowIDs) throws {
      let theirs = try rows.binaries("row_id")
      let isMet = (0..<theirs.count).map { ids.contains(theirs[$0]) }
      guard isMet.contains(true) else { return }
      files.append(file)
      try replaced.append(contentsOf: rows.gathering(isMet.indices.filter { isMet[$0] }))
      try kept.append(contentsOf: rows.gathering(isMet.indices.filter { !isMet[$0] }))
    }
  }
}
