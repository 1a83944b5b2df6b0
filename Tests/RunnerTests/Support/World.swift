import Columns
import Detection
import EventLog
import Failures
import Hashing
import Iceberg
import JSON
import JobState
import Log
import ObjectStore
import Pipeline
import Quality
import RecentChange
import Runner
import Synchronization

/// A pipeline in memory: log, warehouse, catalog and state, with a clock that stands still.
final class World: Sendable {
  /// 2026-01-16T12:00:00Z in seconds.
  static let noon: Int64 = 1_768_564_800
  static let namespace = "wikiguard"
  static let warehouse = "memory://warehouse"

  let log: MemoryLog
  let store: MemoryObjectStore
  let catalog: SQLCatalog
  private let now: Mutex<Int64>
  private let generator: Mutex<Xoshiro256StarStar>

  init(log: MemoryLog = MemoryLog(), now: Int64 = World.noon, seed: UInt64 = 1) throws {
    self.log = log
    self.now = Mutex(now * 1_000_000)
    store = MemoryObjectStore()
    let generator = Mutex(Xoshiro256StarStar(seed: seed))
    let shared = SharedGenerator()
    catalog = try SQLCatalog(
      path: ":memory:", name: "wikiguard", warehouse: Self.warehouse, store: store, clock: { now * 1000 },
      random: { shared.next() })
    self.generator = generator
    try catalog.createNamespace([Self.namespace])
  }

  /// The same tables in another place, sharing nothing but the log.
  func copy(seed: UInt64) throws -> World {
    let copy = try World(log: log, now: now.withLock { $0 } / 1_000_000, seed: seed)
    for object in try store.list(prefix: "") {
      try copy.store.write(try store.read(object.location), to: object.location, mode: .createNew)
    }
    for identifier in try catalog.listTables([Self.namespace]) {
      guard let table = try catalog.loadTable(identifier) else { continue }
      _ = try copy.catalog.registerTable(identifier, metadataLocation: table.metadataLocation)
    }
    return copy
  }

  /// Sets the clock, in seconds since 1970 UTC.
  func setClock(_ seconds: Int64) { now.withLock { $0 = seconds * 1_000_000 } }

  /// What a process sees.
  func workspace(
    _ state: any JobState, faults: Faults = Faults(), log logger: Logger = .silent,
    snapshotsKept: Int = 50, isStopping: @escaping @Sendable () -> Bool = { false }
  ) -> Workspace {
    let faultyStore = FaultyStore(base: store, faults: faults)
    return Workspace(
      catalog: FaultyCatalog(base: catalog, store: faultyStore), namespace: Self.namespace, warehouse: Self.warehouse,
      store: faultyStore, eventLog: FaultyLog(base: log, faults: faults),
      state: FaultyState(base: state, faults: faults),
      clock: { self.now.withLock { $0 } }, random: { self.generator.withLock { $0.next() } }, isStopping: isStopping,
      log: logger, snapshotsKept: snapshotsKept)
  }

  /// A process that runs jobs.
  func runner(
    _ state: any JobState, settings: JobSettings? = nil, faults: Faults = Faults(),
    snapshotsKept: Int = 50, isStopping: @escaping @Sendable () -> Bool = { false }
  ) throws -> JobRunner {
    JobRunner(
      workspace: workspace(state, faults: faults, snapshotsKept: snapshotsKept, isStopping: isStopping),
      settings: try settings ?? .test())
  }

  /// Makes an older snapshot of a table its state, as an operator's rollback does.
  func rollBack(_ definition: TableDefinition, to snapshot: Int64, keepingLater: Bool = true) throws {
    let table = try table(definition)
    guard var root = try JSONValue.parse(store.read(table.metadataLocation)).object else {
      throw Failure.malformedInput("metadata")
    }
    root["current-snapshot-id"] = .integer(snapshot)
    if !keepingLater {
      let snapshots = root["snapshots"]?.array ?? []
      let last = snapshots.firstIndex { $0["snapshot-id"]?.int64 == snapshot } ?? 0
      root["snapshots"] = .array(Array(snapshots[...last]))
      root["snapshot-log"] = []
    }
    root["refs"] = ["main": ["snapshot-id": .integer(snapshot), "type": "branch"]]
    let location = table.metadataLocation.replacingFirst("/metadata/0", with: "/metadata/1")
    try store.write(JSONValue.object(root).serialized(), to: location, mode: .createNew)
    _ = try catalog.dropTable(table.identifier)
    _ = try catalog.registerTable(table.identifier, metadataLocation: location)
  }

  /// The ids of a table's snapshots, oldest first.
  func snapshots(_ definition: TableDefinition) throws -> [Snapshot] { try table(definition).metadata.allSnapshots() }

  /// The table, which is there.
  func table(_ definition: TableDefinition) throws -> Table {
    let identifier = TableIdentifier(namespace: [Self.namespace], name: definition.name)
    guard let table = try catalog.loadTable(identifier) else { throw Failure.notFound(definition.name) }
    return table
  }
}

/// Random bits that never repeat within the tests, for the names that a catalog makes.
private final class SharedGenerator: Sendable {
  private let generator = Mutex(SplitMix64(seed: 99))
  func next() -> UInt64 { generator.withLock { $0.next() } }
}

extension JobSettings {
  /// The defaults with small limits.
  static func test(
    rows: Int = 1000, bytes: Int = 1 << 30, windows: Int = 100, onMissing: BronzeSettings.OnMissing = .fail,
    lateness: Int64 = 3600
  ) throws -> JobSettings {
    let options = DataFileOptions()
    return JobSettings(
      bronze: BronzeSettings(
        rowLimit: rows, byteLimit: bytes, topics: ["cleaned_events"], deadLetterTopics: ["dlq_events"],
        onMissing: onMissing, files: options, checks: { _ in .bronze }),
      silver: SilverSettings(
        rowLimit: rows, byteLimit: bytes, allowlist: try Allowlist(track: .all), files: options,
        checks: { .silver(clock: $0) }, threads: 1),
      gold: GoldSettings(
        rowLimit: rows, windowLimit: windows, rules: try DetectionRules(allowedLatenessSeconds: lateness),
        files: options))
  }
}

extension RunOptions {
  /// Nothing waived but freshness.
  static let test = RunOptions(
    waivers: ["freshness"], configuration: ResolvedConfiguration(text: "{}", hash: String(repeating: "0", count: 64)))
}

extension JobRunner {
  /// Drains all three jobs.
  func drainAll() throws {
    for job in JobName.allCases { _ = try run(job, options: .test, drain: true) }
  }
}

extension String {
  /// With the first `part` replaced.
  fileprivate func replacingFirst(_ part: String, with other: String) -> String {
    guard let range = firstRange(of: part) else { return self }
    return self[..<range.lowerBound] + other + self[range.upperBound...]
  }
}

extension World {
  /// The values of a text column, sorted.
  func strings(_ definition: TableDefinition, _ column: String) throws -> [String] {
    var values: [String] = []
    let table = try table(definition)
    guard table.metadata.currentSnapshotID != nil else { return [] }
    try TableScan(table, columns: [column]).readAll { batch in
      let cells = try batch.rows.binaries(column)
      values += (0..<cells.count).map { cells.string($0) ?? "null" }
    }
    return values.sorted()
  }

  /// The values of a column of longs, sorted.
  func longs(_ definition: TableDefinition, _ column: String) throws -> [Int64] {
    var values: [Int64] = []
    let table = try table(definition)
    guard table.metadata.currentSnapshotID != nil else { return [] }
    try TableScan(table, columns: [column]).readAll { values += try $0.rows.int64s(column).values }
    return values.sorted()
  }
}
