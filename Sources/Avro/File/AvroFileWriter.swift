import Bytes
public import Failures

/// Writes an object container file into memory.
public struct AvroFileWriter: ~Copyable {
  private let compressor: BlockCompressor
  private let sync: [UInt8]
  private let blockBytes: Int
  private var encoder: AvroEncoder
  private var count: Int64 = 0
  private var file = ByteBuffer(capacity: 4096)

  /// A file with a header.
  ///
  /// - Parameters:
  ///   - schema: the schema of every record.
  ///   - metadata: entries for the header beside Avro's own.
  ///   - codec: how blocks are compressed.
  ///   - level: the codec's own scale; deflate's default is 9.
  ///   - sync: the sixteen random bytes that end each block.
  ///   - blockBytes: a block is closed when it has this many plain bytes.
  /// - Throws: `.invalidArgument` for a sync marker of another length or a level that the codec has not.
  public init(
    schema: AvroSchema, metadata: [(key: String, value: [UInt8])] = [], codec: AvroCodec = .deflate, level: Int? = nil,
    sync: [UInt8], blockBytes: Int = 64_000
  ) throws {
    guard sync.count == AvroFileHeader.syncLength else {
      throw Failure.invalidArgument("an Avro sync marker has 16 bytes, not \(sync.count)")
    }
    compressor = try BlockCompressor(codec, level: level)
    self.sync = sync
    self.blockBytes = blockBytes
    encoder = AvroEncoder(schema: schema)
    AvroFileHeader.write(schema: schema, codec: codec, metadata: metadata, sync: sync, into: &file)
  }

  /// The bytes written so far; those of the block that is still open are counted as they are, not yet compressed.
  public var byteCount: Int { file.count + encoder.buffer.count }

  /// Appends one record, which `body` writes whole. When it throws, the writer is of no further use.
  public mutating func append(_ body: (inout AvroEncoder) throws -> Void) throws {
    try body(&encoder)
    count += 1
    if encoder.buffer.count >= blockBytes { try closeBlock() }
  }

  /// Appends one record.
  ///
  /// - Throws: `.invalidArgument` when it does not fit the schema; the writer is then of no further use.
  public mutating func append(_ value: AvroValue) throws {
    try append { try $0.write(value, as: $0.schema.root) }
  }

  private mutating func closeBlock() throws(Failure) {
    guard count > 0 else { return }
    let block = try compressor.compress(encoder.buffer)
    file.append(zigzag: count)
    file.append(zigzag: Int64(block.count))
    file.append(block)
    file.append(sync)
    encoder.buffer.removeAll()
    count = 0
  }

  /// The whole file.
  public consuming func finish() throws(Failure) -> [UInt8] {
    try closeBlock()
    return file.bytes
  }
}
