import Columns

/// Types whose values can be compared with each other.
enum ColumnKind {
  case truth, number, date, time, timestamp, text, bytes

  /// Nil for types that have no order: decimals are not compared here, lists, structures and maps never.
  init?(_ type: ColumnType) {
    switch type {
    case .boolean: self = .truth
    case .int, .long, .float, .double: self = .number
    case .date: self = .date
    case .time: self = .time
    case .timestamptz, .timestamp: self = .timestamp
    case .string: self = .text
    case .binary, .uuid, .fixed: self = .bytes
    case .decimal, .list, .structure, .map: return nil
    }
  }
}
