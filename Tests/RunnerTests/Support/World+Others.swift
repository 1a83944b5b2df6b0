import Columns
import Failures
import Iceberg
import JSON
import ObjectStore
import Parquet
import Pipeline
import Runner

/// What other engines do to our tables.
extension World {
  private var otherRandom: @Sendable () -> UInt64 { workspace(MemoryJobState()).random }

  /// A commit without a word of ours in its summary.
  private func commitAsOthers(_ definition: TableDefinition, _ change: SnapshotChange) throws {
    _ = try table(definition).commit(clock: { World.noon * 1000 }, random: otherRandom) { _, _ in .proceed(change) }
  }

  /// Compacts a table: all its files become one, in a `replace` snapshot.
  func rewriteAsOthers(_ definition: TableDefinition) throws {
    let table = try table(definition)
    let writer = try DataFileWriter(table: table, random: otherRandom)
    try TableScan(table).readAll { try writer.write($0.rows) }
    var change = SnapshotChange(.replace)
    change.removed = try TableScan(table).plan().files
    change.added = try writer.finish()
    try commitAsOthers(definition, change)
  }

  /// Deletes the rows whose `column` has `value`, by an equality delete file in the partition of the table's first file.
  func deleteAsOthers(_ definition: TableDefinition, _ column: String, is value: Literal) throws {
    let table = try table(definition)
    guard let field = table.metadata.currentSchema.field(named: column),
      let first = try TableScan(table).plan().files.first
    else { throw Failure.notFound(column) }
    let (type, values): (ParquetType, Column) =
      switch value {
      case .long(let number): (.int64, .int64(PrimitiveColumn([number])))
      case .string(let bytes): (.string, .binary(BinaryColumn([String(decoding: bytes, as: UTF8.self)])))
      default: throw Failure.invalidArgument("a delete by \(value)")
      }
    var writer = try ParquetWriter(
      schema: ParquetSchema(fields: [ParquetField(column, type, fieldID: field.id)]), options: WriterOptions())
    try writer.write([values])
    let metadata = try writer.finish()
    var bytes: [UInt8] = []
    try writer.drain { bytes += $0 }
    let path = "\(table.metadata.location)/data/deletes-\(otherRandom()).parquet"
    try store.write(bytes, to: path, mode: .createNew)
    var file = DataFile(
      content: .equalityDeletes, path: path, partition: first.dataFile.partition, recordCount: metadata.rowCount,
      fileSize: Int64(bytes.count), specID: first.dataFile.specID)
    file.equalityIDs = [field.id]
    var change = SnapshotChange(.delete)
    change.added = [file]
    try commitAsOthers(definition, change)
  }

  /// Expires all snapshots but the newest. PyIceberg also makes that one forget its parent.
  func expireAsOthers(_ definition: TableDefinition, forgettingParent: Bool) throws {
    let table = try table(definition)
    guard var root = try JSONValue.parse(store.read(table.metadataLocation)).object,
      var newest = root["snapshots"]?.array?.first(where: {
        $0["snapshot-id"]?.int64 == table.metadata.currentSnapshotID
      })?
      .object
    else { throw Failure.malformedInput("metadata") }
    if forgettingParent {
      newest = JSONObject(newest.members.filter { $0.key != "parent-snapshot-id" }.map { ($0.key, $0.value) })
    }
    root["snapshots"] = [.object(newest)]
    root["snapshot-log"] = .array(root["snapshot-log"]?.array?.suffix(1) ?? [])
    let location = table.metadata.location + "/metadata/\(99_999 + Int(otherRandom() % 100_000))-expired.metadata.json"
    try store.write(JSONValue.object(root).serialized(), to: location, mode: .createNew)
    _ = try catalog.dropTable(table.identifier)
    _ = try catalog.registerTable(table.identifier, metadataLocation: location)
  }
}
