import Columns

/// The columns that come from an event's time.
struct EventTimes {
  var eventTime = PrimitiveColumn<Int64>()
  var lagSeconds = PrimitiveColumn<Int64>()
  var hour = PrimitiveColumn<Int32>()
  var date = PrimitiveColumn<Int32>()

  /// The time is `meta.dt` (microseconds), else `timestamp` (seconds); the lag is what passed until `ingestion`,
  /// rounded down.
  init(metaTime: PrimitiveColumn<Int64>, timestamp: PrimitiveColumn<Int64>, ingestion: PrimitiveColumn<Int64>) {
    let count = metaTime.count
    eventTime.reserve(count)
    lagSeconds.reserve(count)
    hour.reserve(count)
    date.reserve(count)
    for row in 0..<count {
      let time = metaTime[row] ?? timestamp[row].flatMap(Self.microseconds)
      eventTime.append(time)
      hour.append(time.map(Calendar.hour))
      date.append(time.map(Calendar.day))
      lagSeconds.append(time.flatMap { time in ingestion[row].flatMap { Self.lag(from: time, to: $0) } })
    }
  }

  /// Nil where the time is beyond what microseconds can hold.
  private static func microseconds(_ seconds: Int64) -> Int64? {
    let (value, overflow) = seconds.multipliedReportingOverflow(by: Calendar.microsecondsPerSecond)
    return overflow ? nil : value
  }

  private static func lag(from time: Int64, to ingestion: Int64) -> Int64? {
    let (difference, overflow) = ingestion.subtractingReportingOverflow(time)
    return overflow ? nil : Calendar.floorDivide(difference, Calendar.microsecondsPerSecond)
  }
}
