import Columns
import Failures
import Log
import RecentChange

/// Takes in a recording.
public struct ReplaySource {
  /// How a recording is replayed.
  public struct Options: Sendable {
    /// Shift the recording so that it ends now.
    public var isRetimed: Bool
    /// Replay at so many times the real speed; nil for as fast as possible.
    public var speed: Double?
    /// A folder for the copy of a pipe, which has to be read twice to be retimed.
    public var spoolFolder: String

    /// Options.
    public init(isRetimed: Bool = false, speed: Double? = nil, spoolFolder: String = "/tmp") {
      self.isRetimed = isRetimed
      self.speed = speed
      self.spoolFolder = spoolFolder
    }
  }

  /// Events that are due within so many milliseconds go together.
  private static let step: Int64 = 100

  private let file: RecordingFile
  private let options: Options
  private let intake: EventIntake
  private let shifts: RetimeShifts
  private let counters: IngestCounters
  private let surroundings: IngestSurroundings
  private let parser = RecentChangeParser()

  /// A replay.
  public init(
    _ file: RecordingFile, options: Options, intake: EventIntake, shifts: RetimeShifts, counters: IngestCounters,
    surroundings: IngestSurroundings
  ) {
    self.file = file
    self.options = options
    self.intake = intake
    self.shifts = shifts
    self.counters = counters
    self.surroundings = surroundings
  }

  /// Takes in all events; calls `progress` with how many so far. Throws `.malformedInput` after the events before a damaged place were
  /// taken in.
  public func run(progress: (Int) -> Void = { _ in }) throws -> IngestEnd {
    var taken = 0
    func take(_ events: BinaryColumn) throws {
      try intake.take(events)
      taken += events.count
      progress(taken)
    }
    do {
      let retiming = try retiming()
      var pace = options.speed.map(Pace.init(speed:))
      let lost = try RecordingEvents(file).read { events in
        if surroundings.isStopping() { throw RecordingFile.Stop() }
        let events = try retiming.map { try Self.shifted(events, by: $0) } ?? events
        if pace == nil { try take(events) } else { try paced(events, &pace, take) }
      }
      sayLost(lost)
    } catch is RecordingFile.Stop {
      return .stopped(taken: taken)
    }
    return .finished
  }

  private func sayLost(_ frames: Int) {
    guard frames > 0 else { return }
    counters.update { $0.cutFrames += frames }
    surroundings.log.warning("\(file.name): \(frames) cut off or oversized frames hold no event")
  }

  /// Hands on parts of `events`, each when its time has come.
  private func paced(_ events: BinaryColumn, _ pace: inout Pace?, _ take: (BinaryColumn) throws -> Void) throws {
    let times = try parser.envelopes(events).time
    var part = BinaryColumn()
    for row in 0..<events.count {
      if let time = times[row], let wait = pace?.wait(for: time, now: surroundings.interval.now()), wait > Self.step {
        if part.count > 0 { try take(part) }
        part = BinaryColumn()
        surroundings.interval.wait(wait, isStopping: surroundings.isStopping)
        if surroundings.isStopping() { throw RecordingFile.Stop() }
      }
      part.append(events[row] ?? [])
    }
    if part.count > 0 { try take(part) }
  }

  // MARK: Retiming

  private func retiming() throws -> Retiming? {
    guard options.isRetimed else { return nil }
    try file.makeRereadable(spoolingIn: options.spoolFolder)
    let now = surroundings.clock()
    let recording = try Recording(file, now: now)
    if let known = try shifts.shift(of: recording.contentHash) {
      surroundings.log.info(
        "\(file.name) was replayed before: its times are shifted by \(known) s again, so that its events are the same")
      return Retiming(shiftSeconds: known)
    }
    let shift = (now - recording.lastEventTime) / 1_000_000
    try shifts.store(shift, of: recording.contentHash)
    surroundings.log.info("times of \(file.name) are shifted by \(shift) s, so that it ends now")
    return Retiming(shiftSeconds: shift)
  }

  /// Shifted events; what is no JSON object stays as it is and becomes a dead letter.
  private static func shifted(_ events: BinaryColumn, by retiming: Retiming) throws -> BinaryColumn {
    var result = BinaryColumn()
    result.reserve(rows: events.count, bytes: events.bytes.count + events.count * 8)
    var event: [UInt8] = []
    for row in 0..<events.count {
      event.removeAll(keepingCapacity: true)
      do {
        try events.withUnsafeBytes(row: row) { try retiming.append($0, to: &event) }
        result.append(event[...])
      } catch let failure as Failure where failure.kind == .malformedInput {
        result.append(events[row] ?? [])
      }
    }
    return result
  }
}
