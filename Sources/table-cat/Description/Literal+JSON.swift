import Bytes
import Iceberg
import JSON

extension Literal {
  /// The value as rows have it; `type` tells a decimal's scale.
  func json(as type: PrimitiveType?) -> JSONValue {
    switch self {
    case .boolean(let value): .bool(value)
    case .int(let value): .integer(Int64(value))
    case .long(let value): .integer(value)
    case .float(let value): Self.number(value)
    case .double(let value): Self.number(value)
    case .decimal(let value): .string(DecimalText.text(value, scale: type?.scale ?? 0))
    case .date(let days): .string(DateText.date(days: Int64(days)))
    case .time(let value): .string(DateText.time(microseconds: value))
    case .timestamp(let value): .string(DateText.timestamp(microseconds: value))
    case .timestamptz(let value): .string(DateText.timestamp(microseconds: value) + "+00:00")
    case .string(let bytes): .string(String(decoding: bytes, as: UTF8.self))
    case .uuid: Self.text { buffer in singleValue.withUnsafeBytes { buffer.append(uuid: $0) } }
    case .fixed(let bytes), .binary(let bytes):
      Self.text {
        $0.append(utf8: "\"")
        $0.append(hex: bytes)
        $0.append(utf8: "\"")
      }
    }
  }

  private static func number(_ value: some BinaryFloatingPoint & LosslessStringConvertible) -> JSONValue {
    text { $0.append(float: value) }
  }

  private static func text(_ write: (inout ByteBuffer) -> Void) -> JSONValue {
    var buffer = ByteBuffer()
    write(&buffer)
    return (try? JSONValue.parse(buffer.bytes)) ?? .null
  }
}

extension PrimitiveType {
  fileprivate var scale: Int? {
    if case .decimal(_, let scale) = self { scale } else { nil }
  }
}
