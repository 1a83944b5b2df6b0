import Columns
import Failures
public import Log
import RecentChange

/// Takes in a recording.
public struct ReplaySource {
  /// How a recording is replayed.
  public struct Options: Sendable {
    /// Shift the recording so that it ends now.
    public var isRetimed: Bool
    /// Replay at so many times the real speed; nil for as fast as possible.
    public var speed: Double?

    /// Options.
    public init(isRetimed: Bool = false, speed: Double? = nil) {
      self.isRetimed = isRetimed
      self.speed = speed
    }
  }

  private let file: RecordingFile
  private let options: Options
  private let intake: EventIntake
  private let shifts: RetimeShifts
  private let clock: () -> Int64
  private let isStopping: () -> Bool
  private let log: Logger

  /// A replay. `clock` gives microseconds.
  public init(
    _ file: RecordingFile, options: Options, intake: EventIntake, shifts: RetimeShifts, clock: @escaping () -> Int64,
    isStopping: @escaping () -> Bool, log: Logger
  ) {
    self.file = file
    self.options = options
    self.intake = intake
    self.shifts = shifts
    self.clock = clock
    self.isStopping = isStopping
    self.log = log
  }

  /// Takes in all events; calls `progress` with how many so far. Throws `.malformedInput` after the events before a damaged place were
  /// taken in, and `.unavailable` when asked to stop.
  public func run(progress: (Int) -> Void = { _ in }) throws {
    let retiming = try retiming()
    var pace = Pace(speed: options.speed)
    var taken = 0
    try file.readEvents { events in
      if isStopping() { throw Failure.unavailable("asked to stop after \(taken) events of \(file.name)") }
      let events = try retiming.map { try Self.shifted(events, by: $0) } ?? events
      if options.speed == nil {
        try intake.take(events)
        taken += events.count
        progress(taken)
      } else {
        try pace.take(events, isStopping: isStopping) {
          try intake.take($0)
          taken += $0.count
          progress(taken)
        }
      }
    }
  }

  private func retiming() throws -> Retiming? {
    guard options.isRetimed else { return nil }
    let recording = try Recording(file)
    let shift: Int64
    if let known = try shifts.shift(of: recording.contentHash) {
      shift = known
      log.info(
        "\(file.name) was replayed before: its times are shifted by \(shift) s again, so that its events are the same")
    } else {
      shift = (clock() - recording.lastEventTime) / 1_000_000
      try shifts.store(shift, of: recording.contentHash)
      log.info("times of \(file.name) are shifted by \(shift) s, so that it ends now")
    }
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
