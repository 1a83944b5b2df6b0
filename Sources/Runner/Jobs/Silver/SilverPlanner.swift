import Failures
import Iceberg

/// Decides which Bronze rows the next Silver batch takes.
struct SilverPlanner {
  let bronze: Table
  let origin: BronzeOrigin
  let settings: SilverSettings
  let request: PlanRequest

  /// The input that comes next, nil when there is none.
  func plan() throws -> PlannedInput? {
    let after = try request.progress.map(SilverProgress.init(text:))
    if let after, after.table != bronze.metadata.tableUUID {
      throw Failure.qualityGate(
        "Silver's progress is of Bronze table \(after.table), but the table is now \(bronze.metadata.tableUUID)")
    }
    let horizon = try request.horizon.map(SilverProgress.init(text:))
    let pieces = try BronzeFiles(bronze: bronze).pieces(after: after, upTo: horizon)
    guard let end = end(of: pieces) else { return nil }
    let taken = try BronzeFiles(bronze: bronze).pieces(after: after, upTo: end)
    let origin = try origin.find(taken)
    let input = SilverPlanInput(
      after: after, upTo: end, rows: taken.reduce(0) { $0 + Int64($1.rows.count) }, batches: origin.batches,
      waivers: origin.waivers, isPoison: request.isPoison)
    return PlannedInput(input: try input.text, progressEnd: end.text, clock: nil, fetched: nil)
  }

  /// Where the batch ends: after the last whole sequence number within the limits, or inside the first.
  private func end(of pieces: [BronzeFiles.Piece]) -> SilverProgress? {
    var rows = Int64(max(1, min(request.rowLimit ?? settings.rowLimit, settings.rowLimit)))
    var bytes = Int64(settings.byteLimit)
    var end: SilverProgress?
    for (position, piece) in pieces.enumerated() {
      let count = Int64(piece.rows.count)
      let isFirst = end == nil
      if count > rows || (piece.file.dataFile.fileSize > bytes && !isFirst) {
        guard isFirst || count > rows && rows > 0 && piece.file.dataFile.fileSize <= bytes else { break }
        return progress(piece, inside: piece.rows.lowerBound + min(rows, count))
      }
      rows -= count
      bytes -= piece.file.dataFile.fileSize
      let isLastOfSequence =
        position + 1 == pieces.count || pieces[position + 1].file.sequenceNumber != piece.file.sequenceNumber
      end = isLastOfSequence ? progress(piece, inside: nil) : progress(piece, inside: piece.rows.upperBound)
    }
    return end
  }

  private func progress(_ piece: BronzeFiles.Piece, inside row: Int64?) -> SilverProgress {
    SilverProgress(
      table: bronze.metadata.tableUUID, sequence: piece.file.sequenceNumber,
      inside: row.map { .init(file: piece.file.dataFile.path, row: $0) })
  }
}
