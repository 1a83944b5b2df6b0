internal import ObjectStore

/// An event log in a directory: topics, partitions and offsets as in Kafka, one SQLite file a segment, dropped whole.
///
/// `directory/log.sqlite` names the log and its topics; `directory/TOPIC/PARTITION/FIRSTOFFSET.sqlite` are the segments. Producers
/// and consumers may be different processes at the same time. Failures name the segment: `.malformedInput` where it is damaged,
/// `.unavailable` where the disk is full.
public final class EmbeddedEventLog: EventLogReader {
  /// Where it lies.
  public let directory: String
  let options: EmbeddedLogOptions
  let catalog: LogCatalog
  let readers: SegmentReaders

  private init(directory: String, options: EmbeddedLogOptions, catalog: LogCatalog) {
    self.directory = directory
    self.options = options
    self.catalog = catalog
    readers = SegmentReaders(logID: catalog.logID)
  }

  /// Opens the log in an absolute `directory`; one that is not there yet is made, with `id` for its UUID.
  public static func create(
    directory: String, id: String, options: EmbeddedLogOptions = EmbeddedLogOptions()
  ) throws -> EmbeddedEventLog {
    try LocalObjectStore().makeDirectory(directory)
    return EmbeddedEventLog(
      directory: directory, options: options, catalog: try LogCatalog(directory: directory, creatingWith: id))
  }

  /// Opens the log in an absolute `directory`. Throws `.notFound` when there is none.
  public static func open(
    directory: String, options: EmbeddedLogOptions = EmbeddedLogOptions()
  ) throws -> EmbeddedEventLog {
    EmbeddedEventLog(
      directory: directory, options: options, catalog: try LogCatalog(directory: directory, creatingWith: nil))
  }

  // MARK: The log as a whole

  /// The log's UUID.
  public func logID() throws -> String { catalog.logID }

  /// The topics by name.
  public func topics() throws -> [String] { try catalog.topics() }

  /// A small value kept with the log (such as the shift of a retimed recording), nil when absent.
  public func metadata(_ key: String) throws -> String? { try catalog.metadata(key) }

  /// Stores a small value; nil removes it.
  public func setMetadata(_ value: String?, for key: String) throws { try catalog.setMetadata(value, for: key) }

  /// How far each partition was consumed, as noted.
  public func progress(of topic: String) throws -> [Int32: Int64] { try catalog.progress(of: topic) }

  /// Remembers how far each partition was consumed; `trim` drops nothing after it.
  public func noteProgress(topic: String, offsets: [Int32: Int64]) throws {
    try LogPartition.check(topic)
    try catalog.noteProgress(topic: topic, offsets: offsets)
  }

  /// An appender, whose records get the time of `clock` in milliseconds since 1970-01-01 UTC. Several may append at once.
  public func writer(clock: @escaping () -> Int64) throws -> EmbeddedLogWriter {
    try EmbeddedLogWriter(log: self, clock: clock)
  }

  // MARK: Reading

  /// The partitions with their offsets.
  public func partitions(of topic: String) throws -> [PartitionOffsets] {
    try LogPartition.check(topic)
    return try (0..<(catalog.partitionCount(of: topic) ?? 0)).map { number in
      let partition = try partition(topic, number)
      return try readers.withListing(partition) { segments in
        guard let oldest = segments.first, let newest = segments.last else {
          return PartitionOffsets(partition: number, earliest: 0, end: 0)
        }
        return PartitionOffsets(partition: number, earliest: oldest.first, end: try readers.segment(newest).end())
      }
    }
  }

  /// Records of `[from, to)`; see `EventLogReader`. Offsets that were trimmed are passed over.
  public func fetch(topic: String, partition: Int32, from: Int64, to: Int64, maxBytes: Int) throws -> LogRecords {
    try readers.fetch(self.partition(topic, partition), from: from, to: to, maxBytes: maxBytes)
  }

  func partition(_ topic: String, _ number: Int32) throws -> LogPartition {
    try LogPartition(root: directory, topic: topic, number: number)
  }
}
