import Failures
import Iceberg
import JSON
import ObjectStore
import Synchronization

/// A catalog whose commits go wrong in a chosen way before they go right.
final class FaultyCatalog: Catalog {
  enum Fault: Sendable {
    /// Another commit is first.
    case conflict
    /// The answer is lost and the commit did not happen.
    case lostBefore
    /// The answer is lost after the commit happened.
    case lostAfter
    /// A definite failure that is no conflict.
    case refused
  }

  private let base: any Catalog
  private let faults: Mutex<[Fault]>
  /// Done before a commit that meets `.conflict`.
  private let rival: @Sendable (Table) throws -> Void

  init(_ base: any Catalog, _ faults: [Fault], rival: @escaping @Sendable (Table) throws -> Void = { _ in }) {
    self.base = base
    self.faults = Mutex(faults)
    self.rival = rival
  }

  func createNamespace(_ namespace: [String]) throws { try base.createNamespace(namespace) }
  func listTables(_ namespace: [String]) throws -> [TableIdentifier] { try base.listTables(namespace) }
  func tableExists(_ identifier: TableIdentifier) throws -> Bool { try base.tableExists(identifier) }
  func loadTable(_ identifier: TableIdentifier) throws -> Table? { try base.loadTable(identifier).map(adopted) }
  func refresh(_ table: Table) throws -> Table? { try base.refresh(table).map(adopted) }
  func createTable(_ identifier: TableIdentifier, _ creation: TableCreation) throws -> Table {
    adopted(try base.createTable(identifier, creation))
  }
  func registerTable(_ identifier: TableIdentifier, metadataLocation: String) throws -> Table {
    adopted(try base.registerTable(identifier, metadataLocation: metadataLocation))
  }
  func dropTable(_ identifier: TableIdentifier) throws -> Bool { try base.dropTable(identifier) }

  func commit(_ commit: TableCommit) throws {
    switch faults.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
    case nil: try base.commit(commit)
    case .conflict:
      if let table = try base.loadTable(commit.identifier) { try rival(table) }
      try base.commit(commit)
      throw Failure.conflict("somebody was first")
    case .lostBefore: throw Failure.commitStateUnknown("no answer")
    case .lostAfter:
      try base.commit(commit)
      throw Failure.commitStateUnknown("no answer")
    case .refused: throw Failure.unavailable("the catalog is closed")
    }
  }

  private func adopted(_ table: Table) -> Table {
    Table(
      identifier: table.identifier, metadata: table.metadata, metadataLocation: table.metadataLocation,
      store: table.store, catalog: self)
  }
}

extension RetryPolicy {
  /// Without pauses.
  static let immediate = RetryPolicy(wait: { _ in })
}

extension TestCatalog {
  /// The names in a table's metadata directory.
  func metadataFiles(of table: Table) throws -> [String] {
    let prefix = table.metadata.location + "/metadata/"
    return try store.list(prefix: prefix).map { String($0.location.dropFirst(prefix.count)) }
  }

  /// The metadata files, manifest lists and manifests that the table's metadata reaches, by name.
  func reachable(from table: Table) throws -> Set<String> {
    var names: Set<String> = ["version-hint.text"]
    func add(_ path: String) { names.insert(String(path.split(separator: "/").last ?? "")) }
    add(table.metadataLocation)
    for entry in try JSONValue.parse(table.metadata.bytes)["metadata-log"]?.array ?? [] {
      add(entry["metadata-file"]?.string ?? "")
    }
    for snapshot in try table.metadata.allSnapshots() {
      add(snapshot.manifestList)
      for manifest in try ManifestList.read(store.read(snapshot.manifestList)) { add(manifest.path) }
    }
    return names
  }
}
