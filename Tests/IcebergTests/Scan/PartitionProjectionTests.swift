import Hashing
import Iceberg
import Testing

@Suite struct PartitionProjectionTests {
  static let transforms: [Transform] = [
    .identity, .bucket(5), .truncate(7), .year, .month, .day, .hour, .void, .unknown("zorder"),
  ]

  /// Whatever the transform: a value that passes a predicate lies in a partition that passes its projection.
  @Test(arguments: transforms) func noPartitionWithMatchesIsExcluded(transform: Transform) throws {
    var generator = SplitMix64(seed: 7)
    let isTime = [.year, .month, .day, .hour].contains(transform)
    let type: IcebergType = isTime ? .timestamptz : .long
    let schema = try Schema(fields: [NestedField(id: 1, name: "c", type: type)])
    let spec = PartitionSpec(fields: [PartitionField(sourceID: 1, fieldID: 1000, name: "p", transform: transform)])
    var excluded = 0
    for _ in 0..<400 {
      let value =
        isTime
        ? Int64.random(in: -10_000_000...10_000_000, using: &generator) * 1_000_000
        : .random(in: -50...50, using: &generator)
      let other =
        isTime
        ? Int64.random(in: -10_000_000...10_000_000, using: &generator) * 1_000_000
        : .random(in: -50...50, using: &generator)
      let literal: (Int64) -> Literal = { isTime ? .timestamptz($0) : .long($0) }
      let expression = Self.expression(literal(other), literal(value), &generator)
      let bound = try expression.bound(to: schema)
      let matches = bound.mayMatch { _ in ValueRange(constant: literal(value)) }
      let projected = PartitionProjection(spec).project(bound)
      guard case .unknown = transform else {
        let partition = try transform.apply(literal(value))
        let isKept = projected.mayMatch { _ in ValueRange(constant: partition) }
        #expect(isKept || !matches, "\(expression) on \(value)")
        if !isKept { excluded += 1 }
        continue
      }
      #expect(projected.mayMatch { _ in ValueRange(constant: .int(1)) })
    }
    switch transform {
    case .void, .unknown: #expect(excluded == 0)
    default: #expect(excluded > 20, "projections exclude something")
    }
  }

  private static func expression(_ other: Literal, _ value: Literal, _ generator: inout SplitMix64) -> Expression {
    let constant = Int.random(in: 0..<4, using: &generator) == 0 ? value : other
    switch Int.random(in: 0..<5, using: &generator) {
    case 0: return .isIn("c", [constant, other])
    case 1:
      return .not(.compare("c", Expression.Comparison.allCases.randomElement(using: &generator) ?? .less, constant))
    case 2: return .and([.notNull("c"), .greaterOrEqual("c", constant)])
    case 3: return .or([.less("c", constant), .equal("c", other)])
    default: return .compare("c", Expression.Comparison.allCases.randomElement(using: &generator) ?? .less, constant)
    }
  }

  /// The same for text: prefixes shorter and longer than the width.
  @Test(arguments: [Transform.identity, .truncate(2), .bucket(3), .void]) func noPartitionOfTextIsExcluded(
    transform: Transform
  ) throws {
    var generator = SplitMix64(seed: 8)
    let schema = try Schema(fields: [NestedField(id: 1, name: "c", type: .string)])
    let spec = PartitionSpec(fields: [PartitionField(sourceID: 1, fieldID: 1000, name: "p", transform: transform)])
    func text() -> String {
      String(
        (0..<Int.random(in: 0...4, using: &generator)).map { _ in
          ["a", "é", "𝄞"].randomElement(using: &generator) ?? "a"
        })
    }
    var excluded = 0
    for _ in 0..<600 {
      let value = Literal.text(text())
      var expression = Expression.startsWith("c", Array(text().utf8))
      if Bool.random(using: &generator) { expression = .not(expression) }
      let bound = try expression.bound(to: schema)
      let matches = bound.mayMatch { _ in ValueRange(constant: value) }
      let partition = try transform.apply(value)
      let isKept = PartitionProjection(spec).project(bound).mayMatch { _ in ValueRange(constant: partition) }
      #expect(isKept || !matches, "\(expression) on \(value)")
      if !isKept { excluded += 1 }
    }
    #expect(excluded > 50 || [.bucket(3), .void].contains(transform), "\(excluded)")
  }

  @Test func nulls() throws {
    let schema = try Schema(fields: [NestedField(id: 1, name: "c", type: .timestamptz)])
    let spec = try PartitionSpec(schema: schema, by: [(name: "c", transform: .day)])
    #expect(spec.fields[0].name == "c_day")
    func keepsNull(_ expression: Expression) throws -> Bool {
      let projected = PartitionProjection(spec).project(try expression.bound(to: schema))
      return projected.mayMatch { _ in ValueRange(constant: nil) }
    }
    #expect(try keepsNull(.isNull("c")))
    #expect(try !keepsNull(.notNull("c")))
    #expect(try !keepsNull(.less("c", .timestamptz(5))))
  }

  /// Java before 0.10 rounded towards zero: values of 1969-12-31 lie in day 0.
  @Test func partitionsOfWritersThatRoundedTowardsZero() throws {
    let schema = try Schema(fields: [NestedField(id: 1, name: "c", type: .timestamptz)])
    let spec = try PartitionSpec(schema: schema, by: [(name: "c", transform: .day)])
    let bound = try Expression.equal("c", .timestamptz(-5)).bound(to: schema)
    let projected = PartitionProjection(spec).project(bound)
    for (day, isKept) in [(Int32(-2), false), (-1, true), (0, true), (1, false)] {
      #expect(projected.mayMatch { _ in ValueRange(constant: .date(day)) } == isKept)
    }
  }
}
