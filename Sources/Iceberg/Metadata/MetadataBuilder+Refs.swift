import Failures
import JSON

/// Branches and tags (specification, "Snapshot References": <https://iceberg.apache.org/spec/#snapshot-references>).
extension MetadataBuilder {
  /// The newest snapshot of a branch after the changes so far; of one that is not there, the table's state.
  ///
  /// Throws `.invalidArgument` for a tag.
  func head(ofBranch name: String) throws -> Int64? {
    guard name != SnapshotRef.main, let ref = refs[name] else { return currentID }
    guard ref["type"]?.string == SnapshotRef.Kind.branch.rawValue else {
      throw Failure.invalidArgument("\(name) is a tag, and nothing is added to it")
    }
    return ref["snapshot-id"]?.int64
  }

  /// Moves a branch, or begins it; how long it is kept stays as it is.
  mutating func point(_ branch: String, to id: Int64) {
    guard branch != SnapshotRef.main else { return setCurrent(id) }
    var ref = refs[branch]?.object ?? JSONObject([("snapshot-id", 0), ("type", "branch")])
    ref["snapshot-id"] = .integer(id)
    setRef(branch, .object(ref))
  }

  /// Makes a snapshot the table's state.
  mutating func setCurrent(_ id: Int64) {
    currentID = id
    source.set("current-snapshot-id", .integer(id))
    source.append(["timestamp-ms": .integer(timestampMilliseconds), "snapshot-id": .integer(id)], to: "snapshot-log")
    var main = refs[SnapshotRef.main]?.object ?? JSONObject([("snapshot-id", 0), ("type", "branch")])
    main["snapshot-id"] = .integer(id)
    setRef(SnapshotRef.main, .object(main))
  }

  private mutating func setRef(_ name: String, _ ref: JSONValue?) {
    refs[name] = ref
    source.set("refs", .object(refs))
  }

  mutating func apply(_ change: RefChange) throws {
    switch change {
    case .remove(let name):
      guard name != SnapshotRef.main else {
        throw Failure.invalidArgument("branch main is the table's state and stays")
      }
      guard refs[name] != nil else { throw Failure.notFound("there is no branch or tag \(name)") }
      setRef(name, nil)
    case .set(let name, let ref):
      guard base.snapshotIDs.contains(ref.snapshotID) else {
        throw Failure.notFound("snapshot \(ref.snapshotID) does not exist")
      }
      guard name != SnapshotRef.main || (ref.kind == .branch && ref.snapshotID == currentID) else {
        throw Failure.invalidArgument("branch main follows the current snapshot")
      }
      if let kind = refs[name]?["type"]?.string, kind != ref.kind.rawValue {
        throw Failure.invalidArgument("\(name) is a \(kind) and cannot become a \(ref.kind)")
      }
      setRef(name, ref.json)
    case .fastForward(let branch, let target):
      try fastForward(branch, to: target)
    }
  }

  private mutating func fastForward(_ branch: String, to target: String) throws {
    let end = target == SnapshotRef.main ? currentID : refs[target]?["snapshot-id"]?.int64
    guard let end else { throw Failure.notFound("there is no branch or tag \(target)") }
    let isThere = branch == SnapshotRef.main ? currentID != nil : refs[branch] != nil
    let start = try head(ofBranch: branch)
    guard isThere, let start else { return point(branch, to: end) }
    var ancestry = base.ancestors(of: end)
    while let snapshot = try ancestry.next() {
      guard snapshot.id == start else { continue }
      if start != end { point(branch, to: end) }
      return
    }
    throw Failure(
      .conflict, "\(branch) has snapshots that \(target) has not, and cannot be moved forward to it", isRetryable: false
    )
  }
}
