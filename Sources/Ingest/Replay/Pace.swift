import Columns
import RecentChange

/// Hands events on at a multiple of the speed at which they happened.
struct Pace {
  /// Events are handed on in steps of so many seconds of real time.
  private static let step = 0.1

  private let speed: Double
  private var first: Int64?
  private var elapsed = 0.0
  private let parser = RecentChangeParser()

  init(speed: Double?) { self.speed = speed ?? .infinity }

  /// Calls `body` with parts of `events`, each when its time has come.
  mutating func take(_ events: BinaryColumn, isStopping: () -> Bool, _ body: (BinaryColumn) throws -> Void) throws {
    let times = try parser.envelopes(events).time
    var part = BinaryColumn()
    for row in 0..<events.count {
      if let time = times[row] {
        first = first ?? time
        let due = Double(time - (first ?? time)) / 1e6 / speed
        if due > elapsed + Self.step {
          if part.count > 0 { try body(part) }
          part = BinaryColumn()
          wait(due - elapsed, isStopping)
          elapsed = due
        }
      }
      part.append(events[row] ?? [])
    }
    if part.count > 0 { try body(part) }
  }

  private func wait(_ seconds: Double, _ isStopping: () -> Bool) {
    var left = seconds
    while left > 0, !isStopping() {
      Sleep.milliseconds(Int64(min(left, 0.2) * 1000))
      left -= 0.2
    }
  }
}
