import Columns
import Hashing
import Quality
import Testing

/// Parts measured apart and merged in any order give what one pass gives.
struct MergingTests {
  private static let schema = ColumnSchema([
    ColumnField("key", .string), ColumnField("group", .string), ColumnField("whole", .long),
    ColumnField("real", .double),
  ])

  private static let checks: [BatchCheck] = {
    let edits = RowCheck.Condition("group", in: ["g1", "g2"])
    let metrics: [BatchMetric] = [
      .size, .completeness("key"), .uniqueness(["key"]), .distinctness(["key", "group"]), .uniqueValueRatio(["key"]),
      .entropy("group"), .entropy("key"), .minimum("whole"), .maximum("real"), .mean("real"), .mean("whole"),
      .standardDeviation("real"), .standardDeviation("whole"), .sum("whole"), .sum("real"),
      .correlation("whole", "real"), .dataType("key", .integral), .minimumLength("key"), .maximumLength("key"),
      .compliance(RowCheck("whole", .between(0, nil))), .approximateQuantile("real", 0.25),
    ]
    return metrics.enumerated().flatMap { position, metric in
      [nil, edits].map {
        BatchCheck("c\(position)_\($0 == nil)", metric, .absolute(minimum: 0, maximum: nil), when: $0)
      }
    }
  }()

  private static func batch(_ count: Int, _ random: inout Xoshiro256StarStar) throws -> ColumnBatch {
    var (key, group) = (BinaryColumn(), BinaryColumn())
    var (whole, real) = (PrimitiveColumn<Int64>(), PrimitiveColumn<Double>())
    for _ in 0..<count {
      key.append(random.next(below: 9) == 0 ? nil : "\(random.next(below: 400))")
      group.append(random.next(below: 20) == 0 ? nil : "g\(random.next(below: 5))")
      whole.append(random.next(below: 11) == 0 ? nil : Int64(random.next(below: 2000)) - 1000)
      real.append(random.next(below: 7) == 0 ? nil : (random.nextDouble() - 0.5) * 1e6)
    }
    return try ColumnBatch(schema: schema, columns: [.binary(key), .binary(group), .int64(whole), .double(real)])
  }

  @Test(arguments: 0..<40)
  func partsGiveWhatOnePassGives(_ seed: Int) throws {
    var random = Xoshiro256StarStar(seed: UInt64(seed))
    let rows = try Self.batch(random.next(below: 3000), &random)
    let checks = try BatchChecks(Self.checks)
    var whole = try BatchMetrics(checks)
    try whole.add(rows)
    var parts: [BatchMetrics] = []
    var start = 0
    while start < rows.rowCount {
      let end = min(rows.rowCount, start + 1 + random.next(below: 700))
      var part = try BatchMetrics(checks)
      let middle = start + random.next(below: end - start + 1)
      for range in [start..<middle, middle..<end] { try part.add(rows.gathering(Array(range))) }
      parts.append(part)
      start = end
    }
    var merged = try BatchMetrics(checks)
    while !parts.isEmpty { merged.merge(parts.remove(at: random.next(below: parts.count))) }
    for check in Self.checks {
      #expect(merged.rowCount(of: check) == whole.rowCount(of: check))
      let (value, wanted) = (merged.value(of: check), whole.value(of: check))
      guard let value, let wanted else { #expect(value == wanted, "\(check.metric)"); continue }
      #expect(abs(value - wanted) <= 1e-9 * max(1e-3, abs(wanted)), "\(check.metric): \(value), \(wanted)")
    }
  }

  /// Many different keys, so that the table of keys grows several times, against a dictionary.
  @Test func manyKeysAreCountedExactly() throws {
    var random = Xoshiro256StarStar(seed: 5)
    var keys = BinaryColumn()
    var counts: [Int: Int] = [:]
    for _ in 0..<30_000 {
      let key = random.next(below: 20_000)
      counts[key, default: 0] += 1
      keys.append("key \(key)")
    }
    let checks = [BatchMetric.uniqueness(["key"]), .distinctness(["key"]), .entropy("key")].enumerated().map {
      BatchCheck("c\($0)", $1, .absolute(minimum: 0, maximum: nil))
    }
    var metrics = try BatchMetrics(BatchChecks(checks))
    try metrics.add(ColumnBatch(schema: ColumnSchema([ColumnField("key", .string)]), columns: [.binary(keys)]))
    let values = checks.compactMap { metrics.value(of: $0) }
    #expect(values[0] == Double(counts.values.filter { $0 == 1 }.count) / 30_000)
    #expect(values[1] == Double(counts.count) / 30_000)
    let sum = counts.values.reduce(0.0) { $0 + Double($1) * ratio(Double($1)) }
    #expect(abs(values[2] - (ratio(30_000) - sum / 30_000)) < 1e-9)
  }

  /// The natural logarithm by its series, for numbers of at least 1.
  private func ratio(_ value: Double) -> Double {
    var (exponent, rest) = (0.0, value)
    while rest > 1.5 { (exponent, rest) = (exponent + 1, rest / 2) }
    let part = (rest - 1) / (rest + 1)
    var (sum, power) = (0.0, part)
    for odd in stride(from: 1.0, through: 61, by: 2) {
      sum += power / odd
      power *= part * part
    }
    return 2 * sum + exponent * 0.693147180559945309417
  }
}
