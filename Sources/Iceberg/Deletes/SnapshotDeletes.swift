import Columns
import Failures
import ObjectStore
import Synchronization

/// The delete files of a snapshot, read when a data file is that they apply to.
final class SnapshotDeletes: Sendable {
  /// So many positions and keys are kept for other data files.
  private static let maximumHeld = 8 << 20

  private struct State {
    var manifests: [ManifestFile]?
    var index: DeleteFileIndex?
    var positions: [String: PositionDeletes] = [:]
    var keys: [String: Set<[UInt8]>] = [:]
    var held = 0
  }

  private let metadata: TableMetadata
  private let store: any ObjectStore
  private let snapshot: Snapshot?
  private let state = Mutex(State())

  init(_ metadata: TableMetadata, _ store: any ObjectStore, _ snapshot: Snapshot?) {
    self.metadata = metadata
    self.store = store
    self.snapshot = snapshot
  }

  /// The manifests of the snapshot, those of data files too.
  func manifests() throws -> [ManifestFile] {
    if let known = state.withLock({ $0.manifests }) { return known }
    let manifests = try ManifestStore(metadata, store).manifests(of: snapshot)
    state.withLock { $0.manifests = manifests }
    return manifests
  }

  /// Which delete files apply to which data files.
  func index() throws -> DeleteFileIndex {
    if let known = state.withLock({ $0.index }) { return known }
    let manifests = try manifests().filter { $0.content == .deletes && $0.mayHaveLiveFiles }
    var files: [LiveFile] = []
    try ManifestStore(metadata, store).forEach(manifests) { _, entries in
      files += entries.filter(\.isLive).map { LiveFile($0) }
    }
    let index = DeleteFileIndex(files.inOrder(), specs: metadata.partitionSpecs)
    state.withLock { $0.index = index }
    return index
  }

  /// What is deleted of `file`. Fields that are compared are added to `fields`.
  func deletes(of file: LiveFile, _ fields: inout ReadFields) throws -> FileDeletes {
    var deletes = FileDeletes()
    let path = Array(file.dataFile.path.utf8)
    for delete in try index().deleteFiles(of: file) {
      try within("delete file \(delete.dataFile.path)") {
        if delete.dataFile.content == .positionDeletes {
          if let rows = try positions(of: delete.dataFile).positions[path] { deletes.positions.append(rows) }
        } else {
          try add(delete.dataFile, &fields, to: &deletes)
        }
      }
    }
    return deletes
  }

  private func positions(of file: DataFile) throws -> PositionDeletes {
    if let known = state.withLock({ $0.positions[file.path] }) { return known }
    var deletes = PositionDeletes()
    let columns = try StoredColumns(
      [PositionDeletes.pathField, PositionDeletes.positionField], of: file, store, metadata)
    try columns.read { _, columns in try deletes.add(columns) }
    deletes.finish()
    keep(deletes.count) { $0.positions[file.path] = deletes }
    return deletes
  }

  private func add(_ file: DataFile, _ fields: inout ReadFields, to deletes: inout FileDeletes) throws {
    let ids = (file.equalityIDs ?? []).sorted()
    guard !ids.isEmpty else { throw Failure.malformedInput("an equality delete file names no fields") }
    let compared = try ids.map { try fields.add($0) }
    let keys = try keys(of: file, ids, fields)
    deletes.equality[ids, default: FileDeletes.Equality(paths: compared.map(\.path), keys: [])].keys.append(keys)
  }

  /// The keys of an equality delete file, its values widened to the types at present.
  private func keys(of file: DataFile, _ ids: [Int32], _ fields: ReadFields) throws -> Set<[UInt8]> {
    if let known = state.withLock({ $0.keys[file.path] }) { return known }
    var own = ReadFields([], fields)
    let paths = try ids.map { try own.add($0).path }
    var keys: Set<[UInt8]> = []
    try StoredColumns(own.fields, of: file, store, metadata).read { positions, columns in
      let rows = try RowKeys(paths.compactMap { $0.column(in: columns) })
      for row in positions.indices { keys.insert(rows.key(row)) }
    }
    keep(keys.count) { $0.keys[file.path] = keys }
    return keys
  }

  /// Keeps what was read; when it is too much, what was kept before goes.
  private func keep(_ count: Int, _ store: (inout State) -> Void) {
    state.withLock { state in
      if state.held + count > Self.maximumHeld {
        state.positions = [:]
        state.keys = [:]
        state.held = 0
      }
      state.held += count
      store(&state)
    }
  }
}
