import ObjectStore
import JSON
import JobState
import Failures
import Iceberg
import Pipeline

/// Tidies what a killed process left behind, before anything new is planned.
struct Leftovers {
  let workspace: Workspace
  let job: String

  /// Deletes metadata files that were never committed, and commits the changes that the newest batch of `main` still owes.
  func settle(main: Table, tables: inout TableSet) throws {
    for definition in Tables.all { try deleteOrphanedMetadata(of: definition, tables: &tables) }
    guard let text = main.metadata.properties[SummaryKey.following] else { return }
    let following = try FollowingChanges(text: text)
    for change in following.changes {
      let table = try tables.owned(Tables.definition(named: change.table))
      guard try !isCommitted(change, run: following.plan.run, in: table) else { continue }
      let committer = Committer(workspace: workspace, plan: following.plan, outcome: ["outcome": "done"])
      _ = try within("committing \(change.table) for \(following.plan.batch)") {
        try committer.commit(change, to: table)
      }
      tables.refresh()
    }
  }

  private func isCommitted(_ change: PreparedChange, run: String, in table: Table) throws -> Bool {
    let (snapshot, wasCut) = try Lineage(metadata: table.metadata).find(run: run)
    if snapshot != nil { return true }
    guard wasCut else { return false }
    let live = Set(try table.liveFiles(afterSequence: -1, upTo: .max).map(\.dataFile.path))
    return change.written.contains { live.contains($0) }
  }

  /// A metadata file that a kill left between writing it and the catalog's compare-and-swap would be taken for the newest by
  /// readers that list the folder.
  private func deleteOrphanedMetadata(of definition: TableDefinition, tables: inout TableSet) throws {
    let key = StateKey.metadata(table: definition.name)
    guard let path = try workspace.state.value(job: job, key: key) else { return }
    if let table = try tables.existing(definition), !isKnown(path, to: table) { try workspace.store.delete([path]) }
    try workspace.state.setValue(nil, job: job, key: key)
  }

  private func isKnown(_ path: String, to table: Table) -> Bool {
    if table.metadataLocation == path { return true }
    return table.metadata.wasMade(from: path)
  }
}
