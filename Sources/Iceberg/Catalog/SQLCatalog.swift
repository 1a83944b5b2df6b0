import Failures
public import ObjectStore
import SQLite

/// A catalog in a SQLite file, with the tables of Iceberg's JDBC catalog: Java's `JdbcCatalog` and PyIceberg's `SqlCatalog` open
/// the same file and see the same tables.
///
/// Several processes may use the file at the same time, on one machine: not over a network file system.
public final class SQLCatalog: Catalog {
  private let database: Database
  private let rows: JDBCTables
  private let store: any ObjectStore
  private let warehouse: String
  private let clock: @Sendable () -> Int64
  private let random: @Sendable () -> UInt64

  /// Opens the catalog called `name` in the file at `path`, which is created with its tables where it is missing.
  ///
  /// New tables lie under `warehouse` (a URI). `clock` gives milliseconds since 1970-01-01 UTC, `random` uniformly random bits.
  public init(
    path: String, name: String, warehouse: String, store: any ObjectStore,
    clock: @escaping @Sendable () -> Int64, random: @escaping @Sendable () -> UInt64
  ) throws {
    database = try Database(path: path, options: OpenOptions())
    rows = try database.transaction { try JDBCTables(catalog: name, creatingIn: $0) }
    self.store = store
    self.warehouse = warehouse.hasSuffix("/") ? String(warehouse.dropLast()) : warehouse
    self.clock = clock
    self.random = random
  }

  /// Creates a namespace; one that exists is no error.
  public func createNamespace(_ namespace: [String]) throws {
    try database.transaction { [rows] in try rows.createNamespace(namespace, $0) }
  }

  /// The tables directly in a namespace, in order of name.
  public func listTables(_ namespace: [String]) throws -> [TableIdentifier] {
    try database.with { [rows] in try rows.tables(in: namespace, $0) }
  }

  /// Whether the table exists.
  public func tableExists(_ identifier: TableIdentifier) throws -> Bool { try location(of: identifier) != nil }

  /// The table as it is now, nil where there is none. Throws `.notFound` when its metadata file is gone.
  public func loadTable(_ identifier: TableIdentifier) throws -> Table? {
    try location(of: identifier).map { try load(identifier, at: $0) }
  }

  /// The table as it is now; nil where it was dropped.
  public func refresh(_ table: Table) throws -> Table? {
    guard let location = try location(of: table.identifier) else { return nil }
    return location == table.metadataLocation ? table : try load(table.identifier, at: location)
  }

  private func location(of identifier: TableIdentifier) throws -> String? {
    try database.with { [rows] in try rows.metadataLocation(of: identifier, $0) }
  }

  private func load(_ identifier: TableIdentifier, at location: String) throws -> Table {
    let metadata = try within("table \(identifier)") {
      try TableMetadata(parsing: store.read(location), location: location)
    }
    return Table(
      identifier: identifier, metadata: metadata, metadataLocation: location, store: store, catalog: self)
  }

  /// Creates a table; see `Catalog`. Creators of one file wait for each other, so that the loser sees the winner's table.
  public func createTable(_ identifier: TableIdentifier, _ creation: TableCreation) throws -> Table {
    let location = creation.location ?? ([warehouse] + identifier.namespace + [identifier.name]).joined(separator: "/")
    let metadata = try TableMetadata.new(
      uuid: randomUUID(random), location: location, schema: creation.schema, spec: creation.spec,
      sortOrder: creation.sortOrder, properties: creation.properties, now: clock())
    let file = TableLayout.metadataFile(of: metadata.location, version: 0, uuid: randomUUID(random))
    let table = Table(identifier: identifier, metadata: metadata, metadataLocation: file, store: store, catalog: self)
    try within("creating table \(identifier)") {
      try database.transaction { [rows, store] connection in
        try rows.checkNewTable(identifier, connection)
        try TableLocation(metadata.location, store).checkUnused()
        try store.write(metadata.bytes, to: file, mode: .createNew)
        do {
          try rows.insert(identifier, metadataLocation: file, connection)
        } catch {
          try? store.delete([file])
          throw error
        }
        // Before anybody can commit, so that it never replaces a newer one.
        table.writeVersionHint()
      }
    }
    return table
  }

  /// Enters a table whose metadata exists; see `Catalog`.
  public func registerTable(_ identifier: TableIdentifier, metadataLocation: String) throws -> Table {
    let table = try load(identifier, at: metadataLocation)
    try within("registering table \(identifier)") {
      try database.transaction { [rows] connection in
        try rows.checkNewTable(identifier, connection)
        try rows.insert(identifier, metadataLocation: metadataLocation, connection)
      }
    }
    return table
  }

  /// Forgets a table; its files stay.
  public func dropTable(_ identifier: TableIdentifier) throws -> Bool {
    try database.transaction { [rows] in try rows.delete(identifier, $0) }
  }

  /// Replaces the table's metadata if it is still the commit's base; see `Catalog`.
  public func commit(_ commit: TableCommit) throws {
    try database.with { [rows] connection in
      try connection.execute("BEGIN IMMEDIATE")
      do {
        try rows.replace(commit, connection)
      } catch {
        if connection.isInTransaction { _ = try? connection.execute("ROLLBACK") }
        throw error
      }
      try Self.finish(connection, commit.identifier)
    }
  }

  /// A commit that failed and left the transaction open has not happened; of one that closed it nobody knows.
  private static func finish(_ connection: Connection, _ identifier: TableIdentifier) throws {
    do {
      try connection.execute("COMMIT")
    } catch {
      if connection.isInTransaction, (try? connection.execute("ROLLBACK")) != nil { throw error }
      throw Failure.commitStateUnknown("the catalog did not confirm the commit of \(identifier)", underlying: error)
    }
  }
}
