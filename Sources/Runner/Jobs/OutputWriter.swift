import Columns
import Iceberg
import Pipeline

/// Writes the rows of one run into data files and manifests of a table, without committing them. Dropped before `finish`, it deletes
/// what it wrote.
final class OutputWriter {
  private let workspace: Workspace
  private let table: Table
  private let writer: DataFileWriter
  private var isFinished = false

  init(_ table: Table, options: DataFileOptions = DataFileOptions(), workspace: Workspace) throws {
    self.workspace = workspace
    self.table = table
    writer = try DataFileWriter(table: table, options: options, random: workspace.random)
  }

  /// Adds rows.
  func write(_ batch: ColumnBatch) throws {
    if batch.rowCount > 0 { try writer.write(batch) }
  }

  deinit { if !isFinished { writer.abort() } }

  /// Makes the rows durable and names them in a manifest: the files of a change that adds them.
  func finish(
    _ operation: SnapshotOperation, replacing removed: [LiveFile] = [], isMain: Bool = false,
    conditions: [PreparedChange.Condition] = [], windows: WindowRanges = WindowRanges()
  ) throws -> PreparedChange {
    let files = try writer.finish()
    isFinished = true
    workspace.written.add(files.map(\.path))
    return try Self.change(
      files, in: table, workspace: workspace, operation, replacing: removed, isMain: isMain, conditions: conditions,
      windows: windows)
  }

  /// A change that adds `files`, which are written already.
  static func change(
    _ files: [DataFile], in table: Table, workspace: Workspace, _ operation: SnapshotOperation,
    replacing removed: [LiveFile] = [], isMain: Bool = false, conditions: [PreparedChange.Condition] = [],
    windows: WindowRanges = WindowRanges()
  ) throws -> PreparedChange {
    var change = PreparedChange(table: table.identifier.name, operation: operation)
    change.isMain = isMain
    change.conditions = conditions
    change.base = table.metadata.currentSnapshotID
    change.removed = removed.map(\.dataFile.path)
    change.windows = windows
    change.written = files.map(\.path)
    if !files.isEmpty {
      let manifest = try table.writeManifest(files, random: workspace.random)
      change.manifests = [manifest]
      change.written.append(manifest.path)
      workspace.written.add([manifest.path])
    }
    return change
  }
}
