import Failures

/// Knows which metadata file is each table's present one, and replaces it atomically.
public protocol Catalog: Sendable {
  /// Creates a namespace; one that exists is no error.
  func createNamespace(_ namespace: [String]) throws
  /// The tables directly in a namespace, in order of name.
  func listTables(_ namespace: [String]) throws -> [TableIdentifier]
  /// Whether the table exists.
  func tableExists(_ identifier: TableIdentifier) throws -> Bool
  /// The table as it is now, nil where there is none.
  func loadTable(_ identifier: TableIdentifier) throws -> Table?
  /// The table as it is now, without reading it again where `table` is that already; nil where it was dropped.
  func refresh(_ table: Table) throws -> Table?
  /// Creates a table.
  ///
  /// Throws `.conflict` when it exists or another creator was first, `.notFound` for a missing namespace, `.configuration` when the
  /// location holds another table's metadata.
  func createTable(_ identifier: TableIdentifier, _ creation: TableCreation) throws -> Table
  /// Enters a table whose metadata exists. Throws `.conflict` when the name is taken.
  func registerTable(_ identifier: TableIdentifier, metadataLocation: String) throws -> Table
  /// Forgets a table; its files stay. False where there was none.
  func dropTable(_ identifier: TableIdentifier) throws -> Bool
  /// Replaces the table's metadata if it is still the commit's base.
  ///
  /// Throws `.conflict` when it is not, `.commitStateUnknown` when the outcome is not known; after any other failure nothing has
  /// changed.
  func commit(_ commit: TableCommit) throws
}

extension Catalog {
  /// Loads a table, or creates it where it is missing, with its namespace; of several creators all get the winner's.
  public func loadOrCreateTable(_ identifier: TableIdentifier, _ creation: TableCreation) throws -> Table {
    if let table = try loadTable(identifier) { return table }
    try createNamespace(identifier.namespace)
    do {
      return try createTable(identifier, creation)
    } catch let failure as Failure where failure.kind == .conflict {
      guard let table = try loadTable(identifier) else { throw failure }
      return table
    }
  }
}

/// What a new table is like.
public struct TableCreation: Sendable {
  /// The columns, with the field ids that they will have.
  public var schema: Schema
  /// How files are divided.
  public var spec: PartitionSpec
  /// How rows are sorted.
  public var sortOrder: SortOrder
  /// The table's directory; nil for the catalog's own choice.
  public var location: String?
  /// The first properties.
  public var properties: [String: String]

  /// A description of a table.
  public init(
    schema: Schema, spec: PartitionSpec = .unpartitioned, sortOrder: SortOrder = .unsorted, location: String? = nil,
    properties: [String: String] = [:]
  ) {
    self.schema = schema
    self.spec = spec
    self.sortOrder = sortOrder
    self.location = location
    self.properties = properties
  }
}

/// One compare-and-swap of a table's metadata. The file at `newLocation` is written already.
public struct TableCommit: Sendable {
  /// The table.
  public let identifier: TableIdentifier
  /// What the commit was made from.
  public let base: TableMetadata
  /// Where that lies: what the catalog must still point to.
  public let baseLocation: String
  /// The metadata after the commit.
  public let updated: TableMetadata
  /// Where it lies.
  public let newLocation: String

  /// A commit.
  public init(
    identifier: TableIdentifier, base: TableMetadata, baseLocation: String, updated: TableMetadata, newLocation: String
  ) {
    self.identifier = identifier
    self.base = base
    self.baseLocation = baseLocation
    self.updated = updated
    self.newLocation = newLocation
  }
}
