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
    func check(_ column: String?, _ name: String) -> RowCheckConfiguration {
      RowCheckConfiguration(
        name: name, column: column, rule: rule, condition: condition, tables: tables, isWaivable: isWaivable,
        mode: mode, location: reader.location.description)
    }
    if rule.isOfWholeRow {
      guard column == nil, columns.isEmpty else { throw reader.failure("check", "of kind sql has no column") }
      return [check(nil, name)]
    }
    guard (column == nil) != columns.isEmpty else {
      throw reader.failure("check", "needs either column or columns")
    }
    return column.map { [check($0, name)] } ?? columns.map { check($0, "\($0)_\(rule.kind)") }
  }
}
