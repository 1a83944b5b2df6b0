/// Which metrics a manifest's reader keeps. Most look-ups need the bounds of a few columns, and a wide table has several
/// numbers a column and file.
public enum ManifestMetrics: Sendable {
  /// Those of every column.
  case all
  /// None; enough to list files.
  case none
  /// Those of these fields.
  case fields(Set<Int32>)

  /// Whether any is kept.
  var isWanted: Bool {
    switch self {
    case .all: true
    case .none: false
    case .fields(let ids): !ids.isEmpty
    }
  }

  /// The fields to keep; nil for all.
  var ids: Set<Int32>? {
    switch self {
    case .all: nil
    case .none: []
    case .fields(let ids): ids
    }
  }
}
