import Failures
import Quality
import YAML

extension ChecksConfiguration {
  /// Reads the section `checks`, whose `batch` may be `off`.
  init(_ reader: YAMLReader) throws {
    (rows, batch) = try reader.section("checks") { section in
      let rows = try section.namedSections("rows") { try RowCheckConfiguration.group(name: $0, $1) }
      if let node = section.node("batch"), case .scalar(let scalar) = node.content, scalar.text == "off" {
        section.note("batch", .string("off"))
        return (rows.flatMap { $0 }, [])
      }
      let batch = try section.namedSections("batch") { try BatchCheckConfiguration.group(name: $0, $1) }
      return (rows.flatMap { $0 }, batch.flatMap { $0 })
    }
    let rowNames = Set(rows.map(\.name))
    if let shared = batch.first(where: { rowNames.contains($0.name) }) {
      throw reader.failure("checks", "has a row check and a batch check called \"\(shared.name)\"")
    }
    var places: [String: Set<String>] = [:]
    let named = rows.map { ($0.name, $0.tables) } + batch.map { ($0.name, $0.table.map { [$0] } ?? []) }
    for (name, tables) in named {
      let tables = tables.isEmpty ? ["every table"] : tables
      guard places[name, default: []].isDisjoint(with: tables) else {
        throw reader.failure("checks", "has two checks called \"\(name)\"")
      }
      places[name, default: []].formUnion(tables)
    }
    var modes: [String: CheckMode] = [:]
    for check in rows {
      // Results are counted by name.
      guard modes.updateValue(check.mode, forKey: check.name) ?? check.mode == check.mode else {
        throw reader.failure("checks", "has checks called \"\(check.name)\" of different modes")
      }
    }
  }

  /// Throws `.configuration` when a check is missing or different without which rows could not be stored.
  func requireUnwaivable(of defaults: ChecksConfiguration, source: String) throws {
    for check in defaults.rows where !check.isWaivable && !rows.contains(where: { $0.asks(as: check) }) {
      throw Failure.configuration(
        "\(source): check \"\(check.name)\" cannot be dropped or changed: the row could not be stored")
    }
  }
}

/// The kinds of checks as they are written.
private enum CheckKind: String, CaseIterable {
  case notNull = "not_null"
  case among = "in"
  case notAmong = "not_in"
  case between
  case length
  case utf8
  case isJSON = "is_json"
  case notInFuture = "not_in_future"
  case atMost = "at_most"
  case unique
}

extension RowCheckConfiguration {
  /// Throws unless `name` is one of letters, digits and `_`.
  static func requireName(_ name: String, _ reader: YAMLReader) throws {
    guard !name.isEmpty, name.utf8.allSatisfy(YAMLReader.isIdentifierByte) else {
      throw Failure.configuration("\(reader.location): check \"\(name)\" must be named by letters, digits and \"_\"")
    }
  }

  /// The checks that one entry declares: one called `name` for `column`, or one for each of `columns`.
  static func group(name: String, _ reader: YAMLReader) throws -> [RowCheckConfiguration] {
    try requireName(name, reader)
    let rule = try Rule(try reader.choice("check"), reader)
    let condition = try reader.optionalSection("when") {
      RowCheck.Condition(try $0.identifier("column"), in: try $0.strings("in"))
    }
    let tables = try reader.optionalStrings("tables")
    let isWaivable = try reader.boolean("waivable", default: true)
    let mode = try reader.checkMode()
    guard isWaivable || mode != .log else {
      throw reader.failure("mode", "is log, but the check cannot be waived: a row that fails could not be stored")
    }
    let column = try reader.optionalString("column")
    let columns = try reader.optionalStrings("columns")
    for name in columns + [column].compactMap(\.self) where !name.utf8.allSatisfy(YAMLReader.isIdentifierByte) {
      throw reader.failure(
        column == nil ? "columns" : "column", "is \"\(name)\", not a name of letters, digits and \"_\"")
    }
    guard (column == nil) != columns.isEmpty else {
      throw reader.failure("check", "needs either column or columns")
    }
    let named = column.map { [($0, name)] } ?? columns.map { ($0, "\($0)_\(rule.kind)") }
    return named.map { column, name in
      RowCheckConfiguration(
        name: name, column: column, rule: rule, condition: condition, tables: tables, isWaivable: isWaivable,
        mode: mode)
    }
  }
}

extension RowCheckConfiguration.Rule {
  fileprivate init(_ kind: CheckKind, _ reader: YAMLReader) throws {
    switch kind {
    case .notNull: self = .fixed(.notNull)
    case .among:
      let values = try reader.scalars("values")
      self = .fixed(.oneOf(values, orDigits: try reader.boolean("or_digits", default: false)))
    case .notAmong: self = .fixed(.noneOf(try reader.scalars("values")))
    case .between:
      let (low, high) = (try reader.optionalScalar("min"), try reader.optionalScalar("max"))
      guard low != nil || high != nil else { throw reader.failure("check", "needs min or max") }
      self = .fixed(.between(low, high))
    case .length:
      let (low, high) = (try reader.optionalCount("min"), try reader.optionalCount("max"))
      guard low != nil || high != nil else { throw reader.failure("check", "needs min or max") }
      self = .fixed(.length(minimum: low, maximum: high))
    case .utf8: self = .fixed(.utf8)
    case .isJSON: self = .fixed(.external(kind: "is_json"))
    case .notInFuture:
      self = .notInFuture(toleranceSeconds: try reader.duration("tolerance", in: .zero ... .days(3650)).inSeconds)
    case .atMost: self = .fixed(.atMost(sumOf: try reader.strings("sum_of")))
    case .unique: self = .fixed(.unique(with: try reader.optionalStrings("with")))
    }
  }

  fileprivate var kind: String {
    switch self {
    case .fixed(let rule): rule.kind
    case .notInFuture: "not_in_future"
    }
  }
}

extension YAMLReader {
  /// What follows for rows that fail, `quarantine` unless it is given.
  func checkMode() throws -> CheckMode {
    guard node("mode") == nil else { return try choice("mode") }
    note("mode", .string(CheckMode.quarantine.rawValue))
    return .quarantine
  }

  fileprivate func optionalCount(_ key: String) throws -> Int? {
    guard node(key) == nil else { return try integer(key, in: 0...Int.max) }
    note(key, .null)
    return nil
  }

  /// A number to compare with, nil when it is absent; whole numbers stay exact.
  fileprivate func optionalScalar(_ key: String) throws -> Scalar? {
    guard let node = node(key) else {
      note(key, .null)
      return nil
    }
    if case .scalar(let scalar) = node.content, case .integer = scalar.resolved {
      return .integer(Int64(try integer(key, in: .min ... .max)))
    }
    return .number(try number(key, in: -1e300...1e300))
  }

  /// A list of values to compare with, each of the type that it is written as.
  fileprivate func scalars(_ key: String) throws -> [Scalar] {
    let node = try require(key)
    guard case .sequence(let items) = node.content, !items.isEmpty else {
      throw failure(key, "must be a list of at least one value")
    }
    var values: [Scalar] = []
    var resolved: [YAMLResolved] = []
    for item in items {
      guard case .scalar(let scalar) = item.content else { throw failure(key, "must be a list of values") }
      let (value, canonical) = Self.comparable(scalar)
      values.append(value)
      resolved.append(canonical)
    }
    note(key, .list(resolved))
    return values
  }

  private static func comparable(_ scalar: YAMLScalar) -> (Scalar, YAMLResolved) {
    switch scalar.resolved {
    case .integer(let value): (.integer(value), .integer(value))
    case .number(let value) where value.isFinite: (.number(value), .number(value))
    case .boolean(let value): (.boolean(value), .boolean(value))
    default: (.text(scalar.text), .string(scalar.text))
    }
  }
}
