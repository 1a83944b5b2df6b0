internal import SQLite

/// How an embedded log stores its records.
public struct EmbeddedLogOptions: Sendable, Hashable {
  /// The partitions of a topic that is created from now on.
  public var partitions: Int32
  /// The same for some topics by name.
  public var topicPartitions: [String: Int32]
  /// The bytes of a segment on disk, after which the next append begins another.
  public var segmentBytes: Int64
  /// The age of a segment in milliseconds, after which the next append begins another.
  public var segmentMilliseconds: Int64
  /// About how many bytes of keys and values are packed, checked and compressed together.
  public var blockBytes: Int
  /// Whether blocks are compressed (zstd).
  public var isCompressed: Bool
  /// Whether an append is on the disk when it returns. Else a power failure may take the newest ones; a killed process never does.
  public var syncsAppends: Bool

  /// Options; the defaults suit a stream of tens to thousands of events a second.
  public init(
    partitions: Int32 = 1, topicPartitions: [String: Int32] = [:], segmentBytes: Int64 = 128 << 20,
    segmentMilliseconds: Int64 = 86_400_000, blockBytes: Int = 256 << 10, isCompressed: Bool = true,
    syncsAppends: Bool = true
  ) {
    self.partitions = partitions
    self.topicPartitions = topicPartitions
    self.segmentBytes = segmentBytes
    self.segmentMilliseconds = segmentMilliseconds
    self.blockBytes = blockBytes
    self.isCompressed = isCompressed
    self.syncsAppends = syncsAppends
  }

  var limits: SegmentLimits { SegmentLimits(bytes: segmentBytes, milliseconds: segmentMilliseconds) }

  /// How the writer opens a segment.
  var openOptions: OpenOptions {
    OpenOptions(access: .readWrite, synchronous: syncsAppends ? .full : .normal, checkpointPages: Self.checkpointPages)
  }

  /// 16 MiB: a checkpoint syncs twice, and one a batch would halve the speed.
  private static let checkpointPages: Int32 = (16 << 20) / SegmentFile.pageBytes
}
