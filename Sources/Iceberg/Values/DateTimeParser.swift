/// Reads dates and times of ISO 8601's extended form.
struct DateTimeParser {
  private static let microsecondsPerDay: Int64 = 86_400_000_000

  private var rest: Substring.UTF8View

  private init(_ text: String) { rest = text[...].utf8 }

  /// Days since 1970-01-01.
  static func date(_ text: String) -> Int64? {
    var parser = DateTimeParser(text)
    guard let days = parser.date(), parser.rest.isEmpty else { return nil }
    return days
  }

  /// Microseconds since midnight.
  static func time(_ text: String) -> Int64? {
    var parser = DateTimeParser(text)
    guard let time = parser.time(), parser.rest.isEmpty else { return nil }
    return time
  }

  /// Microseconds since 1970-01-01T00:00:00. With `hasZone` in UTC, and an offset may follow.
  static func timestamp(_ text: String, hasZone: Bool) -> Int64? {
    var parser = DateTimeParser(text)
    guard let days = parser.date() else { return nil }
    var time: Int64 = 0
    if parser.take("T") || parser.take(" ") {
      guard let clock = parser.time() else { return nil }
      time = clock
    }
    var offset: Int64 = 0
    if hasZone {
      guard let zone = parser.offset() else { return nil }
      offset = zone
    }
    guard parser.rest.isEmpty else { return nil }
    let (midnight, overflows) = days.multipliedReportingOverflow(by: microsecondsPerDay)
    let (sum, overflows2) = midnight.addingReportingOverflow(time - offset)
    return overflows || overflows2 ? nil : sum
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard let first = rest.first, first == UInt8(ascii: scalar) else { return false }
    rest = rest.dropFirst()
    return true
  }

  /// As many digits as may be.
  private mutating func digits() -> Substring.UTF8View {
    let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    rest = rest.dropFirst(digits.count)
    return digits
  }

  /// Two digits of at most `limit`.
  private mutating func pair(upTo limit: Int64) -> Int64? {
    let digits = digits()
    guard digits.count == 2, let value = Int64(Substring(digits)), value <= limit else { return nil }
    return value
  }

  /// `2024-01-31`, the year with a sign where it has another number of digits than four.
  private mutating func date() -> Int64? {
    let isNegative = take("-")
    let isSigned = take("+") || isNegative
    let digits = digits()
    guard digits.count == 4 || (isSigned && (4...6).contains(digits.count)),
      let year = Int64(Substring(digits)), take("-"), let month = pair(upTo: 12), take("-"), let day = pair(upTo: 31)
    else { return nil }
    return CivilDate.days(year: isNegative ? -year : year, month: month, day: day)
  }

  /// `12:00`, `12:00:00`, `12:00:00.000001`; what is less than a microsecond must be zero.
  private mutating func time() -> Int64? {
    guard let hour = pair(upTo: 23), take(":"), let minute = pair(upTo: 59) else { return nil }
    var microseconds = (hour * 60 + minute) * 60_000_000
    guard take(":") else { return microseconds }
    guard let second = pair(upTo: 59) else { return nil }
    microseconds += second * 1_000_000
    guard take(".") else { return microseconds }
    let fraction = digits()
    let zero = UInt8(ascii: "0")
    guard !fraction.isEmpty, fraction.dropFirst(6).allSatisfy({ $0 == zero }) else { return nil }
    let padded = Array(fraction.prefix(6)) + [UInt8](repeating: zero, count: max(0, 6 - fraction.count))
    return microseconds + padded.reduce(0) { $0 * 10 + Int64($1 - zero) }
  }

  /// Microseconds east of Greenwich; none for UTC.
  private mutating func offset() -> Int64? {
    if rest.isEmpty || take("Z") { return 0 }
    let isWest = take("-")
    guard isWest || take("+"), let hour = pair(upTo: 23), take(":"), let minute = pair(upTo: 59) else { return nil }
    return (hour * 60 + minute) * (isWest ? -60_000_000 : 60_000_000)
  }
}

extension CivilDate {
  /// Days since 1970-01-01 of a date, nil where the month has no such day; by Howard Hinnant's `days_from_civil`
  /// (<https://howardhinnant.github.io/date_algorithms.html>).
  static func days(year: Int64, month: Int64, day: Int64) -> Int64? {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear.flooredQuotient(400)
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    let same = CivilDate(daysSinceEpoch: days)
    return same.month == month && same.day == day ? days : nil
  }
}
