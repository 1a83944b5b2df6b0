import Columns
import Failures
import Quality
import Testing

private let schema = ColumnSchema([ColumnField("kind", .string), ColumnField("id", .long)])

private func batch(_ rows: [(String?, Int64?)]) throws -> ColumnBatch {
  var ids = PrimitiveColumn<Int64>()
  for row in rows { ids.append(row.1) }
  return try ColumnBatch(schema: schema, columns: [.binary(BinaryColumn(rows.map(\.0))), .int64(ids)])
}

private let rows: [(String?, Int64?)] = [("edit", 1), ("edit", nil), ("log", nil), ("bad", 0), (nil, 5), ("edit", 0)]

private func checks() throws -> RowChecks {
  try RowChecks([
    RowCheck("kind", .notNull),
    RowCheck("kind", .oneOf(["edit", "log"]), name: "known_kind"),
    RowCheck("id", .notNull, when: RowCheck.Condition("kind", in: ["edit"])),
    RowCheck("id", .between(1, nil), isWaivable: false),
  ])
}

@Test("Every failing check is listed in order, the first is the reason")
func failuresInOrder() throws {
  let verdicts = try checks().evaluate(batch(rows))
  #expect(verdicts.failures(3) == ["known_kind", "id_min"])
  #expect(verdicts.reason(3) == "known_kind")
  #expect(verdicts.failures(0).isEmpty && verdicts.reason(0) == nil && verdicts.passes(0))
  #expect(verdicts.failures(1) == ["id_not_null"])
  #expect(verdicts.failures(2).isEmpty, "the condition leaves logs out")
  #expect(verdicts.failures(4) == ["kind_not_null"], "a null is in no condition, and no member")
  #expect(verdicts.failedRows == [1, 3, 4, 5])
  #expect(verdicts.counts.map(\.checked) == [6, 6, 3, 6])
  #expect(verdicts.counts.map(\.failed) == [1, 1, 1, 2])
}

@Test("Rows that are left out are neither asked nor counted")
func skippedRows() throws {
  let verdicts = try checks().evaluate(batch(rows), skipping: [false, true, false, true, false, false])
  #expect(verdicts.failedRows == [4, 5])
  #expect(verdicts.counts.map(\.checked) == [4, 4, 2, 4])
}

@Test("A duplicate of a row that is left out is no duplicate")
func uniqueAmongAsked() throws {
  let check = try RowChecks([RowCheck("id", .unique())])
  let twins = try batch([("a", 1), ("b", 1), ("c", 1)])
  #expect(try check.evaluate(twins).failedRows == [1, 2])
  #expect(try check.evaluate(twins, skipping: [true, false, false]).failedRows == [2])
}

@Test("Waivers forgive to every row or to single ones")
func waivers() throws {
  let checks = try checks()
  let everywhere = try checks.mask(waiving: ["known_kind", "freshness"])
  #expect(everywhere == 0b10)
  var verdicts = try checks.evaluate(batch(rows), waivers: RowChecks.Waivers(everywhere: everywhere))
  #expect(verdicts.failures(3) == ["id_min"])
  #expect(verdicts.counts[1] == CheckCount(name: "known_kind", checked: 0, failed: 0))
  let byRow: [UInt64] = [0, 0b100, 0, 0b10, 0, 0]
  verdicts = try checks.evaluate(batch(rows), waivers: RowChecks.Waivers(byRow: byRow))
  #expect(verdicts.passes(1))
  #expect(verdicts.failures(3) == ["id_min"])
  #expect(verdicts.counts.map(\.checked) == [6, 5, 2, 6])
}

@Test("What only logs is counted, lets the row pass, and is named last among a refused row's failures")
func logging() throws {
  let checks = try RowChecks([
    RowCheck("kind", .oneOf(["edit"]), name: "only_edits", mode: .log),
    RowCheck("id", .notNull, mode: .suspend),
    RowCheck("id", .between(1, nil)),
  ])
  let verdicts = try checks.evaluate(batch(rows))
  #expect(verdicts.failedRows == [1, 2, 3, 5])
  #expect(verdicts.failures(2) == ["id_not_null", "only_edits"])
  #expect(verdicts.reason(2) == "id_not_null")
  #expect(verdicts.failures(3) == ["id_min", "only_edits"])
  let logged = try RowChecks([checks.checks[0]]).evaluate(batch(rows))
  #expect(logged.failedRows.isEmpty && logged.passes(3) && logged.failures(3).isEmpty && logged.reason(3) == nil)
  #expect(logged.counts == [CheckCount(name: "only_edits", checked: 6, failed: 2, mode: .log)])
  #expect(verdicts.counts.map(\.mode) == [.log, .suspend, .quarantine])
}

@Test("What cannot be waived says so")
func unwaivable() throws {
  let failure = try #require(throws: Failure.self) { try checks().mask(waiving: ["id_min"]) }
  #expect(failure.kind == .invalidArgument)
  #expect(failure.description.contains("id_min"))
}

@Test("Names are distinct and at most 64")
func limits() throws {
  let twin = try #require(throws: Failure.self) { try RowChecks([RowCheck("a", .notNull), RowCheck("a", .notNull)]) }
  #expect(twin.description.contains("a_not_null"))
  let many = (0..<65).map { RowCheck("c\($0)", .notNull) }
  #expect(throws: Failure.self) { try RowChecks(many) }
  #expect(try RowChecks(Array(many.dropLast())).names.count == 64)
}

@Test("The sixty-fourth check is a check")
func lastBit() throws {
  let fields = (0..<64).map { ColumnField("c\($0)", .long) }
  let columns = (0..<64).map { Column.int64(PrimitiveColumn([0], validity: [$0 != 63])) }
  let verdicts = try RowChecks(fields.map { RowCheck($0.name, .notNull) })
    .evaluate(ColumnBatch(schema: ColumnSchema(fields), columns: columns))
  #expect(verdicts.failures(0) == ["c63_not_null"])
}

@Test("Missing columns are named, also those of conditions")
func missingColumns() throws {
  for check in [RowCheck("nope", .notNull), RowCheck("id", .notNull, when: RowCheck.Condition("nope", in: []))] {
    let failure = try #require(throws: Failure.self) { try RowChecks([check]).validate(against: schema) }
    #expect(failure.description.contains("nope"))
  }
  #expect(throws: Failure.self) {
    try RowChecks([RowCheck("kind", .notNull, when: RowCheck.Condition("id", in: ["1"]))]).validate(against: schema)
  }
}

@Test("A check says which columns it reads")
func columnsRead() {
  let check = RowCheck("a", .atMost(sumOf: ["b", "c"]), when: RowCheck.Condition("d", in: ["x"]))
  #expect(check.columns.sorted() == ["a", "b", "c", "d"])
  #expect(RowCheck("a", .unique(with: ["b"])).columns == ["a", "b"])
  #expect(RowCheck("a", .references("b")).columns == ["a", "b"])
  #expect(RowCheck("a", .compares(.lessThan, to: "b")).columns == ["a", "b"])
  #expect(RowCheck(sql: "x > y", name: "n", when: RowCheck.Condition("d", in: ["x"])).columns == ["d"])
}
