import Failures
public import ObjectStore

/// A table as it was at one time. What changes it gives a new `Table`.
public final class Table: Sendable {
  /// Its name in the catalog.
  public let identifier: TableIdentifier
  /// Its state.
  public let metadata: TableMetadata
  /// The metadata file that the state was read from.
  public let metadataLocation: String
  /// Where its files are.
  public let store: any ObjectStore
  /// The catalog that knows it.
  public let catalog: any Catalog

  /// A table. Catalogs make them.
  public init(
    identifier: TableIdentifier, metadata: TableMetadata, metadataLocation: String, store: any ObjectStore,
    catalog: any Catalog
  ) {
    self.identifier = identifier
    self.metadata = metadata
    self.metadataLocation = metadataLocation
    self.store = store
    self.catalog = catalog
  }

  /// The table as it is now.
  ///
  /// Throws `.notFound` when it was dropped, `.conflict` when another table has taken its name.
  public func refreshed() throws -> Table {
    guard let table = try catalog.refresh(self) else { throw Failure.notFound("table \(identifier) was dropped") }
    guard table.metadata.tableUUID == metadata.tableUUID else {
      throw Failure(.conflict, "table \(identifier) was replaced by another of that name", isRetryable: false)
    }
    return table
  }

  /// The table in the state of `metadata`, to be read while a commit decides. A commit on it would begin with the table as it is then.
  public func viewing(_ metadata: TableMetadata) -> Table {
    Table(identifier: identifier, metadata: metadata, metadataLocation: "", store: store, catalog: catalog)
  }
}
