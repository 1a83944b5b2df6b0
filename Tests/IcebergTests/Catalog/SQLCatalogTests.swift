import Fixtures
import Failures
import Iceberg
import JSON
import ObjectStore
import SQLite
import Synchronization
import Testing

@Suite struct SQLCatalogTests {
  @Test func namespacesAndTables() throws {
    let test = try TestCatalog()
    #expect(try test.catalog.listTables(["ns"]).isEmpty)
    _ = try test.makeTable("b")
    _ = try test.makeTable("a")
    #expect(try test.catalog.listTables(["ns"]).map(\.name) == ["a", "b"])
    #expect(try test.catalog.tableExists(test.identifier("a")))
    #expect(try test.catalog.loadTable(test.identifier("c")) == nil)
    #expect(try test.catalog.dropTable(test.identifier("a")))
    #expect(try !test.catalog.dropTable(test.identifier("a")))
    try test.catalog.createNamespace(["ns"])
    let missing = #expect(throws: Failure.self) {
      try test.catalog.createTable(
        TableIdentifier(namespace: ["other"], name: "t"), TableCreation(schema: Schema(columns: Rows.schema)))
    }
    #expect(missing?.kind == .notFound)
  }

  @Test func newTables() throws {
    let test = try TestCatalog()
    let table = try test.makeTable(properties: ["owner": "me"])
    let loaded = try #require(try test.another().loadTable(test.identifier("t")))
    #expect(loaded.metadataLocation == table.metadataLocation)
    #expect(loaded.metadataLocation.contains("/ns/t/metadata/00000-"))
    #expect(loaded.metadata.tableUUID == table.metadata.tableUUID)
    #expect(loaded.metadata.properties == ["owner": "me"])
    #expect(loaded.metadata.lastPartitionID == 1000)
    let text = String(decoding: loaded.metadata.bytes, as: UTF8.self)
    #expect(text.contains(#""current-snapshot-id":-1"#), "Trino 406 cannot do without")
    let unpartitioned = try test.makeTable("u", by: [])
    #expect(unpartitioned.metadata.lastPartitionID == 999)
  }

  /// Engines join paths to the location with a slash of their own.
  @Test func locationsEndWithoutASlash() throws {
    let test = try TestCatalog()
    let creation = TableCreation(schema: try Schema(columns: Rows.schema), location: "file:///elsewhere/t/")
    let table = try test.catalog.createTable(test.identifier("t"), creation)
    #expect(table.metadata.location == "file:///elsewhere/t")
    #expect(try JSONValue.parse(table.metadata.bytes)["location"] == "file:///elsewhere/t")
    #expect(table.metadataLocation.hasPrefix("file:///elsewhere/t/metadata/00000-"))
  }

  @Test(arguments: ["format-version", "uuid", "current-snapshot-id"])
  func propertiesThatAreNeverStoredAreRefused(key: String) throws {
    let test = try TestCatalog()
    let failure = #expect(throws: Failure.self) { try test.makeTable(properties: [key: "3"]) }
    #expect(failure?.kind == .invalidArgument && failure?.description.contains(key) == true)
  }

  @Test func aNameIsTakenOnce() throws {
    let test = try TestCatalog()
    let table = try test.makeTable()
    let failure = #expect(throws: Failure.self) { try test.makeTable() }
    #expect(failure?.kind == .conflict)
    let creation = TableCreation(schema: try Schema(columns: Rows.schema))
    let loaded = try test.another().loadOrCreateTable(test.identifier("t"), creation)
    #expect(loaded.metadata.tableUUID == table.metadata.tableUUID)
  }

  @Test func loadOrCreateMakesTheNamespace() throws {
    let test = try TestCatalog()
    let identifier = TableIdentifier(namespace: ["new"], name: "t")
    _ = try test.catalog.loadOrCreateTable(identifier, TableCreation(schema: Schema(columns: Rows.schema)))
    #expect(try test.another().tableExists(identifier))
  }

  @Test func aLocationWithATableIsRefused() throws {
    let test = try TestCatalog()
    _ = try test.makeTable().appending(Rows.batch(0..<1), test.effects)
    _ = try test.catalog.dropTable(test.identifier("t"))
    let failure = #expect(throws: Failure.self) { try test.makeTable() }
    #expect(failure?.kind == .configuration)
    #expect(failure?.description.contains("catalog rebuild") == true)
  }

  @Test func whatAKilledCreatorLeavesIsNoTable() throws {
    let test = try TestCatalog()
    _ = try test.makeTable()
    _ = try test.catalog.dropTable(test.identifier("t"))
    #expect(try test.makeTable().metadata.snapshotIDs.isEmpty)
  }

  @Test func creatorsAtTheSameTimeGetOneTable() throws {
    let test = try TestCatalog()
    let creation = TableCreation(schema: try Schema(columns: Rows.schema))
    let catalogs = try (0..<4).map { _ in try test.another() }
    let uuids = Mutex<[String]>([])
    Threads.run(4) { number in
      let table = try catalogs[number].loadOrCreateTable(test.identifier("t"), creation)
      uuids.withLock { $0.append(table.metadata.tableUUID) }
    }
    #expect(uuids.withLock { Set($0).count == 1 && $0.count == 4 })
    let files = try test.store.list(prefix: "file://" + test.directory.file("warehouse/"))
    #expect(files.count == 2, "metadata and hint of the winner: losers leave nothing")
  }

  @Test func commitIsACompareAndSwap() throws {
    let test = try TestCatalog()
    let table = try test.makeTable()
    func commit(_ base: String, _ new: String) throws {
      try test.catalog.commit(
        TableCommit(
          identifier: table.identifier, base: table.metadata, baseLocation: base, updated: table.metadata,
          newLocation: new))
    }
    try commit(table.metadataLocation, "second")
    let failure = #expect(throws: Failure.self) { try commit(table.metadataLocation, "third") }
    #expect(failure?.kind == .conflict)
    try commit("second", table.metadataLocation)
    let row = try Database(path: test.directory.file("catalog.sqlite")).with { connection in
      try connection.first("SELECT previous_metadata_location, iceberg_type FROM iceberg_tables") {
        [$0.text(0) ?? "", $0.text(1) ?? ""]
      }
    }
    #expect(row == ["second", "TABLE"])
  }

  /// Files of older writers have no column `iceberg_type`.
  @Test func filesOfTheFirstVersion() throws {
    let test = try TestCatalog()
    let path = test.directory.file("old.sqlite")
    try Database(path: path).execute(
      """
      CREATE TABLE iceberg_tables (catalog_name VARCHAR(255) NOT NULL, table_namespace VARCHAR(255) NOT NULL, \
      table_name VARCHAR(255) NOT NULL, metadata_location VARCHAR(1000), previous_metadata_location VARCHAR(1000), \
      PRIMARY KEY (catalog_name, table_namespace, table_name))
      """)
    let catalog = try SQLCatalog(
      path: path, name: "test", warehouse: "file://" + test.directory.file("old"), store: test.store, clock: { 1 },
      random: { test.effects.random() })
    try catalog.createNamespace(["ns"])
    let table = try catalog.createTable(test.identifier("t"), TableCreation(schema: Schema(columns: Rows.schema)))
    #expect(try table.appending(Rows.batch(0..<3), test.effects).ids() == [0, 1, 2])
    #expect(try catalog.loadTable(test.identifier("t"))?.metadata.snapshotIDs.count == 1)
  }

  @Test func versionHintNamesTheNewestMetadata() throws {
    let test = try TestCatalog()
    var table = try test.makeTable()
    for version in 0...2 {
      let hint = String(
        decoding: try test.store.read(table.metadata.location + "/metadata/version-hint.text"), as: UTF8.self)
      #expect(table.metadataLocation.hasSuffix("/metadata/\(hint).metadata.json"))
      #expect(hint.hasPrefix("0000\(version)-") && !hint.contains("\n"))
      table = try table.appending(Rows.batch(Int64(version)..<Int64(version) + 1), test.effects)
    }
  }

  @Test func aReplacedTableIsNotCommittedTo() throws {
    let test = try TestCatalog()
    let table = try test.makeTable("t", by: [])
    _ = try test.catalog.dropTable(test.identifier("t"))
    let gone = #expect(throws: Failure.self) { try table.appending(Rows.batch(0..<1), test.effects) }
    #expect(gone?.kind == .notFound)
    _ = try test.makeTable("t", by: [])
    let replaced = #expect(throws: Failure.self) { try table.appending(Rows.batch(0..<1), test.effects) }
    #expect(replaced?.kind == .conflict)
  }

  @Test func namesAreText() throws {
    let test = try TestCatalog()
    for name in ["o'clock", "per%cent", "Ünï", "a b", "\"q\""] {
      let table = try test.makeTable(name).appending(Rows.batch(0..<2), test.effects)
      #expect(try test.catalog.loadTable(test.identifier(name))?.metadataLocation == table.metadataLocation)
      #expect(try table.ids() == [0, 1])
    }
    #expect(throws: Failure.self) { try test.catalog.createNamespace([]) }
    try test.catalog.createNamespace(["a", "b"])
    let creation = TableCreation(schema: try Schema(columns: Rows.schema))
    let nested = try test.catalog.createTable(TableIdentifier(namespace: ["a", "b"], name: "t"), creation)
    #expect(nested.metadata.location.hasSuffix("/warehouse/a/b/t"))
    #expect(try test.catalog.listTables(["a", "b"]).map(\.description) == ["a.b.t"])
  }
}
