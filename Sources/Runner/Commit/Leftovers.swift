import Failures
import Iceberg
import JSON
import JobState
import ObjectStore
import Pipeline

/// Tidies what a killed process left behind, before anything new is planned. The lock of `job` is held.
struct Leftovers {
  let workspace: Workspace
  let job: String

  /// Commits the changes that the newest batch of `main` still owes: by whoever comes next, with or without state. Each is made once
  /// whoever makes it, so that it does no harm that the batch's own process may be about to do the same.
  func commitFollowing(of main: Table, tables: inout TableSet) throws {
    var main = main
    var settled: String?
    // A table that was read again may have moved on to a batch that owes something in its turn.
    while let following = try FollowingChanges(of: main.metadata), following.plan.run != settled {
      guard try commit(following, tables: &tables) else { return }
      settled = following.plan.run
      main = try tables.owned(Tables.definition(named: main.identifier.name))
    }
  }

  /// Commits those of the changes that are not made yet; false when all were.
  private func commit(_ following: FollowingChanges, tables: inout TableSet) throws -> Bool {
    let committer = Committer(
      workspace: workspace, plan: following.plan, outcome: ["outcome": "done"], lockedJob: job)
    var isNew = false
    for change in following.changes {
      let table = try tables.owned(Tables.definition(named: change.table))
      guard try !Lineage(metadata: table.metadata).holds(change, of: following.plan.run, in: table) else { continue }
      _ = try within("committing \(change.table) for \(following.plan.batch)") {
        try committer.commitFollowing(change, tables: &tables)
      }
      tables.refresh()
      isNew = true
    }
    return isNew
  }

  /// Deletes metadata files that a kill left between writing them and the catalog's compare-and-swap: they would be taken for the
  /// newest by readers that list the folder.
  func deleteOrphanedMetadata(tables: inout TableSet) throws {
    for definition in Tables.all {
      let key = StateKey.metadata(table: definition.name)
      guard let path = try workspace.state.value(job: job, key: key) else { continue }
      if let table = try tables.existing(definition), Self.isOrphan(path, of: table) {
        try workspace.store.delete([path])
      }
      try workspace.state.setValue(nil, job: job, key: key)
    }
  }

  /// A state file that was copied from another home names files that are none of this table's.
  private static func isOrphan(_ path: String, of table: Table) -> Bool {
    path.hasPrefix(table.metadata.location + "/metadata/") && table.metadataLocation != path
      && !table.metadata.wasMade(from: path)
  }
}
