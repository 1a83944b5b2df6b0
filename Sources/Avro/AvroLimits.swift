/// What a reader accepts at most, so that hostile input costs bounded time and memory.
public struct AvroLimits: Sendable {
  /// The schema's JSON in a file's header.
  public var schemaBytes: Int
  /// The entries of a file header's metadata.
  public var metadataEntries: Int
  /// A block, compressed and decompressed.
  public var blockBytes: Int
  /// Values inside each other; recursive types make this a matter of the data.
  public var depth: Int
  /// Values that take no bytes (nulls outside unions, empty records) beyond one a byte of data.
  public var emptyValues: Int

  /// 4 MiB of schema, 10,000 metadata entries, blocks of 256 MiB, 64 levels, a million empty values.
  public init(
    schemaBytes: Int = 4 << 20, metadataEntries: Int = 10_000, blockBytes: Int = 256 << 20, depth: Int = 64,
    emptyValues: Int = 1 << 20
  ) {
    self.schemaBytes = schemaBytes
    self.metadataEntries = metadataEntries
    self.blockBytes = blockBytes
    self.depth = depth
    self.emptyValues = emptyValues
  }
}
