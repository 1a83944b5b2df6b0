import Columns
import Failures
import SQLite

/// One evaluation of checks over a batch.
struct Evaluation {
  let checks: RowChecks
  let batch: ColumnBatch
  let skipping: [Bool]?
  let waivers: RowChecks.Waivers
  private var masks: [UInt64]
  private var counts: [CheckCount]
  private var errors: [Int: [String]] = [:]

  init(_ checks: RowChecks, _ batch: ColumnBatch, skipping: [Bool]?, waivers: RowChecks.Waivers) {
    self.checks = checks
    self.batch = batch
    self.skipping = skipping
    self.waivers = waivers
    masks = [UInt64](repeating: 0, count: batch.rowCount)
    counts = checks.checks.map { CheckCount(name: $0.name, checked: 0, failed: 0, mode: $0.mode) }
  }

  /// What came of it.
  var verdicts: Verdicts {
    var counts = counts
    for mask in masks where mask != 0 {
      var rest = mask
      while rest != 0 {
        counts[rest.trailingZeroBitCount].failed += 1
        rest &= rest - 1
      }
    }
    return Verdicts(checks: checks, masks: masks, counts: counts, errors: errors)
  }

  /// Puts the check at `position`, which is none by SQL, to the rows.
  mutating func ask(_ position: Int) throws {
    let check = checks.checks[position]
    let asked = try askedRows(check, 1 << UInt64(position))
    count(position, asked)
    guard let name = check.column else { throw Failure.configuration("there is no column to judge") }
    let column = try RuleColumn(name, of: batch)
    if case .matches(let pattern) = check.rule {
      guard case .binary(let texts) = column.column else { throw Failure.configuration("\(name) is no text") }
      return try PatternRule(pattern: pattern, budget: checks.budget).judge(texts, asked: asked) { row, error in
        fail(row, position, error)
      }
    }
    let fails = try column.predicate(check.rule, asked)
    for row in 0..<masks.count where asked?[row] ?? true {
      if fails(row) { masks[row] |= 1 << UInt64(position) }
    }
  }

  /// Puts all checks by SQL to the rows, in one pass.
  mutating func askSQL() throws {
    let positions = checks.sql.positions
    guard !positions.isEmpty else { return }
    let asked = try positions.map { position in
      let check = checks.checks[position]
      return try within("check \(check.name)") { try askedRows(check, 1 << UInt64(position)) }
    }
    for (position, rows) in zip(positions, asked) { count(position, rows) }
    let answers = try checks.sql.evaluate(batch, asked: Self.any(asked), budget: checks.budget)
    for (row, failures) in answers.failures.enumerated() where failures != 0 {
      for (index, position) in positions.enumerated() where failures & 1 << UInt64(index) != 0 {
        if asked[index]?[row] ?? true { masks[row] |= 1 << UInt64(position) }
      }
    }
    for fault in answers.faults where asked[fault.expression]?[fault.row] ?? true {
      fail(fault.row, positions[fault.expression], fault.message)
    }
  }

  private mutating func fail(_ row: Int, _ position: Int, _ error: String?) {
    masks[row] |= 1 << UInt64(position)
    guard let error else { return }
    errors[row, default: []].append("\(counts[position].name): \(error)")
    if counts[position].error == nil { counts[position].error = error }
  }

  private mutating func count(_ position: Int, _ asked: [Bool]?) {
    counts[position].checked = asked.map { $0.lazy.filter(\.self).count } ?? batch.rowCount
  }

  /// The rows that any of several checks is put to; nil for all.
  private static func any(_ asked: [[Bool]?]) -> [Bool]? {
    guard var union = asked[0] else { return nil }
    for rows in asked.dropFirst() {
      guard let rows else { return nil }
      for row in union.indices where rows[row] { union[row] = true }
    }
    return union
  }

  /// The rows that the check is put to; nil for all.
  private func askedRows(_ check: RowCheck, _ bit: UInt64) throws -> [Bool]? {
    let waivedHere = waivers.everywhere & bit != 0 || waivers.byRow?.contains { $0 & bit != 0 } ?? false
    if skipping == nil, check.condition == nil, !waivedHere { return nil }
    var asked = skipping.map { $0.map { !$0 } } ?? [Bool](repeating: true, count: batch.rowCount)
    if let condition = check.condition {
      guard case .binary(let texts) = try RuleColumn(condition.column, of: batch).column else {
        throw Failure.configuration("the condition's column \(condition.column) is no text")
      }
      let values = TextSet(condition.values)
      for row in asked.indices where asked[row] { asked[row] = values.contains(texts, row) }
    }
    if waivedHere { for row in asked.indices where waivers.mask(row) & bit != 0 { asked[row] = false } }
    return asked
  }
}
