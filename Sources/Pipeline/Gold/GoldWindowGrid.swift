/// Gold's tumbling windows of ten minutes on event time. All times are microseconds since 1970-01-01 UTC.
public enum GoldWindowGrid {
  /// The length of a window.
  public static let width: Int64 = Calendar.microsecondsPerWindow

  /// The start of the window that `eventTime` lies in: the last multiple of `width` at or before it, also before 1970. (Within a
  /// window of the type's smallest value it wraps around, to a start that is on no grid.)
  public static func start(of eventTime: Int64) -> Int64 { Calendar.windowStart(eventTime) }

  /// The end of the window that begins at `start`, itself outside.
  public static func end(of start: Int64) -> Int64 { start &+ width }

  /// The UTC date of a time in days since 1970-01-01.
  public static func day(of time: Int64) -> Int32 { Calendar.day(time) }

  /// The hour of the day, 0 to 23, of a time.
  public static func hour(of time: Int64) -> Int { Int(Calendar.hour(time)) }

  /// Up to where events are taken to be complete: the largest event time that passed the gate, at most the plan's clock, less the
  /// allowed lateness.
  public static func watermark(largestEventTime: Int64, clock: Int64, allowedLatenessSeconds: Int64) -> Int64 {
    min(largestEventTime, clock) &- allowedLatenessSeconds &* 1_000_000
  }

  /// Whether the watermark has passed the end of the window that begins at `start`: no change is expected any more.
  public static func isFinal(window start: Int64, watermark: Int64) -> Bool { watermark >= end(of: start) }

  /// Of these windows the ones that became final between two watermarks, in their order. `after` is nil before the first plan.
  public static func passed(after: Int64?, upTo watermark: Int64, in starts: some Sequence<Int64>) -> [Int64] {
    starts.filter { start in
      let wasFinal = after.map { isFinal(window: start, watermark: $0) } ?? false
      return isFinal(window: start, watermark: watermark) && !wasFinal
    }
  }
}
