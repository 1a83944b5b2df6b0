public import Columns
import Failures

extension RowChecks {
  /// Which failures of which rows are forgiven, as bits of the checks (`mask(waiving:)`).
  public struct Waivers: Sendable, Equatable {
    /// Forgiven to every row.
    public var everywhere: UInt64
    /// Forgiven to single rows, one mask a row; nil when there are none.
    public var byRow: [UInt64]?

    /// Waivers.
    public init(everywhere: UInt64 = 0, byRow: [UInt64]? = nil) {
      self.everywhere = everywhere
      self.byRow = byRow
    }

    func mask(_ row: Int) -> UInt64 { everywhere | (byRow?[row] ?? 0) }
  }

  /// Judges the rules of kind `external`: one entry a row, true where the row fails.
  public typealias External = (RowCheck, ColumnBatch) throws -> [Bool]

  /// Asks every check of every row of `batch`, but not of the rows that `skipping` marks.
  ///
  /// Throws `.configuration` when a check's column is missing or of a type that its rule cannot judge, and
  /// `.unsupported` for a rule of kind `external` without an evaluator.
  public func evaluate(
    _ batch: ColumnBatch, skipping: [Bool]? = nil, waivers: Waivers = Waivers(),
    external: External? = nil
  ) throws -> Verdicts {
    var masks = [UInt64](repeating: 0, count: batch.rowCount)
    var counts: [CheckCount] = []
    for (position, check) in checks.enumerated() {
      let bit: UInt64 = 1 << UInt64(position)
      let asked = try within("check \(check.name)") {
        let asked = try askedRows(check, bit, batch, skipping, waivers)
        if let fails = try predicate(check, batch, asked, external) {
          for row in 0..<masks.count where asked?[row] ?? true {
            if fails(row) { masks[row] |= bit }
          }
        }
        return asked
      }
      let checked = asked.map { $0.lazy.filter(\.self).count } ?? batch.rowCount
      counts.append(CheckCount(name: check.name, checked: checked, failed: 0))
    }
    for mask in masks where mask != 0 {
      var rest = mask
      while rest != 0 {
        counts[rest.trailingZeroBitCount].failed += 1
        rest &= rest - 1
      }
    }
    return Verdicts(checks: self, masks: masks, counts: counts)
  }

  /// The rows that the check is put to; nil for all.
  private func askedRows(
    _ check: RowCheck, _ bit: UInt64, _ batch: ColumnBatch, _ skipping: [Bool]?, _ waivers: Waivers
  ) throws -> [Bool]? {
    let waivedHere = waivers.everywhere & bit != 0 || waivers.byRow?.contains { $0 & bit != 0 } ?? false
    if skipping == nil, check.condition == nil, !waivedHere { return nil }
    var asked = skipping.map { $0.map { !$0 } } ?? [Bool](repeating: true, count: batch.rowCount)
    if let condition = check.condition {
      guard case .binary(let texts) = try checkedColumn(condition.column, batch) else {
        throw Failure.configuration("the condition's column \(condition.column) is no text")
      }
      let values = TextSet(condition.values)
      for row in asked.indices where asked[row] { asked[row] = values.contains(texts, row) }
    }
    if waivedHere { for row in asked.indices where waivers.mask(row) & bit != 0 { asked[row] = false } }
    return asked
  }

  /// The predicate "the row fails"; nil where none can.
  private func predicate(
    _ check: RowCheck, _ batch: ColumnBatch, _ asked: [Bool]?, _ external: External?
  ) throws -> ((Int) -> Bool)? {
    let column = try checkedColumn(check.column, batch)
    switch check.rule {
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
      let length = try column.lengths(isText: batch.isText(check.column))
      return { row in length(row).map { $0 < minimum ?? 0 || $0 > maximum ?? .max } ?? false }
    case .utf8:
      guard case .binary(let bytes) = column else { throw Failure.configuration("\(check.column) is no text") }
      return { !bytes.withUnsafeBytes(row: $0, isUTF8) }
    case .unique(let others):
      let keys = RowKeys(try [column] + others.map { try checkedColumn($0, batch) })
      let first = keys.firstRows(among: (0..<batch.rowCount).filter { asked?[$0] ?? true })
      return { first[$0] != $0 }
    case .atMost(let others):
      return try column.exceeding(sumOf: others.map { try checkedColumn($0, batch).numbers() })
    case .external(let kind):
      guard let external else { throw Failure.unsupported("no evaluator for rules of kind \(kind)") }
      let failing = try external(check, batch)
      return { failing[$0] }
    }
  }

  private func checkedColumn(_ name: String, _ batch: ColumnBatch) throws -> Column {
    guard batch.schema.position(of: name) != nil else { throw Failure.configuration("there is no column \(name)") }
    return try batch.column(name)
  }
}

extension ColumnBatch {
  fileprivate func isText(_ name: String) -> Bool {
    schema.position(of: name).map { schema.fields[$0].type == .string } ?? false
  }
}
