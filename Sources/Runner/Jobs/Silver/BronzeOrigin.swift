import Columns
import Failures
import Iceberg
import JSON
import JobState
import Pipeline

/// Which Bronze batches wrote rows, and the checks that these waived: they hold in Silver for the rows of that batch.
struct BronzeOrigin {
  let bronze: Table
  /// The table quality_metrics; nil where it is not there yet.
  let ledger: Table?
  let state: any JobState

  /// The batches of `pieces`, and the waivers of those that had some.
  func find(_ pieces: [BronzeFiles.Piece]) throws -> (batches: [String], waivers: [String: [String]]) {
    var batches: Set<String> = []
    var waivers: [String: [String]] = [:]
    var hidden: [BronzeFiles.Piece] = []
    for (id, pieces) in Dictionary(grouping: pieces, by: \.file.snapshotID) {
      // Snapshots of others tell nothing of the batches whose rows they wrote again.
      guard let summary = try bronze.metadata.snapshot(id)?.summary, let name = summary[SummaryKey.batch] else {
        hidden += pieces
        continue
      }
      batches.insert(name)
      if let text = summary[SummaryKey.plan] { waivers[name] = try Self.waivers(ofPlan: text, name) }
    }
    for name in try self.batches(of: hidden) where batches.insert(name).inserted {
      if let text = try plan(of: name) { waivers[name] = try Self.waivers(ofPlan: text, name) }
    }
    return (batches.sorted(), waivers.filter { !$0.value.isEmpty })
  }

  private static func waivers(ofPlan text: String, _ name: String) throws -> [String] {
    try JSONValue.object(parsing: text, as: "plan of \(name)").optionalArray("waivers")?.compactMap(\.string) ?? []
  }

  /// The batches that the rows of files name, whose snapshots do not.
  private func batches(of pieces: [BronzeFiles.Piece]) throws -> Set<String> {
    var names: Set<String> = []
    guard !pieces.isEmpty else { return names }
    let scan = try TableScan(bronze, columns: ["batch_id"])
    for piece in pieces {
      try scan.read(piece.file, rows: piece.rows) { batch in
        let column = try batch.rows.binaries("batch_id")
        var last: ArraySlice<UInt8>?
        for row in 0..<column.count where column[row] != last {
          last = column[row]
          if let name = column.string(row) { names.insert(name) }
        }
      }
    }
    return names
  }

  /// The plan of a batch, as its own state or the ledger has it.
  private func plan(of name: String) throws -> String? {
    if let run = try state.runs(batch: name).first { return run.plan }
    guard let ledger, ledger.metadata.currentSnapshotID != nil else { return nil }
    var plan: String?
    try TableScan(ledger, filter: .equal("batch_id", .text(name)), columns: ["plan"]).readAll { batch in
      let plans = try batch.rows.binaries("plan")
      if plans.count > 0 { plan = plans.string(plans.count - 1) }
    }
    return plan
  }
}
