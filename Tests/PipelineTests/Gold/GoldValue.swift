import Columns

/// A value of any column, for comparing rows of batches with rows of a model.
enum GoldValue: Hashable, CustomStringConvertible {
  case null
  case bool(Bool)
  case integer(Int64)
  case double(Double)
  case text(String)

  init(_ value: Bool?) { self = value.map { .bool($0) } ?? .null }
  init(_ value: (some BinaryInteger)?) { self = value.map { .integer(Int64($0)) } ?? .null }
  init(_ value: Double?) { self = value.map { .double($0) } ?? .null }
  init(_ value: String?) { self = value.map { .text($0) } ?? .null }

  var description: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .double(let value): "\(value)"
    case .text(let value): value
    }
  }

  /// Strings are compared by their bytes: `String ==` takes é and e + accent for one.
  static func == (left: GoldValue, right: GoldValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.integer(let left), .integer(let right)): left == right
    case (.double(let left), .double(let right)): left == right
    case (.text(let left), .text(let right)): left.utf8.elementsEqual(right.utf8)
    default: false
    }
  }

  func hash(into hasher: inout Hasher) {
    if case .text(let text) = self {
      for byte in text.utf8 { hasher.combine(byte) }
    } else {
      hasher.combine(description)
    }
  }
}

/// A row by column name.
typealias GoldRow = [String: GoldValue]

extension ColumnBatch {
  /// The rows as dictionaries.
  var goldRows: [GoldRow] {
    (0..<rowCount).map { row in
      Dictionary(uniqueKeysWithValues: zip(schema.fields, columns).map { ($0.name, $1.goldValue(row)) })
    }
  }
}

extension Column {
  func goldValue(_ row: Int) -> GoldValue {
    switch self {
    case .bool(let values): GoldValue(values[row])
    case .int32(let values): GoldValue(values[row])
    case .int64(let values): GoldValue(values[row])
    case .float(let values): GoldValue(values[row].map(Double.init))
    case .double(let values): GoldValue(values[row])
    case .binary(let values): GoldValue(values.string(row))
    case .list(let values): GoldValue(values.strings(row)?.joined(separator: "|"))
    case .int128, .structure, .map: GoldValue(nil as String?)  // no Gold table has one
    }
  }
}
