public import Columns
public import EventLog
import Failures
import RecentChange

/// Decides what becomes of each event and appends it to the log.
///
/// Canary events are dropped, what is no JSON object becomes a dead letter byte for byte, what is not tracked is counted; everything else is
/// stamped with `_metadata` and appended under its `meta.id`.
public final class EventIntake {
  private let settings: IntakeSettings
  private let writer: any EventLogWriter
  private let counters: IngestCounters
  private let clock: () -> Int64
  private let parser: RecentChangeParser
  private let stamp: EventStamp
  private var recent: RecentIdentifiers

  /// An intake. `clock` gives microseconds since 1970 UTC.
  public init(
    _ settings: IntakeSettings, writer: any EventLogWriter, counters: IngestCounters, clock: @escaping () -> Int64
  ) {
    self.settings = settings
    self.writer = writer
    self.counters = counters
    self.clock = clock
    var options = RecentChangeParser.Options()
    options.maximumRecordBytes = settings.eventBytes
    parser = RecentChangeParser(options)
    stamp = EventStamp(source: settings.source, version: settings.version)
    recent = RecentIdentifiers(limit: settings.recentIdentifiers)
  }

  /// Takes a batch of events; when it returns they are durable, and so is `position`.
  public func take(_ events: BinaryColumn, position: SourcePosition? = nil) throws {
    let now = clock()
    let envelopes = try parser.envelopes(events)
    let entities = try settings.allowlist.entities(envelopes)
    var change = IngestCounters.Values()
    var accepted: [LogRecord] = []
    var refused: [LogRecord] = []
    let malformed = Dictionary(
      envelopes.failures.filter(\.isMalformed).map { ($0.row, $0.reasons) }, uniquingKeysWith: { first, _ in first })
    for row in 0..<events.count {
      if let reasons = malformed[row] {
        refused.append(
          LogRecord(key: nil, value: DeadLetter(errors: reasons, record: Array(events[row] ?? [])).encoded))
      } else if envelopes.isCanary(row) {
        change.canary += 1
      } else if let id = envelopes.id[row], recent.insert(id) {
        change.repeated += 1
      } else if !settings.allowlist.accepts(isAllowlisted: entities.isAllowlisted[row]) {
        change.filtered += 1
      } else {
        accepted.append(try record(events, row, id: envelopes.id[row], entities: entities, now: now))
      }
      change.newestEventTime = max(change.newestEventTime, envelopes.time[row] ?? 0)
    }
    try append(accepted, refused, position)
    change.accepted = accepted.count
    change.malformed = refused.count
    change.bytes = events.bytes.count
    count(change, now: now)
  }

  private func record(
    _ events: BinaryColumn, _ row: Int, id: ArraySlice<UInt8>?, entities: Allowlist.Entities, now: Int64
  ) throws -> LogRecord {
    var value: [UInt8] = []
    try events.withUnsafeBytes(row: row) { event in
      value.reserveCapacity(event.count + 256)
      try entities.canonical.withUnsafeBytes(row: row) { name in
        try stamp.append(
          event, ingestionTime: now, canonicalEntity: entities.canonical.isValid(row) ? name : nil, to: &value)
      }
    }
    return LogRecord(key: id.map { Array($0) }, value: value)
  }

  /// The position goes with the last append, so that what it promises is stored.
  private func append(_ accepted: [LogRecord], _ refused: [LogRecord], _ position: SourcePosition?) throws {
    if !refused.isEmpty { _ = try writer.append(topic: settings.deadLetterTopic, records: refused, position: nil) }
    if !accepted.isEmpty || position != nil {
      _ = try writer.append(topic: settings.topic, records: accepted, position: position)
    }
  }

  private func count(_ change: IngestCounters.Values, now: Int64) {
    counters.update {
      $0.accepted += change.accepted
      $0.filtered += change.filtered
      $0.canary += change.canary
      $0.repeated += change.repeated
      $0.malformed += change.malformed
      $0.bytes += change.bytes
      $0.newestEventTime = max($0.newestEventTime, change.newestEventTime)
      $0.lastReceived = now
    }
  }
}
