import Columns
import Failures
import Iceberg
import Pipeline

/// Gives rows of a quarantine table another status: the files that hold some of them are written again, one after the other.
struct StatusWriter {
  let table: Table
  let workspace: Workspace
  let plan: Plan
  let status: QuarantineStatus

  /// The columns by which rows are found.
  static let columns = ["row_id", "event_time", "kafka_offset"]

  /// What a row may be before: what is in the main table is released whatever was decided about it, and stays so.
  private var replaceable: [QuarantineStatus] { status == .released ? [.open, .discarded] : [.open] }

  /// The change that gives `rows` (with the columns above) the status, as the table is now; nil when none of them may have it.
  func change(_ rows: ColumnBatch) throws -> PreparedChange? {
    guard rows.rowCount > 0, table.metadata.currentSnapshotID != nil else { return nil }
    let ids = KeyIndex(try rows.binaries("row_id"))
    let writer = try OutputWriter(table, workspace: workspace)
    let schema = try Tables.definition(named: table.identifier.name).schema
    let scan = try TableScan(table, columns: schema.fields.map(\.name))
    var replaced: [LiveFile] = []
    for file in try TableScan(table, filter: filter(rows)).plan().files where try holds(file, ids) {
      if workspace.isStopping() { throw Failure.unavailable("asked to stop") }
      try scan.read(file) { batch in
        let isMeant = try meant(batch.rows, ids)
        let marked = batch.rows.gathering(isMeant.indices.filter { isMeant[$0] })
        try writer.write(
          QuarantineUpdate.marking(
            marked, status, clock: plan.clock, batchID: status == .released ? plan.batch : nil))
        try writer.write(batch.rows.gathering(isMeant.indices.filter { !isMeant[$0] }))
      }
      replaced.append(file)
    }
    guard !replaced.isEmpty else { return nil }
    return try writer.finish(.overwrite, replacing: replaced, conditions: [.status(status)])
  }

  /// `change` made anew for the table as it is now, which has moved since; nil when nothing of it is left to do.
  func rebuilt(_ change: PreparedChange) throws -> PreparedChange? {
    let scan = try TableScan(table, columns: Self.columns + ["status", "status_time", "released_batch_id"])
    let fields = Tables.bronzeQuarantine.schema.fields.filter { Self.columns.contains($0.name) }
    var rows = ColumnBatch(empty: ColumnSchema(fields))
    for entry in try change.manifests.flatMap({ try table.entries(of: $0) }) {
      let file = LiveFile(dataFile: entry.dataFile, snapshotID: 0, sequenceNumber: 0, fileSequenceNumber: 0)
      try scan.read(file) { batch in
        try rows.append(contentsOf: batch.rows.gathering(ownRows(batch.rows)).selecting(fields.map(\.name)))
      }
    }
    return try self.change(rows)
  }

  /// Whether the files that `change` replaces are all still there: then it holds all of their rows.
  func isValid(_ change: PreparedChange) throws -> Bool {
    let live = Set(try table.liveFiles(afterSequence: -1, upTo: .max).map(\.dataFile.path))
    return change.removed.allSatisfy { live.contains($0) }
  }

  /// The rows of a prepared file that this run has marked, not merely carried over.
  private func ownRows(_ batch: ColumnBatch) throws -> [Int] {
    let statuses = try batch.binaries("status")
    let times = try batch.int64s("status_time")
    let batches = try batch.binaries("released_batch_id")
    return (0..<batch.rowCount).filter { row in
      statuses.string(row) == status.rawValue && times[row] == plan.clock
        && (status != .released || batches.string(row) == plan.batch)
    }
  }

  private func meant(_ batch: ColumnBatch, _ ids: KeyIndex) throws -> [Bool] {
    let column = try batch.binaries("row_id")
    let statuses = try batch.binaries("status")
    return (0..<batch.rowCount).map { row in
      guard let status = statuses.string(row).flatMap(QuarantineStatus.init(rawValue:)) else { return false }
      return replaceable.contains(status) && ids.contains(column, row: row)
    }
  }

  private func holds(_ file: LiveFile, _ ids: KeyIndex) throws -> Bool {
    var isMet = false
    try TableScan(table, columns: ["row_id", "status"]).read(file) { batch in
      isMet = try isMet || meant(batch.rows, ids).contains(true)
    }
    return isMet
  }

  /// Which files may hold the rows. Their ids are hashes, but a row lies within its file's bounds of offsets, a computed one of times.
  private func filter(_ rows: ColumnBatch) throws -> Expression {
    let offsets = try rows.int64s("kafka_offset")
    if offsets.nullCount == 0 { return .isIn("kafka_offset", Set(offsets.values).sorted().map { .long($0) }) }
    let times = try rows.int64s("event_time")
    if times.nullCount == 0 { return .isIn("event_time", Set(times.values).sorted().map { .timestamptz($0) }) }
    return .alwaysTrue
  }
}
