public import Columns
public import EventLog
import Failures
import Hashing
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

  /// Takes a batch of events; when it returns they are durable, and so is `position`. Throws what the log throws; the batch may be taken
  /// again then, and dead letters, which lie in a topic of their own, may be there twice.
  public func take(_ events: BinaryColumn, position: SourcePosition? = nil) throws {
    let now = clock()
    do {
      let sorted = try sort(events, now: now)
      try append(sorted, position, now: now)
      recent.keepNew()
    } catch {
      recent.forgetNew()
      throw error
    }
  }

  /// A batch by what becomes of it.
  private struct Sorted {
    var accepted: [LogRecord] = []
    var refused: [LogRecord] = []
    var raw: [LogRecord] = []
    var canary = 0
    var repeated = 0
    var filtered = 0
    var newestTime: Int64 = 0
    var bytes = 0
  }

  private func sort(_ events: BinaryColumn, now: Int64) throws -> Sorted {
    let envelopes = try parser.envelopes(events)
    let entities = try settings.allowlist.entities(envelopes)
    let malformed = Dictionary(
      envelopes.failures.filter(\.isMalformed).map { ($0.row, $0.reasons) }, uniquingKeysWith: { first, _ in first })
    var sorted = Sorted(bytes: events.bytes.count)
    for row in 0..<events.count {
      let id = envelopes.id[row]
      if malformed[row] == nil && envelopes.isCanary(row) {
        sorted.canary += 1
        continue
      }
      guard isNew(events, row, id: id) else {
        sorted.repeated += 1
        continue
      }
      if settings.rawTopic != nil {
        sorted.raw.append(LogRecord(key: id.map { Array($0) }, value: Array(events[row] ?? [])))
      }
      if let reasons = malformed[row] {
        let letter = DeadLetter(errors: reasons, record: Array(events[row] ?? []))
        sorted.refused.append(LogRecord(key: nil, value: letter.encoded))
      } else if settings.allowlist.accepts(isAllowlisted: entities.isAllowlisted[row]) {
        sorted.accepted.append(try record(events, row, id: id, entities: entities, now: now))
        sorted.newestTime = max(sorted.newestTime, envelopes.time[row] ?? 0)
      } else {
        sorted.filtered += 1
      }
    }
    return sorted
  }

  /// Events are told apart by their `meta.id`, those without one by all their bytes.
  private func isNew(_ events: BinaryColumn, _ row: Int, id: ArraySlice<UInt8>?) -> Bool {
    if let id { return recent.isNew(id) }
    guard settings.recentIdentifiers > 0 else { return true }
    return recent.isNew(events.withUnsafeBytes(row: row) { SHA256.hash($0) })
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

  /// The position goes with the last append, so that what it promises is stored. What is in the log is counted, whatever follows.
  private func append(_ sorted: Sorted, _ position: SourcePosition?, now: Int64) throws {
    if let topic = settings.rawTopic, !sorted.raw.isEmpty {
      _ = try writer.append(topic: topic, records: sorted.raw, position: nil)
    }
    if !sorted.refused.isEmpty {
      _ = try writer.append(topic: settings.deadLetterTopic, records: sorted.refused, position: nil)
      counters.update { $0.malformed += sorted.refused.count }
    }
    if !sorted.accepted.isEmpty || position != nil {
      _ = try writer.append(topic: settings.topic, records: sorted.accepted, position: position)
    }
    counters.update {
      $0.accepted += sorted.accepted.count
      $0.filtered += sorted.filtered
      $0.canary += sorted.canary
      $0.repeated += sorted.repeated
      $0.bytes += sorted.bytes
      $0.newestEventTime = max($0.newestEventTime, sorted.newestTime)
      $0.lastReceived = now
    }
  }
}
