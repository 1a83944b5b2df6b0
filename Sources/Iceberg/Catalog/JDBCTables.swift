import Failures
import SQLite

/// The tables of Iceberg's JDBC catalog (Java's `JdbcUtil`, schema version V1; PyIceberg's `SqlCatalog` has the same).
struct JDBCTables: Sendable {
  private let catalog: String
  /// Whether the file has the column `iceberg_type`; files of older writers have not.
  private let hasType: Bool

  init(catalog: String, creatingIn connection: Connection) throws {
    self.catalog = catalog
    for statement in Self.creation { try connection.execute(statement) }
    let columns = try connection.rows("SELECT name FROM pragma_table_info('iceberg_tables')") { $0.text(0) ?? "" }
    hasType = columns.contains("iceberg_type")
  }

  private static let creation = [
    """
    CREATE TABLE IF NOT EXISTS iceberg_tables (catalog_name VARCHAR(255) NOT NULL, table_namespace VARCHAR(255) NOT NULL, \
    table_name VARCHAR(255) NOT NULL, metadata_location VARCHAR(1000), previous_metadata_location VARCHAR(1000), \
    iceberg_type VARCHAR(5), PRIMARY KEY (catalog_name, table_namespace, table_name))
    """,
    """
    CREATE TABLE IF NOT EXISTS iceberg_namespace_properties (catalog_name VARCHAR(255) NOT NULL, \
    namespace VARCHAR(255) NOT NULL, property_key VARCHAR(255) NOT NULL, property_value VARCHAR(1000) NOT NULL, \
    PRIMARY KEY (catalog_name, namespace, property_key))
    """,
  ]

  private var isTable: String { hasType ? "AND (iceberg_type = 'TABLE' OR iceberg_type IS NULL)" : "" }

  private static let isNamed = "catalog_name = ? AND table_namespace = ? AND table_name = ?"

  private func key(_ identifier: TableIdentifier) -> [SQLiteValue] {
    [.text(catalog), .text(Self.joined(identifier.namespace)), .text(identifier.name)]
  }

  private static func joined(_ namespace: [String]) -> String { namespace.joined(separator: ".") }

  func createNamespace(_ namespace: [String], _ connection: Connection) throws {
    guard !namespace.isEmpty, !namespace.contains(where: \.isEmpty) else {
      throw Failure.invalidArgument("a namespace needs a name")
    }
    try connection.execute(
      "INSERT OR IGNORE INTO iceberg_namespace_properties VALUES (?, ?, 'exists', 'true')",
      [.text(catalog), .text(Self.joined(namespace))])
  }

  private func namespaceExists(_ namespace: [String], _ connection: Connection) throws -> Bool {
    try connection.first(
      """
      SELECT EXISTS (SELECT 1 FROM iceberg_namespace_properties WHERE catalog_name = ?1 AND namespace = ?2) \
      OR EXISTS (SELECT 1 FROM iceberg_tables WHERE catalog_name = ?1 AND table_namespace = ?2)
      """, [.text(catalog), .text(Self.joined(namespace))]
    ) { $0.int64(0) != 0 } ?? false
  }

  func tables(in namespace: [String], _ connection: Connection) throws -> [TableIdentifier] {
    try connection.rows(
      """
      SELECT table_name FROM iceberg_tables WHERE catalog_name = ? AND table_namespace = ? \(isTable) ORDER BY table_name
      """, [.text(catalog), .text(Self.joined(namespace))]
    ) { TableIdentifier(namespace: namespace, name: $0.text(0) ?? "") }
  }

  func metadataLocation(of identifier: TableIdentifier, _ connection: Connection) throws -> String? {
    try connection.first(
      "SELECT metadata_location FROM iceberg_tables WHERE \(Self.isNamed) \(isTable)", key(identifier)
    ) { $0.text(0) }
    .flatMap { $0 }
  }

  /// Throws unless the name is free and its namespace exists.
  func checkNewTable(_ identifier: TableIdentifier, _ connection: Connection) throws {
    guard try namespaceExists(identifier.namespace, connection) else {
      throw Failure.notFound("namespace \(Self.joined(identifier.namespace)) does not exist")
    }
    let taken = try connection.first("SELECT 1 FROM iceberg_tables WHERE \(Self.isNamed)", key(identifier)) { _ in true
    }
    if taken != nil { throw Failure.conflict("it exists already") }
  }

  func insert(_ identifier: TableIdentifier, metadataLocation: String, _ connection: Connection) throws {
    let columns = "catalog_name, table_namespace, table_name, metadata_location"
    try connection.execute(
      hasType
        ? "INSERT INTO iceberg_tables (\(columns), iceberg_type) VALUES (?, ?, ?, ?, 'TABLE')"
        : "INSERT INTO iceberg_tables (\(columns)) VALUES (?, ?, ?, ?)", key(identifier) + [.text(metadataLocation)])
  }

  func delete(_ identifier: TableIdentifier, _ connection: Connection) throws -> Bool {
    try connection.execute("DELETE FROM iceberg_tables WHERE \(Self.isNamed) \(isTable)", key(identifier)) > 0
  }

  /// The compare-and-swap: anything but one changed row is a lost race.
  func replace(_ commit: TableCommit, _ connection: Connection) throws {
    let changed = try connection.execute(
      """
      UPDATE iceberg_tables SET metadata_location = ?, previous_metadata_location = ? \
      WHERE \(Self.isNamed) AND metadata_location = ? \(isTable)
      """,
      [.text(commit.newLocation), .text(commit.baseLocation)] + key(commit.identifier) + [.text(commit.baseLocation)])
    guard changed == 1 else {
      throw Failure.conflict("table \(commit.identifier) was changed or dropped by another commit")
    }
  }
}
