import Bytes
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
  /// Parts on their way to the store. A page of a narrow column has a few bytes, and the store has a call for each part.
  private var waiting = ByteBuffer(capacity: waitingBytes)
  private static let waitingBytes = 64 << 10

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
    try drain()
  }

  /// Ends the file, which is durable then.
  func finish() throws -> (file: DataFile, metadata: FileMetadata) {
    let metadata = try writer.finish()
    try drain()
    try flush()
    let length = try sink.finish()
    let file = DataFile(
      path: location, partition: partition, recordCount: metadata.rowCount, fileSize: Int64(length), specID: 0)
    return (file, metadata)
  }

  private func drain() throws {
    try writer.drain { part in
      if waiting.count + part.count > Self.waitingBytes { try flush() }
      if part.count > Self.waitingBytes { try sink.append(part) } else { waiting.append(part) }
    }
  }

  private func flush() throws {
    guard !waiting.isEmpty else { return }
    try waiting.withUnsafeBytes { try sink.append($0) }
    waiting.removeAll()
  }

  func abort() { sink.abort() }
}
