import Columns
import Failures
import Iceberg
import Pipeline
import Quality

extension SilverJob {
  var quarantine: TableDefinition { Tables.silverQuarantine }
  var files: DataFileOptions { settings.files }
  var rowLimit: Int { settings.rowLimit }

  /// The Bronze rows go through today's rules, less the waived checks, as they would in a batch; what Silver holds is dropped.
  func redrive(_ page: QuarantinedPage, plan: Plan, tables: inout TableSet) throws -> Redriven {
    let rows = try page.fromLogs()
    var bronze = BronzeRecords(rowCount: rows.rowCount)
    if let table = try tables.existing(Tables.bronzeEvents) { try bronze.find(rows, in: table) }
    let missing = rows.gathering(bronze.missing)
    if missing.rowCount > 0 { bronze.parts.append(try Self.restored(page.originals(of: missing))) }
    let waivers = try tables.existing(Tables.bronzeEvents).map { table in
      try BronzeOrigin(bronze: table, ledger: tables.existing(Tables.qualityMetrics), state: workspace.state)
        .find(bronze.pieces).waivers
    }
    let result = try transform(
      bronze.parts, waivers: waivers ?? [:], plan: plan, lookup: SilverLookup(silver: tables.owned(main)))
    return Redriven(
      events: result.events, refused: result.quarantine, counts: result.counts,
      checks: result.checks, restored: missing.rowCount)
  }

  /// What is read of Bronze: also whose batch a row is, since its waivers hold.
  fileprivate static let bronzeColumns = SilverTransform.bronzeColumns + ["batch_id"]

  /// Rows of Bronze as far as the quarantine knows them: it does not know when the record came, only when it was refused, and that is
  /// the nearest.
  private static func restored(_ rows: ColumnBatch) throws -> ColumnBatch {
    let fields = Tables.bronzeEvents.schema.fields.filter { bronzeColumns.contains($0.name) }
    let columns = try fields.map { field -> Column in
      switch field.name {
      case "event_id": try rows.column("meta_id")
      case "event_data": .binary(try rows.originals())
      case "ingestion_timestamp": try rows.column("quarantine_timestamp")
      case "batch_id": try rows.column("quarantine_batch_id")
      case "kafka_timestamp": field.type.nulls(rows.rowCount)
      default: try rows.column(field.name)
      }
    }
    return try ColumnBatch(schema: ColumnSchema(fields), columns: columns)
  }
}

/// The Bronze rows that quarantined rows of Silver were made of.
private struct BronzeRecords {
  /// The rows, as they come out of the files.
  var parts: [ColumnBatch] = []
  /// The files that they are from.
  var pieces: [BronzeFiles.Piece] = []
  private var isFound: [Bool]

  init(rowCount: Int) { isFound = [Bool](repeating: false, count: rowCount) }

  /// Positions of the rows whose record is not in Bronze any more.
  var missing: [Int] { isFound.indices.filter { !isFound[$0] } }

  mutating func find(_ rows: ColumnBatch, in bronze: Table) throws {
    guard rows.rowCount > 0 else { return }
    try KnownRecords(rows, in: bronze).forEach(SilverJob.bronzeColumns) { file, batch, matches in
      // A record is in Bronze once; whatever else may have come is not taken twice.
      let new = matches.indices.filter { position in
        defer { isFound[matches[position]] = true }
        return !isFound[matches[position]]
      }
      parts.append(batch.gathering(new))
      if pieces.last?.file.dataFile.path != file.dataFile.path {
        pieces.append(.init(file: file, rows: 0..<file.dataFile.recordCount))
      }
    }
  }
}
