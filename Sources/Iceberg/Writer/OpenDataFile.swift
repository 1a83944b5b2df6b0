import Columns
import Failures
import ObjectStore
import Parquet

/// One data file while it is written.
final class OpenDataFile {
  let partition: PartitionValues
  private let location: String
  private let sink: any ObjectWriter
  private var writer: ParquetWriter

  init(
    _ location: String, partition: PartitionValues, schema: ParquetSchema, options: WriterOptions,
    store: any ObjectStore
  ) throws {
    self.location = location
    self.partition = partition
    writer = try ParquetWriter(schema: schema, options: options)
    sink = try store.create(location)
  }

  /// About how long the file is by now.
  var size: Int { writer.writtenByteCount + writer.bufferedByteCount }

  func write(_ columns: [Column]) throws {
    try writer.write(columns)
    try writer.drain { try sink.append($0) }
  }

  /// Ends the file, which is durable then.
  func finish() throws -> (file: DataFile, metadata: FileMetadata) {
    let metadata = try writer.finish()
    try writer.drain { try sink.append($0) }
    let length = try sink.finish()
    let file = DataFile(
      path: location, partition: partition, recordCount: metadata.rowCount, fileSize: Int64(length), specID: 0)
    return (file, metadata)
  }

  func abort() { sink.abort() }
}
