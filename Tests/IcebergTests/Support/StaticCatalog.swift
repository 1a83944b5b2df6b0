import Bytes
import Failures
import Iceberg
import ObjectStore

/// A catalog of one table that never changes.
struct StaticCatalog: Catalog {
  func createNamespace(_ namespace: [String]) throws { throw Self.refusal }
  func listTables(_ namespace: [String]) throws -> [TableIdentifier] { [] }
  func tableExists(_ identifier: TableIdentifier) throws -> Bool { false }
  func loadTable(_ identifier: TableIdentifier) throws -> Table? { nil }
  func refresh(_ table: Table) throws -> Table? { table }
  func createTable(_ identifier: TableIdentifier, _ creation: TableCreation) throws -> Table { throw Self.refusal }
  func registerTable(_ identifier: TableIdentifier, metadataLocation: String) throws -> Table { throw Self.refusal }
  func dropTable(_ identifier: TableIdentifier) throws -> Bool { throw Self.refusal }
  func commit(_ commit: TableCommit) throws { throw Self.refusal }

  private static var refusal: Failure { .unsupported("a static table does not change") }

  /// The table whose metadata lies at `location`.
  static func table(at location: String, _ store: any ObjectStore) throws -> Table {
    Table(
      identifier: TableIdentifier(namespace: [], name: "static"),
      metadata: try TableMetadata(parsing: store.read(location), location: location), metadataLocation: location,
      store: store, catalog: StaticCatalog())
  }
}

/// Reads files under the locations that tables name from where they really are. Accepts `file:/x` for `file:///x`, as Java writes it.
struct MovedStore: ObjectStore {
  let base = LocalObjectStore()
  let prefix: String
  let directory: String

  private func moved(_ location: String) -> String {
    for scheme in ["file://", "file:"] where location.hasPrefix(scheme + prefix + "/") {
      return directory + location.dropFirst(scheme.count + prefix.count)
    }
    return location
  }

  func read(_ location: String) throws -> [UInt8] { try base.read(moved(location)) }
  func open(_ location: String, length: Int?) throws -> any ByteSource {
    try base.open(moved(location), length: length)
  }
  func exists(_ location: String) throws -> Bool { try base.exists(moved(location)) }
  func write(_ bytes: [UInt8], to location: String, mode: WriteMode) throws { throw Self.refusal }
  func create(_ location: String) throws -> any ObjectWriter { throw Self.refusal }
  func list(prefix: String) throws -> [ObjectInfo] { try base.list(prefix: moved(prefix)) }
  func delete(_ locations: [String]) throws { throw Self.refusal }

  private static var refusal: Failure { .unsupported("fixtures are read only") }
}
