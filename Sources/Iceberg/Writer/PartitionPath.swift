/// Directory names of partitions, as Java writes them: `event_date=2026-01-01/layer=bronze`, url-encoded. Only for people: values are
/// read from manifests, never from paths.
struct PartitionPath {
  private let spec: PartitionSpec

  init(_ spec: PartitionSpec) { self.spec = spec }

  /// The path without slashes at its ends; empty for a table that is not partitioned.
  func path(of partition: PartitionValues) -> String {
    spec.fields.enumerated().filter { $0.element.transform != .void }.map { position, field in
      let text = partition[position].map { Self.text($0, field.transform) } ?? "null"
      return "\(Self.encoded(field.name))=\(Self.encoded(text))"
    }
    .joined(separator: "/")
  }

  private static func text(_ value: Literal, _ transform: Transform) -> String {
    switch (transform, value) {
    case (.year, .int(let years)): String(1970 + Int64(years))
    case (.month, .int(let months)): month(Int64(months))
    case (.hour, .int(let hours)):
      CivilDate(daysSinceEpoch: Int64(hours).flooredQuotient(24)).text + "-"
        + padded(Int64(hours).flooredRemainder(24), 2)
    default: text(value)
    }
  }

  private static func text(_ value: Literal) -> String {
    switch value {
    case .boolean(let value): String(value)
    case .int(let value): String(value)
    case .long(let value): String(value)
    case .float(let value): String(value)
    case .double(let value): String(value)
    case .decimal(let value): String(value)
    case .date(let days): CivilDate(daysSinceEpoch: Int64(days)).text
    case .time(let micros): time(micros)
    case .timestamp(let micros): timestamp(micros)
    case .timestamptz(let micros): timestamp(micros) + "+00:00"
    case .string(let bytes): String(decoding: bytes, as: UTF8.self)
    case .uuid, .fixed, .binary: base64(value.singleValue)
    }
  }

  private static func month(_ months: Int64) -> String {
    "\(1970 + months.flooredQuotient(12))-\(padded(months.flooredRemainder(12) + 1, 2))"
  }

  private static func timestamp(_ micros: Int64) -> String {
    let day: Int64 = 86_400_000_000
    return CivilDate(daysSinceEpoch: micros.flooredQuotient(day)).text + "T" + time(micros.flooredRemainder(day))
  }

  private static func time(_ micros: Int64) -> String {
    let seconds = micros / 1_000_000
    let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }.joined(separator: ":")
    let fraction = micros % 1_000_000
    return fraction == 0 ? clock : clock + "." + padded(fraction, 6)
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  private static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | UInt32($1) } << (8 * UInt32(3 - group.count))
      for position in 0..<4 {
        text.append(position <= group.count ? alphabet[Int(bits >> (18 - 6 * UInt32(position)) & 63)] : "=")
      }
    }
    return text
  }

  /// `application/x-www-form-urlencoded`, as Java's `URLEncoder` has it.
  private static func encoded(_ text: String) -> String {
    var encoded = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: " "): encoded += "+"
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "*"),
        UInt8(ascii: "_"):
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        encoded += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
      }
    }
    return encoded
  }
}
