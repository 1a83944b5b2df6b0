/// Lines of the log in their two forms.
enum LogLine {
  /// `{"time":…,"level":…,"message":…,fields…}`, RFC 8259, in this order.
  static func json(time: Int64, level: LogLevel, message: String, fields: [LogField]) -> String {
    var line = "{\"time\":\"\(LogTime.iso8601(microseconds: time))\",\"level\":\"\(level.name)\",\"message\":"
    quote(message, to: &line)
    for field in fields {
      line += ","
      quote(field.name, to: &line)
      line += ":"
      write(field.value, to: &line)
    }
    return line + "}\n"
  }

  /// `12:34:56 warning: message  field=value …`, for people.
  static func text(time: Int64, level: LogLevel, message: String, fields: [LogField]) -> String {
    let clock = LogTime.iso8601(microseconds: time).drop { $0 != "T" }.dropFirst().prefix(8)
    let prefix = level == .info ? "" : "\(level.name): "
    let values = fields.map { "  \($0.name)=\(plain($0.value))" }.joined()
    return "\(clock) \(prefix)\(printable(message))\(values)\n"
  }

  /// A value as JSON; what is not finite is null.
  static func write(_ value: LogValue, to line: inout String) {
    switch value {
    case .string(let text): quote(text, to: &line)
    case .integer(let number): line += String(number)
    case .number(let number): line += number.isFinite ? String(number) : "null"
    case .boolean(let flag): line += flag ? "true" : "false"
    }
  }

  static func quote(_ text: String, to line: inout String) {
    line += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": line += "\\\""
      case "\\": line += "\\\\"
      case "\n": line += "\\n"
      case "\r": line += "\\r"
      case "\t": line += "\\t"
      case "\0"..<" ", "\u{7F}":
        let hex = String(scalar.value, radix: 16)
        line += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: line.unicodeScalars.append(scalar)
      }
    }
    line += "\""
  }

  private static func plain(_ value: LogValue) -> String {
    switch value {
    case .string(let text) where text.isEmpty || text.contains(" "): "\"\(printable(text))\""
    case .string(let text): printable(text)
    case .integer(let number): String(number)
    case .number(let number): String(number)
    case .boolean(let flag): String(flag)
    }
  }

  /// Titles and names come from outside and must not move the cursor or add lines.
  private static func printable(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: result.append("?")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
