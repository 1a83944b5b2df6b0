import Failures
import ObjectStore

/// Keeps each resolved configuration once beside the tables, as `config/<hash>.json`, so that a plan can be understood later.
struct ConfigurationArchive {
  let workspace: Workspace

  func store(_ configuration: ResolvedConfiguration) throws {
    let location = "\(workspace.warehouse)/config/\(configuration.hash).json"
    guard try !workspace.store.exists(location) else { return }
    try workspace.store.write(Array(configuration.text.utf8), to: location, mode: .replace)
  }
}
