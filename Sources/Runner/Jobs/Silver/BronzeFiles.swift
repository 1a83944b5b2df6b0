import Failures
import Iceberg

/// Data files of Bronze in the order in which Silver consumes them, and which rows of each belong to a range of progress.
struct BronzeFiles {
  /// A file and the rows of it that are meant.
  struct Piece: Sendable {
    var file: LiveFile
    var rows: Range<Int64>
  }

  let bronze: Table

  /// The pieces after `after` up to `upTo` (nil: to the end).
  ///
  /// While the snapshots of the range exist only their added files are read; else all live files whose data sequence number is after the
  /// cursor, which costs time and never rows. A file in which a plan ended and that is gone since is read again from the start of its
  /// sequence number; Silver drops what it already holds.
  func pieces(after: SilverProgress?, upTo: SilverProgress?) throws -> [Piece] {
    let first = after.map { $0.inside == nil ? $0.sequence : $0.sequence - 1 } ?? -1
    let last = upTo?.sequence ?? bronze.metadata.lastSequenceNumber
    guard first < last else { return [] }
    let files =
      try bronze.addedFiles(afterSequence: first, upTo: last)?.files
      ?? bronze.liveFiles(afterSequence: first, upTo: last)
    let resumes = after?.inside.map { inside in files.contains { $0.dataFile.path == inside.file } } ?? false
    return files.sorted(by: Self.comesBefore).compactMap { file in
      var rows = 0..<file.dataFile.recordCount
      if resumes, let after, file.sequenceNumber == after.sequence { rows = Self.rest(of: file, after: after) }
      if let upTo, file.sequenceNumber == upTo.sequence, let inside = upTo.inside {
        rows = rows.clamped(to: 0..<Self.end(of: file, inside: inside))
      }
      return rows.isEmpty ? nil : Piece(file: file, rows: rows)
    }
  }

  private static func comesBefore(_ first: LiveFile, _ second: LiveFile) -> Bool {
    if first.sequenceNumber != second.sequenceNumber { return first.sequenceNumber < second.sequenceNumber }
    return first.dataFile.path.utf8.lexicographicallyPrecedes(second.dataFile.path.utf8)
  }

  private static func rest(of file: LiveFile, after: SilverProgress) -> Range<Int64> {
    guard let inside = after.inside else { return 0..<0 }
    return end(of: file, inside: inside)..<file.dataFile.recordCount
  }

  /// How many rows of `file` lie before the position `inside`.
  private static func end(of file: LiveFile, inside: SilverProgress.Position) -> Int64 {
    if file.dataFile.path == inside.file { return min(inside.row, file.dataFile.recordCount) }
    return file.dataFile.path.utf8.lexicographicallyPrecedes(inside.file.utf8) ? file.dataFile.recordCount : 0
  }
}
