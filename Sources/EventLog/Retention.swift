internal import Failures
internal import ObjectStore

/// How long and how much is kept. What was not consumed is kept in any case.
public struct RetentionPolicy: Sendable, Hashable {
  /// Records older than this may go, in milliseconds; nil: any age.
  public var maxAgeMilliseconds: Int64?
  /// The bytes on disk that a partition may take; nil: any number.
  public var maxBytes: Int64?

  /// A policy.
  public init(maxAgeMilliseconds: Int64? = nil, maxBytes: Int64? = nil) {
    self.maxAgeMilliseconds = maxAgeMilliseconds
    self.maxBytes = maxBytes
  }
}

/// What `trim` dropped, and what it would have dropped but for the consumer.
public struct TrimReport: Sendable, Equatable {
  /// Segments of one partition, one after the other.
  public struct Segments: Sendable, Hashable {
    /// The topic.
    public let topic: String
    /// The partition.
    public let partition: Int32
    /// The first offset.
    public let first: Int64
    /// The offset after the last one.
    public let end: Int64
    /// The bytes on disk.
    public let bytes: Int
  }

  /// Why segments that are due stay.
  public enum Reason: Sendable, Hashable {
    /// Nobody has noted any progress of this partition.
    case noProgress
    /// They end after the offset that comes next for the consumer.
    case notConsumed(next: Int64)
  }

  /// Segments that are due and stay.
  public struct Held: Sendable, Hashable {
    /// Which.
    public let segments: Segments
    /// Why.
    public let reason: Reason
  }

  /// What is gone.
  public internal(set) var dropped: [Segments] = []
  /// What is due and stays.
  public internal(set) var held: [Held] = []
  /// Segments whose age cannot be read, and why; they go by size only.
  public internal(set) var damaged: [String] = []

  /// The bytes of what was dropped.
  public var droppedBytes: Int { dropped.reduce(0) { $0 + $1.bytes } }
  /// The bytes of what is due and stays.
  public var heldBytes: Int { held.reduce(0) { $0 + $1.segments.bytes } }
}

extension EmbeddedEventLog {
  /// Drops whole segments that are over age or size and consumed to their end, oldest first; `now` in milliseconds since 1970-01-01
  /// UTC. A newest segment that is over age and consumed is ended first, so that quiet topics empty as well.
  public func trim(now: Int64, retention: RetentionPolicy) throws -> TrimReport {
    var report = TrimReport()
    for topic in try topics() {
      let progress = try progress(of: topic)
      for number in 0..<(try catalog.partitionCount(of: topic) ?? 0) {
        try within("trimming \(topic)-\(number)") {
          let partition = try partition(topic, number)
          try endExpired(partition, now: now, retention, progress: progress[number])
          try trim(partition, now: now, retention, progress: progress[number], &report)
          try removeRemains(of: partition, now: now)
        }
      }
    }
    return report
  }

  private func trim(
    _ partition: LogPartition, now: Int64, _ retention: RetentionPolicy, progress: Int64?, _ report: inout TrimReport
  ) throws {
    let files = try partition.segments()
    var bytes = files.reduce(0) { $0 + $1.bytes }
    var due: [TrimReport.Segments] = []
    for (file, next) in zip(files, files.dropFirst()) {
      let isTooMuch = retention.maxBytes.map { bytes > $0 } ?? false
      guard try isTooMuch || isExpired(file, now: now, retention, &report) else { break }
      bytes -= file.bytes
      let segments = TrimReport.Segments(
        topic: partition.topic, partition: partition.number, first: file.first, end: next.first, bytes: file.bytes)
      if let progress, progress >= next.first {
        try file.drop()
        readers.forget(file)
        report.dropped.append(segments)
      } else {
        due.append(segments)
      }
    }
    guard let first = due.first, let last = due.last else { return }
    let held = TrimReport.Segments(
      topic: first.topic, partition: first.partition, first: first.first, end: last.end,
      bytes: due.reduce(0) { $0 + $1.bytes })
    report.held.append(
      TrimReport.Held(segments: held, reason: progress.map { .notConsumed(next: $0) } ?? .noProgress))
  }

  private func isExpired(
    _ file: SegmentFile, now: Int64, _ retention: RetentionPolicy, _ report: inout TrimReport
  ) throws -> Bool {
    guard let age = retention.maxAgeMilliseconds else { return false }
    do {
      guard let last = try readers.segment(file).lastTime() else { return false }
      let passed = now.subtractingReportingOverflow(last)
      return !passed.overflow && passed.partialValue > age
    } catch let failure as Failure where failure.kind == .malformedInput {
      report.damaged.append(failure.description)
      return false
    }
  }

  /// Ends the newest segment when its last record is over age and consumed.
  private func endExpired(
    _ partition: LogPartition, now: Int64, _ retention: RetentionPolicy, progress: Int64?
  ) throws {
    var unused = TrimReport()
    guard let newest = try partition.segments().last, let progress, progress > newest.first,
      try isExpired(newest, now: now, retention, &unused)
    else { return }
    let segment = try Segment(newest, logID: catalog.logID, options: options.openOptions)
    defer { segment.close() }
    if try segment.end() <= progress { try segment.createSuccessor(logID: catalog.logID, created: now) }
  }

  /// Removes what crashes left: companions of dropped segments, and segments that were never finished.
  private func removeRemains(of partition: LogPartition, now: Int64) throws {
    let store = LocalObjectStore()
    // A younger one may be being written right now.
    let unfinished = try store.leftovers(prefix: partition.directory + "/").filter {
      let age = now.subtractingReportingOverflow($0.modifiedMilliseconds)
      return !age.overflow && age.partialValue > Self.unfinishedMilliseconds
    }
    try store.delete(try partition.remains() + unfinished.map(\.location))
  }

  private static let unfinishedMilliseconds: Int64 = 3_600_000
}
