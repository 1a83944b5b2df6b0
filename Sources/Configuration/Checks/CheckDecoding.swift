import Failures
import YAML

extension ChecksConfiguration {
  /// Reads the section `checks`, whose `batch` may be `off`.
  init(_ reader: YAMLReader) throws {
    (rows, batch) = try reader.section("checks") { section in
      let rows = try section.namedSections("rows") { try RowCheckConfiguration(name: $0, $1) }
      if let node = section.node("batch"), case .scalar(let scalar) = node.content, scalar.text == "off" {
        section.note("batch", .string("off"))
        return (rows, [])
      }
      return (rows, try section.namedSections("batch") { try BatchCheckConfiguration(name: $0, $1) })
    }
    let names = names
    guard Set(names).count == names.count else {
      throw reader.failure("checks", "has a row check and a batch check of one name")
    }
  }
}

/// The kinds of row checks as they are written.
private enum RowCheckKind: String, CaseIterable {
  case notNull = "not_null"
  case among = "in"
  case notAmong = "not_in"
  case between
  case length
  case matches
  case isJSON = "is_json"
  case isUTF8 = "is_utf8"
  case notInFuture = "not_in_future"
  case atMostColumn = "at_most_column"
  case sql

  var category: CheckCategory {
    switch self {
    case .notNull: .completeness
    case .notInFuture: .timeliness
    default: .validity
    }
  }
}

extension RowCheckConfiguration {
  init(name: String, _ reader: YAMLReader) throws {
    self.name = try reader.checkName(name)
    let kind: RowCheckKind = try reader.choice("check")
    rule = try RowRule(kind, reader)
    condition = try reader.optionalSection("when") {
      Condition(column: try $0.identifier("column"), values: try $0.strings("in"))
    }
    tables = try reader.optionalStrings("tables")
    mode = try reader.optionalChoice("mode") ?? .quarantine
    category = try reader.optionalChoice("category") ?? kind.category
  }
}

extension RowRule {
  fileprivate init(_ kind: RowCheckKind, _ reader: YAMLReader) throws {
    if kind == .sql {
      self = .expression(try reader.string("expression"))
      return
    }
    let column = try reader.identifier("column")
    switch kind {
    case .notNull: self = .notNull(column: column)
    case .among: self = .among(column: column, values: try reader.strings("values"))
    case .notAmong: self = .notAmong(column: column, values: try reader.strings("values"))
    case .between:
      let isRequired = reader.node("required") == nil ? try reader.absentSwitch("required") : try reader.boolean("required")
      self = .between(column: column, bounds: try NumberBounds(reader), isRequired: isRequired)
    case .length: self = .length(column: column, bounds: try NumberBounds(reader))
    case .matches: self = .matches(column: column, pattern: try reader.string("pattern"))
    case .isJSON: self = .isJSON(column: column)
    case .isUTF8: self = .isUTF8(column: column)
    case .notInFuture:
      let tolerance = try reader.duration("tolerance", in: .zero ... .days(3650))
      self = .notInFuture(column: column, toleranceSeconds: tolerance.inSeconds)
    case .atMostColumn: self = .atMostColumn(column: column, other: try reader.identifier("other"))
    case .sql: self = .expression(try reader.string("expression"))
    }
  }
}

extension NumberBounds {
  fileprivate init(_ reader: YAMLReader) throws {
    minimum = try reader.bound("min")
    maximum = try reader.bound("max")
    above = try reader.bound("above")
    below = try reader.bound("below")
    guard minimum != nil || maximum != nil || above != nil || below != nil else {
      throw Failure.configuration("\(reader.location): a check without min, max, above or below")
    }
  }
}

extension BatchCheckConfiguration {
  /// The kinds of batch checks as they are written.
  private enum Kind: String, CaseIterable {
    case unique
  }

  init(name: String, _ reader: YAMLReader) throws {
    self.name = try reader.checkName(name)
    switch try reader.choice("check", of: Kind.self) {
    case .unique:
      let columns = try reader.strings("columns")
      guard !columns.isEmpty else { throw reader.failure("columns", "must name a column") }
      rule = .unique(columns: columns)
    }
    tables = try reader.optionalStrings("tables")
    mode = try reader.optionalChoice("mode") ?? .quarantine
    category = try reader.optionalChoice("category") ?? .uniqueness
  }
}

extension YAMLReader {
  /// A choice, nil when it is absent.
  fileprivate func optionalChoice<Choice>(_ key: String) throws -> Choice?
  where Choice: RawRepresentable<String> & CaseIterable {
    guard node(key) != nil else {
      note(key, .null)
      return nil
    }
    return try choice(key)
  }

  fileprivate func absentSwitch(_ key: String) throws -> Bool {
    note(key, .boolean(false))
    return false
  }

  fileprivate func bound(_ key: String) throws -> Double? {
    try optionalNumber(key, in: -1e300...1e300)
  }

  /// A check's name: letters, digits and `_`, so that variables and the command line can name it.
  fileprivate func checkName(_ name: String) throws -> String {
    guard !name.isEmpty, name.utf8.allSatisfy(Self.isIdentifierByte) else {
      throw Failure.configuration("\(location): check \"\(name)\" must be named by letters, digits and \"_\"")
    }
    return name
  }
}
