import Columns
import Failures
import JSON

/// A column that is judged, and those beside it.
struct RuleColumn {
  let name: String
  let column: Column
  private let type: ColumnType
  private let batch: ColumnBatch

  /// Throws `.configuration` when the batch has no such column.
  init(_ name: String, of batch: ColumnBatch) throws {
    guard let position = batch.schema.position(of: name) else {
      throw Failure.configuration(
        "there is no column \(name)\(hint(for: name, among: batch.schema.fields.map(\.name)))")
    }
    self.name = name
    self.batch = batch
    column = batch.columns[position]
    type = batch.schema.fields[position].type
  }

  private func other(_ name: String) throws -> RuleColumn { try RuleColumn(name, of: batch) }

  private func paired(with name: String) throws -> ColumnPair {
    let other = try other(name)
    return try ColumnPair(column, type, other.column, other.type)
  }

  /// The predicate "the row fails", for all rules of one column but patterns; nil where no row can. `asked` marks the rows that are judged; nil for all.
  ///
  /// Throws `.configuration` when the rule does not fit the column's type.
  func predicate(_ rule: RowRule, _ asked: [Bool]?) throws -> ((Int) -> Bool)? {
    switch rule {
    case .notNull:
      guard let validity = column.validity else { return nil }
      return { !validity[$0] }
    case .oneOf(let values, let orDigits):
      let contains = try column.membership(of: values, orDigits: orDigits)
      return { contains($0) == false }
    case .noneOf(let values):
      let contains = try column.membership(of: values, orDigits: false)
      return { contains($0) == true }
    case .between(let low, let high): return try column.outside(low, high)
    case .length(let minimum, let maximum):
      let length = try column.lengths(isText: type == .string)
      return { row in length(row).map { $0 < minimum ?? 0 || $0 > maximum ?? .max } ?? false }
    case .utf8:
      let bytes = try texts()
      if UTF8Validity.areAllValid(bytes: bytes.bytes, offsets: bytes.offsets) { return nil }
      return { !bytes.withUnsafeBytes(row: $0, UTF8Validity.isValid) }
    case .isJSON:
      let bytes = try texts()
      let invalid = try JSONValidity.invalidRows(
        bytes: bytes.bytes, offsets: bytes.offsets, validity: bytes.validity)
      return { invalid[$0] }
    case .freshness(let minimum, let maximum, let clock):
      return try column.stale(minimum, maximum, clock: clock, type: type)
    case .notInFuture(let tolerance, let clock): return try column.inFuture(tolerance, clock: clock, type: type)
    case .unique(let others):
      let keys = RowKeys(try [column] + others.map { try other($0).column })
      let first = keys.firstRows(among: (0..<batch.rowCount).filter { asked?[$0] ?? true })
      return { first[$0] != $0 }
    case .references(let name): return try paired(with: name).dangling()
    case .compares(let comparison, let name): return try paired(with: name).failing(comparison)
    case .atMost(let others):
      return try column.exceeding(sumOf: others.map { try other($0).column.numbers() })
    case .never: return { _ in true }
    case .matches, .sql: throw Failure.internalError("a rule of kind \(rule.kind) is judged elsewhere")
    }
  }

  private func texts() throws -> BinaryColumn {
    guard case .binary(let bytes) = column else { throw Failure.configuration("\(name) is no text") }
    return bytes
  }
}
