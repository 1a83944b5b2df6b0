/// Durations and sizes as people write them.
public enum YAMLQuantity {
  /// Reads `10 min`, `1.5 h`, `-30 s`, `250 ms`, `7 d` or plain seconds; nil when it is none of these or beyond 64
  /// bits of microseconds. Fractions are kept to the microsecond.
  public static func duration(_ text: String) -> Duration? {
    guard let (amount, unit) = split(text) else { return nil }
    let microseconds: Double
    switch unit {
    case "", "s", "sec", "second", "seconds": microseconds = 1e6
    case "ms", "millisecond", "milliseconds": microseconds = 1e3
    case "min", "minute", "minutes", "m": microseconds = 60e6
    case "h", "hour", "hours": microseconds = 3600e6
    case "d", "day", "days": microseconds = 86400e6
    default: return nil
    }
    return scaled(amount, by: microseconds).map { .microseconds($0) }
  }

  /// Reads `64 MiB`, `1.5 GiB`, `500 kB`, `10 MB` or plain bytes; nil when it is none of these, negative or beyond 64
  /// bits.
  public static func byteCount(_ text: String) -> Int? {
    guard let (amount, unit) = split(text), amount >= 0 else { return nil }
    let factor: Double
    switch unit {
    case "", "B", "bytes": factor = 1
    case "kB", "KB": factor = 1e3
    case "MB": factor = 1e6
    case "GB": factor = 1e9
    case "TB": factor = 1e12
    case "KiB": factor = 1024
    case "MiB": factor = 1024 * 1024
    case "GiB": factor = 1024 * 1024 * 1024
    case "TiB": factor = 1024 * 1024 * 1024 * 1024
    default: return nil
    }
    return scaled(amount, by: factor).map { Int($0) }
  }

  private static func scaled(_ amount: Double, by factor: Double) -> Int64? {
    Int64(exactly: (amount * factor).rounded())
  }

  /// Splits `1.5 h` into the number and the unit.
  private static func split(_ text: String) -> (amount: Double, unit: Substring)? {
    let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-" || $0 == "+") }
    guard case .integer(let whole) = YAMLScalar(String(number), isPlain: true).resolved else {
      guard case .number(let amount) = YAMLScalar(String(number), isPlain: true).resolved, amount.isFinite else {
        return nil
      }
      return (amount, text.dropFirst(number.count).drop { $0 == " " })
    }
    return (Double(whole), text.dropFirst(number.count).drop { $0 == " " })
  }
}
