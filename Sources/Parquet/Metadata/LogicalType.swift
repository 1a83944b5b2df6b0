/// The annotation of a schema element, as it is on the wire.
///
/// https://github.com/apache/parquet-format/blob/master/LogicalTypes.md
enum LogicalType: Equatable {
  enum TimeUnit: Int16 {
    case millis = 1
    case micros = 2
    case nanos = 3
  }

  case string
  case map
  case list
  case enumeration
  case decimal(scale: Int32, precision: Int32)
  case date
  case time(utc: Bool, TimeUnit)
  case timestamp(utc: Bool, TimeUnit)
  case integer(bits: Int8, isSigned: Bool)
  case unknown
  case json
  case bson
  case uuid
  case float16
  /// One that this version does not know: the physical type is read.
  case other(Int16)

  /// Reads the union; nil when it is empty.
  init?(_ reader: inout CompactReader, _ field: CompactReader.Field) throws {
    var found: LogicalType?
    try reader.structure(field) { reader, member in
      switch member.id {
      case 5: found = try Self.decimal(&reader, member)
      case 7: found = try Self.timed(&reader, member).map { .time(utc: $0, $1) }
      case 8: found = try Self.timed(&reader, member).map { .timestamp(utc: $0, $1) }
      case 10: found = try Self.integer(&reader, member)
      default:
        found = Self.plain[member.id] ?? .other(member.id)
        try reader.skip(member)
      }
    }
    guard let found else { return nil }
    self = found
  }

  private static let plain: [Int16: LogicalType] = [
    1: .string, 2: .map, 3: .list, 4: .enumeration, 6: .date, 11: .unknown, 12: .json, 13: .bson, 14: .uuid,
    15: .float16,
  ]

  private static func decimal(_ reader: inout CompactReader, _ field: CompactReader.Field) throws -> LogicalType {
    var scale: Int32 = 0
    var precision: Int32 = 0
    try reader.structure(field) { reader, member in
      switch member.id {
      case 1: scale = try reader.int32(member)
      case 2: precision = try reader.int32(member)
      default: try reader.skip(member)
      }
    }
    return .decimal(scale: scale, precision: precision)
  }

  private static func timed(_ reader: inout CompactReader, _ field: CompactReader.Field) throws -> (Bool, TimeUnit)? {
    var utc = false
    var unit: TimeUnit?
    try reader.structure(field) { reader, member in
      switch member.id {
      case 1: utc = try reader.bool(member)
      case 2:
        try reader.structure(member) { reader, choice in
          unit = TimeUnit(rawValue: choice.id)
          try reader.skip(choice)
        }
      default: try reader.skip(member)
      }
    }
    return unit.map { (utc, $0) }
  }

  private static func integer(_ reader: inout CompactReader, _ field: CompactReader.Field) throws -> LogicalType {
    var bits: Int8 = 0
    var isSigned = true
    try reader.structure(field) { reader, member in
      switch member.id {
      case 1: bits = try reader.int8(member)
      case 2: isSigned = try reader.bool(member)
      default: try reader.skip(member)
      }
    }
    return .integer(bits: bits, isSigned: isSigned)
  }

  /// Writes the union's member. Only for the annotations of types that are written.
  func write(to writer: inout CompactWriter) {
    switch self {
    case .string: writer.field(1, structure: { _ in })
    case .map: writer.field(2, structure: { _ in })
    case .list: writer.field(3, structure: { _ in })
    case .decimal(let scale, let precision):
      writer.field(
        5,
        structure: {
          $0.field(1, int32: scale)
          $0.field(2, int32: precision)
        })
    case .date: writer.field(6, structure: { _ in })
    case .time(let utc, let unit): Self.write(7, utc, unit, to: &writer)
    case .timestamp(let utc, let unit): Self.write(8, utc, unit, to: &writer)
    case .uuid: writer.field(14, structure: { _ in })
    default: break
    }
  }

  private static func write(_ member: Int16, _ utc: Bool, _ unit: TimeUnit, to writer: inout CompactWriter) {
    writer.field(
      member,
      structure: {
        $0.field(1, bool: utc)
        $0.field(2, structure: { $0.field(unit.rawValue, structure: { _ in }) })
      })
  }
}
