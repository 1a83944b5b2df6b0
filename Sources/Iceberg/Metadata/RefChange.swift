/// A change of a table's branches and tags (specification, "Snapshot References":
/// <https://iceberg.apache.org/spec/#snapshot-references>).
public enum RefChange: Sendable, Hashable {
  /// Makes a branch or tag, or points it elsewhere and changes how long it is kept. A branch stays a branch, and `main` follows the
  /// current snapshot: it can only be given other limits.
  case set(String, SnapshotRef)
  /// Removes a branch or tag other than `main`.
  case remove(String)
  /// Moves a branch, `main` too, forward to where another branch or a tag is: what was tried on a branch becomes part of this one. A
  /// branch that is not there is made.
  ///
  /// The commit throws `.conflict`, not to be tried again, where the branch has snapshots of its own.
  case fastForward(String, to: String)

  /// A new tag for a snapshot, kept for so many milliseconds or, with nil, always.
  public static func tag(_ name: String, snapshotID: Int64, maxRefAgeMilliseconds: Int64? = nil) -> RefChange {
    .set(name, SnapshotRef(snapshotID: snapshotID, kind: .tag, maxRefAgeMilliseconds: maxRefAgeMilliseconds))
  }

  /// A new branch that begins at a snapshot.
  public static func branch(_ name: String, snapshotID: Int64) -> RefChange {
    .set(name, SnapshotRef(snapshotID: snapshotID))
  }
}
