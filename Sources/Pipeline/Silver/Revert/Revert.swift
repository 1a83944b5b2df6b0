/// How an edit undoes others' work.
package enum RevertKind: UInt8, Sendable, CaseIterable {
  /// One or more edits taken back, later ones kept.
  case undo
  /// The last editor's edits taken back.
  case rollback
  /// An older version brought back.
  case restore
  /// Said in the editor's own words.
  case manual

  /// The word in the column `revert_kind`.
  package var name: String {
    switch self {
    case .undo: "undo"
    case .rollback: "rollback"
    case .restore: "restore"
    case .manual: "manual"
    }
  }
}

/// What an edit summary says of a revert.
package struct Revert: Sendable, Equatable {
  /// The kind.
  package let kind: RevertKind
  /// Where in the summary the user stands whose edits are undone; of a restore that names no such user, the author of
  /// the version gone back to.
  package let user: Range<Int>?
  /// The revision undone or gone back to.
  package let revision: Int64?
}
