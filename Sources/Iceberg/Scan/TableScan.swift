public import Columns
import Failures

/// Reads the rows of one snapshot that pass a filter, looking only into files, row groups and pages that may hold some.
public struct TableScan: Sendable {
  /// The table.
  public let table: Table
  /// The snapshot that is read; nil for a table without one.
  public let snapshot: Snapshot?
  /// The columns of the result.
  public let columns: ColumnSchema
  let schema: Schema
  let filter: BoundExpression
  let fields: [NestedField]
  let deletes: SnapshotDeletes

  /// A scan of `snapshotID` (nil: the current snapshot) that yields `columns` (nil: all) of the rows for which `filter` is true.
  ///
  /// An older snapshot is read by the schema that it had. Throws `.notFound` for a snapshot or column that is not there,
  /// `.invalidArgument` for a filter that does not fit the columns.
  public init(
    _ table: Table, snapshotID: Int64? = nil, filter: Expression = .alwaysTrue, columns: [String]? = nil
  ) throws {
    let metadata = table.metadata
    self = try within("scanning table \(table.identifier)") {
      guard let id = snapshotID ?? metadata.currentSnapshotID else {
        return try TableScan(
          table, snapshot: nil, schema: metadata.currentSchema, filter: filter, columns: columns)
      }
      guard let snapshot = try metadata.snapshot(id) else { throw Failure.notFound("snapshot \(id) does not exist") }
      let schema = id == metadata.currentSnapshotID ? metadata.currentSchema : metadata.schema(of: snapshot)
      return try TableScan(table, snapshot: snapshot, schema: schema, filter: filter, columns: columns)
    }
  }

  /// A scan of the snapshot that a branch or tag points to. A branch is read by the table's schema at present, a tag by its snapshot's,
  /// as Java has it.
  ///
  /// Throws `.notFound` for a ref that is not there, and as `init(_:snapshotID:filter:columns:)`.
  public init(_ table: Table, ref: String, filter: Expression = .alwaysTrue, columns: [String]? = nil) throws {
    let metadata = table.metadata
    self = try within("scanning \(ref) of table \(table.identifier)") {
      guard let found = metadata.refs[ref], let snapshot = try metadata.snapshot(found.snapshotID) else {
        throw Failure.notFound("there is no branch or tag \(ref)")
      }
      let schema = found.kind == .branch ? metadata.currentSchema : metadata.schema(of: snapshot)
      return try TableScan(table, snapshot: snapshot, schema: schema, filter: filter, columns: columns)
    }
  }

  /// A scan of what was the table's state at a time, in milliseconds since 1970-01-01 UTC.
  ///
  /// Throws `.notFound` for a time before the table's known history, and as `init(_:snapshotID:filter:columns:)`.
  public init(
    _ table: Table, asOfMilliseconds time: Int64, filter: Expression = .alwaysTrue, columns: [String]? = nil
  ) throws {
    guard let id = try table.metadata.snapshotID(asOfMilliseconds: time) else {
      throw Failure.notFound("table \(table.identifier) has no snapshot from before \(time) ms")
    }
    try self.init(table, snapshotID: id, filter: filter, columns: columns)
  }

  private init(
    _ table: Table, snapshot: Snapshot?, schema: Schema, filter: Expression, columns: [String]?
  ) throws {
    self.table = table
    self.snapshot = snapshot
    self.schema = schema
    self.columns = try schema.columnSchema(selecting: columns)
    self.filter = try filter.bound(to: schema)
    fields = self.columns.fields.compactMap { schema.field(named: $0.name) }
    deletes = SnapshotDeletes(table.metadata, table.store, snapshot)
  }

  /// Chooses the files that may hold rows of the result, and finds the delete files that apply to them.
  public func plan() throws -> ScanPlan {
    try within("planning a scan of table \(table.identifier)") {
      try ScanPlanner(table.metadata, store: table.store, filter: filter).plan(
        deletes.manifests(), deletes: deletes.index())
    }
  }

  /// Reads the rows of one file that pass the filter, some thousand at a time, in the order of the file. Rows that delete files of the
  /// scan's snapshot name are left out, wherever `file` was found.
  ///
  /// With `rows` only those whose number in the file (from 0) lies in it; what holds no such row is not looked at.
  public func read(_ file: LiveFile, rows: Range<Int64>? = nil, _ body: (ScanBatch) throws -> Void) throws {
    try within("reading \(file.dataFile.path)") {
      let reader = try DataFileReader(self, file)
      try reader.read(rows: rows, body)
    }
  }

  /// Reads the rows of all files of the plan.
  public func readAll(_ body: (ScanBatch) throws -> Void) throws {
    for file in try plan().files { try read(file, body) }
  }
}

/// Some rows of one file.
public struct ScanBatch: Sendable {
  /// The rows, with the columns of the scan.
  public let rows: ColumnBatch
  /// The file that they are from.
  public let filePath: String
  /// The number of each row in its file, from 0.
  public let positions: [Int64]
}

/// The files that a scan has to read, and what it need not look at.
public struct ScanPlan: Sendable {
  /// The files by sequence number and path.
  public let files: [LiveFile]
  /// Manifests that were read.
  public let manifestsRead: Int
  /// Manifests without a live file of the partitions that were asked for.
  public let manifestsSkipped: Int
  /// Files whose partition or bounds exclude every row of the result.
  public let filesSkipped: Int
  let deletes: DeleteFileIndex

  /// The delete files that apply to one of `files`.
  public func deleteFiles(of file: LiveFile) -> [LiveFile] { deletes.deleteFiles(of: file) }
}
