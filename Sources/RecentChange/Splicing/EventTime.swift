internal import CSimdjson

/// Times as events write them.
///
/// Source: https://www.rfc-editor.org/rfc/rfc3339#section-5.6
public enum EventTime {
  /// Microseconds since 1970-01-01T00:00:00Z of a time such as `2026-01-28T21:42:14.439Z` or `2019-05-30T02:24:57+00:00`; nil for
  /// anything else. One to nine digits of a fraction are read and what is finer than a microsecond is cut off.
  public static func microseconds(_ text: UnsafeRawBufferPointer) -> Int64? {
    var result: Int64 = 0
    let start = text.assumingMemoryBound(to: UInt8.self).baseAddress
    return rc_parse_time(start, text.count, &result) ? result : nil
  }

  /// The same of a string.
  public static func microseconds(_ text: String) -> Int64? {
    var text = text
    return text.withUTF8 { microseconds(UnsafeRawBufferPointer($0)) }
  }

  /// Writes a time in UTC with `fractionDigits` (0 to 6) digits of a fraction: `2026-01-28T21:42:14.439Z`.
  public static func append(microseconds: Int64, fractionDigits: Int, to output: inout [UInt8]) {
    let seconds = microseconds.floorDivided(by: 1_000_000)
    appendDateTime(seconds: seconds, to: &output)
    if fractionDigits > 0 {
      output.append(UInt8(ascii: "."))
      let digits = min(fractionDigits, 6)
      let scale = (digits..<6).reduce(Int64(1)) { scale, _ in scale * 10 }
      append((microseconds - seconds * 1_000_000) / scale, digits: digits, to: &output)
    }
    output.append(UInt8(ascii: "Z"))
  }

  /// Writes the 19 bytes `YYYY-MM-DDThh:mm:ss`. Years outside 0...9999 are written as the nearest that fits.
  static func appendDateTime(seconds: Int64, to output: inout [UInt8]) {
    let bounded = min(max(seconds, -62_167_219_200), 253_402_300_799)
    let days = bounded.floorDivided(by: 86_400)
    let clock = bounded - days * 86_400
    let date = civil(days)
    append(date.year, digits: 4, to: &output)
    for part in [date.month, date.day] {
      output.append(UInt8(ascii: "-"))
      append(part, digits: 2, to: &output)
    }
    output.append(UInt8(ascii: "T"))
    append(clock / 3600, digits: 2, to: &output)
    for part in [clock / 60 % 60, clock % 60] {
      output.append(UInt8(ascii: ":"))
      append(part, digits: 2, to: &output)
    }
  }

  private static func append(_ value: Int64, digits: Int, to output: inout [UInt8]) {
    var scale = (1..<digits).reduce(Int64(1)) { scale, _ in scale * 10 }
    while scale > 0 {
      output.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / scale % 10))
      scale /= 10
    }
  }

  /// The date of a day since 1970.
  ///
  /// Source: http://howardhinnant.github.io/date_algorithms.html#civil_from_days
  private static func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = days + 719_468
    let era = shifted.floorDivided(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }
}

extension Int64 {
  /// The quotient rounded down. Precondition: `divisor` is positive.
  func floorDivided(by divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
