import Columns

/// The columns that come from an edit's summary.
struct Reverts {
  var isRevert: PrimitiveColumn<Bool>
  var kind: BinaryColumn
  var targetUser: BinaryColumn
  var targetRevision: PrimitiveColumn<Int64>
  var hasComment: PrimitiveColumn<Bool>

  private static let edit = Array("edit".utf8)

  /// Only rows of type edit can revert: a new page has nothing to undo, and other types repeat or describe edits.
  init(comment: BinaryColumn, type: BinaryColumn, recognizer: RevertRecognizer) {
    let count = comment.count
    let none = UInt8(RevertKind.allCases.count)
    var codes = [UInt8](repeating: none, count: count)
    var words = [Bool](repeating: false, count: count)
    var users = BinaryColumn()
    users.reserve(rows: count, bytes: 0)
    var revisions = PrimitiveColumn<Int64>()
    revisions.reserve(count)
    comment.forEachRow { row, summary in
      var revert: Revert?
      if let summary {
        words[row] = CommentText.hasWords(summary)
        let isEdit = type.withUnsafeBytes(row: row) { $0.elementsEqual(Self.edit) }
        if isEdit { revert = recognizer.revert(summary) }
        users.append(userName: revert?.user, of: summary)
      } else {
        users.appendNull()
      }
      if let revert { codes[row] = revert.kind.rawValue }
      revisions.append(revert?.revision)
    }
    isRevert = PrimitiveColumn(codes.map { $0 != none })
    kind = BinaryColumn(codes: codes, words: RevertKind.allCases.map(\.name))
    targetUser = users
    targetRevision = revisions
    hasComment = PrimitiveColumn(words)
  }
}

extension BinaryColumn {
  /// Adds the part of a summary that names a user, with blanks for underscores and none around it.
  fileprivate mutating func append(userName range: Range<Int>?, of summary: UnsafeRawBufferPointer) {
    guard var range else { return appendNull() }
    while let first = range.first, isBlank(summary[first]) || summary[first] == 0x5f {
      range = first + 1..<range.upperBound
    }
    while let last = range.last, isBlank(summary[last]) || summary[last] == 0x5f { range = range.lowerBound..<last }
    if range.isEmpty { return appendNull() }
    append(summary[range].map { $0 == 0x5f ? 0x20 : $0 }[...])
  }
}
