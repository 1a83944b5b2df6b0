import Columns
import Failures
import Iceberg
import Pipeline

/// The windows of one table that a run replaces: new files, and the live files they stand for.
struct WindowReplacement {
  private let table: Table
  private let workspace: Workspace
  /// The column of the window's start.
  private let column: String
  private let options: DataFileOptions
  private var files: [DataFile] = []
  private var replaced: [Int64] = []

  init(
    _ table: Table, column: String = "window_start", options: DataFileOptions = DataFileOptions(), workspace: Workspace
  ) throws {
    self.table = table
    self.column = column
    self.options = options
    self.workspace = workspace
  }

  /// Puts `files`, which were written for it, in the place of the window that begins at `start`; none empty it.
  mutating func replace(_ start: Int64, with added: [DataFile]) {
    replaced.append(start)
    files += added
  }

  /// Writes rows into a file of their own, durably.
  func write(_ rows: ColumnBatch) throws -> [DataFile] {
    guard rows.rowCount > 0 else { return [] }
    let writer = try DataFileWriter(table: table, options: options, random: workspace.random)
    do {
      try writer.write(rows)
      let added = try writer.finish()
      workspace.written.add(added.map(\.path))
      return added
    } catch {
      writer.abort()
      throw error
    }
  }

  /// The change of a table that is not the main one; nil when it does not change.
  mutating func finish() throws -> PreparedChange? {
    guard !replaced.isEmpty else { return nil }
    let change = try overwrite(windows: WindowRanges(starts: replaced), isMain: false)
    return change.manifests.isEmpty && change.removed.isEmpty ? nil : change
  }

  /// The main table's change, which is made even when no row of it changes.
  mutating func finishMain(windows: WindowRanges) throws -> PreparedChange {
    var change = try overwrite(windows: WindowRanges(starts: replaced), isMain: true)
    change.windows = windows
    return change
  }

  private mutating func overwrite(windows: WindowRanges, isMain: Bool) throws -> PreparedChange {
    let removed =
      table.metadata.currentSnapshotID == nil ? [] : try WindowFiles(table: table, column: column).files(of: windows)
    for file in removed { try keepOtherWindows(of: file) }
    let operation: SnapshotOperation =
      files.isEmpty && !removed.isEmpty ? .delete : removed.isEmpty ? .append : .overwrite
    return try OutputWriter.change(
      files, in: table, workspace: workspace, operation, replacing: removed, isMain: isMain,
      conditions: (isMain ? [.forward] : []) + [.windows(windows)], windows: windows)
  }

  /// A compacted file may hold windows that are not replaced: they are copied into a new file.
  private mutating func keepOtherWindows(of file: LiveFile) throws {
    guard let range = try Bounds(table: table, column: column).range(file.dataFile) else {
      throw Failure.malformedInput("\(file.dataFile.path) has no bounds of window_start")
    }
    let gone = Set(replaced)
    let hull = WindowRanges(covering: range.lowerBound, through: range.upperBound)
    guard hull.starts.contains(where: { !gone.contains($0) }) else { return }
    try TableScan(table, columns: Tables.definition(named: table.identifier.name).schema.fields.map(\.name)).read(file)
    { batch in
      let starts = try batch.rows.int64s(column)
      let kept = (0..<starts.count).filter { !gone.contains(starts.values[$0]) }
      files += try write(batch.rows.gathering(kept))
    }
  }
}
