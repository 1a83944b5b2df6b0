import Fixtures
import Columns
import Hashing
import Iceberg
import ObjectStore
import Synchronization

/// A clock that goes on by a second a call, and randomness from a seed.
final class Effects: Sendable {
  private let time = Mutex<Int64>(1_700_000_000_000)
  private let generator: Mutex<SplitMix64>

  init(seed: UInt64 = 1) { generator = Mutex(SplitMix64(seed: seed)) }

  func now() -> Int64 {
    time.withLock {
      $0 += 1000
      return $0
    }
  }

  func random() -> UInt64 { generator.withLock { $0.next() } }
}

/// A SQL catalog over a warehouse in memory, or on disk where others read it. The directory is removed at the end of the test.
struct TestCatalog {
  let directory = TemporaryDirectory()
  let effects: Effects
  let store: any ObjectStore
  let catalog: SQLCatalog

  static let namespace = ["ns"]

  init(seed: UInt64 = 1, store: any ObjectStore = MemoryObjectStore()) throws {
    effects = Effects(seed: seed)
    self.store = store
    catalog = try Self.open(directory, effects, store)
    try catalog.createNamespace(Self.namespace)
  }

  static func open(_ directory: TemporaryDirectory, _ effects: Effects, _ store: any ObjectStore) throws -> SQLCatalog {
    try SQLCatalog(
      path: directory.file("catalog.sqlite"), name: "test", warehouse: "file://" + directory.file("warehouse"),
      store: store, clock: { effects.now() }, random: { effects.random() })
  }

  /// The same catalog through another connection, as another process has it.
  func another(store: (any ObjectStore)? = nil) throws -> SQLCatalog {
    try Self.open(directory, effects, store ?? self.store)
  }

  func identifier(_ name: String) -> TableIdentifier { TableIdentifier(namespace: Self.namespace, name: name) }

  /// A table of id (long, required), name (string) and day (date), partitioned by day.
  func makeTable(
    _ name: String = "t", columns: ColumnSchema = Rows.schema, by: [(String, Transform)] = [("day", .identity)],
    properties: [String: String] = [:]
  ) throws -> Table {
    let schema = try Schema(columns: columns)
    let spec = try PartitionSpec(schema: schema, by: by.map { (name: $0.0, transform: $0.1) })
    return try catalog.createTable(
      identifier(name), TableCreation(schema: schema, spec: spec, properties: properties))
  }
}

/// Rows of the test table.
struct Rows: Equatable {
  static let schema = ColumnSchema([
    ColumnField("id", .long, isRequired: true), ColumnField("name", .string), ColumnField("day", .date),
  ])

  var ids: [Int64] = []

  /// Rows with these ids; name and day follow from the id.
  static func batch(_ ids: some Sequence<Int64>) throws -> ColumnBatch {
    var (id, name, day) = (PrimitiveColumn<Int64>(), BinaryColumn(), PrimitiveColumn<Int32>())
    for value in ids {
      id.append(value)
      name.append(Self.name(value))
      day.append(Self.day(value))
    }
    return try ColumnBatch(schema: schema, columns: [.int64(id), .binary(name), .int32(day)])
  }

  static func name(_ id: Int64) -> String? { id % 7 == 0 ? nil : "name \(id)" }

  static func day(_ id: Int64) -> Int32 { Int32(20_000 + id / 100) }
}

extension Table {
  /// Writes and commits rows.
  func appending(_ batch: ColumnBatch, _ effects: Effects, summary: [(String, String)] = []) throws -> Table {
    let files = try writing(batch, effects)
    return try commit(clock: effects.now, random: effects.random) { _, _ in
      var change = SnapshotChange(.append)
      change.added = files
      change.summary = summary
      return .proceed(change)
    }
    .table
  }

  func writing(_ batch: ColumnBatch, _ effects: Effects) throws -> [DataFile] {
    let writer = try DataFileWriter(table: self, random: effects.random)
    try writer.write(batch)
    return try writer.finish()
  }

  /// All rows of a scan, one batch.
  func rows(
    _ filter: Expression = .alwaysTrue, columns: [String]? = nil, snapshotID: Int64? = nil
  ) throws -> ColumnBatch {
    let scan = try TableScan(self, snapshotID: snapshotID, filter: filter, columns: columns)
    var all = ColumnBatch(empty: scan.columns)
    try scan.readAll { try all.append(contentsOf: $0.rows) }
    return all
  }

  /// The ids of a scan, sorted.
  func ids(_ filter: Expression = .alwaysTrue, snapshotID: Int64? = nil) throws -> [Int64] {
    try rows(filter, columns: ["id"], snapshotID: snapshotID).int64s("id").values.sorted()
  }
}
