public import Columns
import Failures
import JSON
import ObjectStore
import Parquet

/// Writes rows as data files of a table: divided by partition, rolled over by size, with the metrics that readers prune by.
///
/// Has one owner. Nothing of what it writes is part of the table before a commit adds it.
public final class DataFileWriter {
  private let table: Table
  private let options: DataFileOptions
  private let spec: PartitionSpec
  private let splitter: PartitionSplitter
  private let parquetSchema: ParquetSchema
  private let modes: MetricsModes
  private let directory: String
  private let operation: String
  private var open: [OpenDataFile] = []
  private var finished: [DataFile] = []
  private var fileCount = 0

  /// A writer for the table's present schema and partition spec.
  ///
  /// Throws `.unsupported` for a format version, columns or transforms that are not written, `.invalidArgument` for impossible options.
  public init(table: Table, options: DataFileOptions = DataFileOptions(), random: () -> UInt64) throws {
    let metadata = table.metadata
    self.table = table
    spec = metadata.defaultSpec
    (splitter, parquetSchema) = try within("writing to table \(table.identifier)") {
      try metadata.checkWritable()
      return (
        try PartitionSplitter(metadata.defaultSpec, schema: metadata.currentSchema),
        try ParquetSchema(metadata.currentSchema)
      )
    }
    modes = MetricsModes(metadata.currentSchema, properties: metadata.properties)
    directory = metadata.properties["write.data.path"] ?? metadata.location + "/data"
    operation = randomUUID(random)
    var options = options
    let schemaText = String(decoding: metadata.currentSchema.json.serialized(), as: UTF8.self)
    options.parquet.keyValueMetadata.append(("iceberg.schema", schemaText))
    self.options = options
  }

  /// Adds rows. Columns are matched by name; optional columns of the table that the batch lacks become null.
  ///
  /// Throws `.invalidArgument` for columns that the table does not have or has with another type, and for missing required ones.
  public func write(_ batch: ColumnBatch) throws {
    let columns = try tableColumns(batch)
    let parts = try splitter.split(columns, rowCount: batch.rowCount)
    if let only = parts.first, parts.count == 1 { return try write(columns, to: only.partition) }
    for part in parts { try write(columns.map { $0.gathering(part.rows) }, to: part.partition) }
  }

  /// Adds rows that are all known to be of one partition.
  public func write(_ batch: ColumnBatch, partition: PartitionValues) throws {
    guard partition.values.count == spec.fields.count else {
      throw Failure.invalidArgument("\(partition.values.count) partition values for \(spec.fields.count) fields")
    }
    if batch.rowCount > 0 { try write(tableColumns(batch), to: partition) }
  }

  /// Ends all files, which are durable then, and returns them in the order in which they were ended.
  public func finish() throws -> [DataFile] {
    while !open.isEmpty { try finishFile(0) }
    return finished
  }

  /// Drops open files and deletes finished ones.
  public func abort() {
    for file in open { file.abort() }
    open = []
    try? table.store.delete(finished.map(\.path))
    finished = []
  }

  private func tableColumns(_ batch: ColumnBatch) throws -> [Column] {
    let schema = table.metadata.currentSchema
    for field in batch.schema.fields where schema.field(named: field.name) == nil {
      throw Failure.invalidArgument("table \(table.identifier) has no column \(field.name)")
    }
    return try schema.fields.map { field in
      let type = field.type.columnType
      guard let position = batch.schema.position(of: field.name) else {
        guard !field.isRequired else {
          throw Failure.invalidArgument("table \(table.identifier) needs column \(field.name)")
        }
        return type.nulls(batch.rowCount)
      }
      guard batch.schema.fields[position].type == type else {
        throw Failure.invalidArgument(
          "column \(field.name) is \(batch.schema.fields[position].type), the table's is \(type)")
      }
      return batch.columns[position]
    }
  }

  private func write(_ columns: [Column], to partition: PartitionValues) throws {
    let position = try open.firstIndex { $0.partition == partition } ?? openFile(for: partition)
    try within("writing to table \(table.identifier)") { try open[position].write(columns) }
    if open[position].size >= options.targetFileBytes { try finishFile(position) }
  }

  private func openFile(for partition: PartitionValues) throws -> Int {
    if open.count >= options.maximumOpenFiles { try finishFile(0) }
    fileCount += 1
    let number = String(fileCount)
    let padded = String(repeating: "0", count: max(0, 5 - number.utf8.count)) + number
    let name = "00000-\(options.task)-\(operation)-\(padded).parquet"
    let path = [directory, PartitionPath(spec).path(of: partition), name].filter { !$0.isEmpty }
    open.append(
      try OpenDataFile(
        path.joined(separator: "/"), partition: partition, schema: parquetSchema, options: options.parquet,
        store: table.store))
    return open.count - 1
  }

  private func finishFile(_ position: Int) throws {
    var (file, metadata) = try open[position].finish()
    open.remove(at: position)
    file.specID = spec.id
    file.sortOrderID = options.sortOrderID
    file.setMetrics(metadata, modes: modes, schema: table.metadata.currentSchema)
    finished.append(file)
  }
}
