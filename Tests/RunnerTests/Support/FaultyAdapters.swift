import Bytes
import EventLog
import Iceberg
import JobState
import ObjectStore

/// A store that breaks where `faults` says.
struct FaultyStore: ObjectStore {
  let base: any ObjectStore
  let faults: Faults

  func read(_ location: String) throws -> [UInt8] { try faults.perform(.read) { try base.read(location) } }
  func open(_ location: String, length: Int?) throws -> any ByteSource {
    try faults.perform(.read) { try base.open(location, length: length) }
  }
  func exists(_ location: String) throws -> Bool { try faults.perform(.read) { try base.exists(location) } }
  func write(_ bytes: [UInt8], to location: String, mode: WriteMode) throws {
    try faults.perform(.change) { try base.write(bytes, to: location, mode: mode) }
  }
  func create(_ location: String) throws -> any ObjectWriter {
    FaultyWriter(base: try base.create(location), faults: faults)
  }
  func list(prefix: String) throws -> [ObjectInfo] { try faults.perform(.read) { try base.list(prefix: prefix) } }
  func delete(_ locations: [String]) throws {
    // Each may be the last one that goes.
    for location in locations { try faults.perform(.change) { try base.delete([location]) } }
  }
}

private final class FaultyWriter: ObjectWriter {
  private let base: any ObjectWriter
  private let faults: Faults

  init(base: any ObjectWriter, faults: Faults) {
    self.base = base
    self.faults = faults
  }

  func append(_ bytes: UnsafeRawBufferPointer) throws { try base.append(bytes) }
  func finish() throws -> Int { try faults.perform(.change) { try base.finish() } }
  func abort() { base.abort() }
}

/// A catalog that breaks where `faults` says.
struct FaultyCatalog: Catalog {
  let base: any Catalog
  let store: FaultyStore

  private var faults: Faults { store.faults }

  private func wrapped(_ table: Table?) -> Table? {
    table.map {
      Table(
        identifier: $0.identifier, metadata: $0.metadata, metadataLocation: $0.metadataLocation, store: store,
        catalog: self)
    }
  }

  func createNamespace(_ namespace: [String]) throws {
    try faults.perform(.change) { try base.createNamespace(namespace) }
  }
  func listTables(_ namespace: [String]) throws -> [TableIdentifier] {
    try faults.perform(.read) { try base.listTables(namespace) }
  }
  func tableExists(_ identifier: TableIdentifier) throws -> Bool {
    try faults.perform(.read) { try base.tableExists(identifier) }
  }
  func loadTable(_ identifier: TableIdentifier) throws -> Table? {
    try faults.perform(.read) { wrapped(try base.loadTable(identifier)) }
  }
  func refresh(_ table: Table) throws -> Table? { try faults.perform(.read) { wrapped(try base.refresh(table)) } }
  func createTable(_ identifier: TableIdentifier, _ creation: TableCreation) throws -> Table {
    let table = try faults.perform(.change) { try base.createTable(identifier, creation) }
    return wrapped(table) ?? table
  }
  func registerTable(_ identifier: TableIdentifier, metadataLocation: String) throws -> Table {
    let table = try faults.perform(.change) {
      try base.registerTable(identifier, metadataLocation: metadataLocation)
    }
    return wrapped(table) ?? table
  }
  func dropTable(_ identifier: TableIdentifier) throws -> Bool {
    try faults.perform(.change) { try base.dropTable(identifier) }
  }
  func commit(_ commit: TableCommit) throws { try faults.perform(.commit) { try base.commit(commit) } }
}

/// A state that breaks where `faults` says.
struct FaultyState: JobState {
  let base: any JobState
  let faults: Faults

  func lock(job: String) throws -> (any JobLock)? { try faults.perform(.read) { try base.lock(job: job) } }
  func record(_ run: RunRecord) throws { try faults.perform(.change) { try base.record(run) } }
  func update(_ run: RunRecord) throws { try faults.perform(.change) { try base.update(run) } }
  func run(_ id: String) throws -> RunRecord? { try faults.perform(.read) { try base.run(id) } }
  func unfinished(job: String) throws -> [RunRecord] { try faults.perform(.read) { try base.unfinished(job: job) } }
  func blocked(job: String) throws -> RunRecord? { try faults.perform(.read) { try base.blocked(job: job) } }
  func runs(job: String?, limit: Int) throws -> [RunRecord] {
    try faults.perform(.read) { try base.runs(job: job, limit: limit) }
  }
  func runs(batch: String) throws -> [RunRecord] { try faults.perform(.read) { try base.runs(batch: batch) } }
  func value(job: String, key: String) throws -> String? {
    try faults.perform(.read) { try base.value(job: job, key: key) }
  }
  func setValue(_ value: String?, job: String, key: String) throws {
    try faults.perform(.change) { try base.setValue(value, job: job, key: key) }
  }
}

/// A log that breaks where `faults` says.
struct FaultyLog: EventLogReader {
  let base: any EventLogReader
  let faults: Faults

  func logID() throws -> String { try faults.perform(.read) { try base.logID() } }
  func partitions(of topic: String) throws -> [PartitionOffsets] {
    try faults.perform(.read) { try base.partitions(of: topic) }
  }
  func fetch(topic: String, partition: Int32, from: Int64, to: Int64, maxBytes: Int) throws -> LogRecords {
    try faults.perform(.read) {
      try base.fetch(topic: topic, partition: partition, from: from, to: to, maxBytes: maxBytes)
    }
  }
  func noteProgress(topic: String, offsets: [Int32: Int64]) throws {
    try faults.perform(.change) { try base.noteProgress(topic: topic, offsets: offsets) }
  }
}
