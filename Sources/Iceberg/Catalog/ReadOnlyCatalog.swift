import Failures
public import ObjectStore

extension Table {
  /// The table that one metadata file describes, to be read without a catalog; it never changes.
  ///
  /// Throws `.notFound`, `.unsupported` for format version 3, `.malformedInput` naming what does not follow the specification.
  public convenience init(metadataFile location: String, store: any ObjectStore) throws {
    self.init(
      identifier: TableIdentifier(namespace: [], name: location),
      metadata: try TableMetadata(parsing: store.read(location), location: location), metadataLocation: location,
      store: store, catalog: ReadOnlyCatalog())
  }
}

/// Stands in where a table is read without a catalog: knows no table and refuses every change.
struct ReadOnlyCatalog: Catalog {
  func createNamespace(_ namespace: [String]) throws { throw Self.refusal }
  func listTables(_ namespace: [String]) throws -> [TableIdentifier] { [] }
  func tableExists(_ identifier: TableIdentifier) throws -> Bool { false }
  func loadTable(_ identifier: TableIdentifier) throws -> Table? { nil }
  func refresh(_ table: Table) throws -> Table? { table }
  func createTable(_ identifier: TableIdentifier, _ creation: TableCreation) throws -> Table { throw Self.refusal }
  func registerTable(_ identifier: TableIdentifier, metadataLocation: String) throws -> Table { throw Self.refusal }
  func dropTable(_ identifier: TableIdentifier) throws -> Bool { throw Self.refusal }
  func commit(_ commit: TableCommit) throws { throw Self.refusal }

  private static var refusal: Failure { .unsupported("a table opened from a metadata file cannot be changed") }
}
