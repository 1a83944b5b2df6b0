/// Rewrites an expression over columns into one over partition values that is true wherever a row of the partition may pass
/// (specification, "Scan Planning", inclusive projection: <https://iceberg.apache.org/spec/#scan-planning>).
package struct PartitionProjection: Sendable {
  private let spec: PartitionSpec

  /// A projection onto `spec`.
  package init(_ spec: PartitionSpec) { self.spec = spec }

  /// The expression over partition field ids.
  package func project(_ expression: BoundExpression) -> BoundExpression {
    switch expression {
    case .alwaysTrue, .alwaysFalse: expression
    case .and(let parts): .and(parts.map(project))
    case .or(let parts): .or(parts.map(project))
    case .predicate(let predicate): project(predicate)
    }
  }

  private func project(_ predicate: BoundPredicate) -> BoundExpression {
    let projected = spec.fields.filter { $0.sourceID == predicate.fieldID }.compactMap { field in
      project(predicate, through: field.transform, predicate.type).map { test in
        BoundExpression.predicate(
          BoundPredicate(
            fieldID: field.fieldID, type: predicate.type.flatMap { field.transform.resultType(of: $0) }, test: test))
      }
    }
    return projected.isEmpty ? .alwaysTrue : .and(projected)
  }

  private func project(
    _ predicate: BoundPredicate, through transform: Transform, _ type: PrimitiveType?
  ) -> BoundPredicate.Test? {
    switch (transform, predicate.test) {
    case (.void, _), (.unknown, _): nil
    case (_, .isNull), (_, .notNull), (.identity, _): predicate.test
    case (.truncate, .startsWith(let prefix)): beginning(prefix, of: transform, type)
    case (_, .startsWith), (_, .notStartsWith): nil
    case (_, .compare(.equal, let value)): results([value], of: transform)
    case (_, .isIn(let values)): results(values, of: transform)
    case (_, .compare(.notEqual, _)), (_, .notIn), (.bucket, _): nil
    case (_, .compare(.less, let value)), (_, .compare(.lessOrEqual, let value)):
      results(value, of: transform).last.map { .compare(.lessOrEqual, $0) }
    case (_, .compare(.greater, let value)), (_, .compare(.greaterOrEqual, let value)):
      results(value, of: transform).first.map { .compare(.greaterOrEqual, $0) }
    }
  }

  private func results(_ values: [Literal], of transform: Transform) -> BoundPredicate.Test? {
    let each = values.map { results($0, of: transform) }
    guard !each.contains(where: \.isEmpty) else { return nil }
    return .isIn(Set(each.joined()).sorted { $0.precedes($1) })
  }

  /// A prefix that fits into the transform's width begins its results; of a longer one the result is known.
  private func beginning(_ prefix: [UInt8], of transform: Transform, _ type: PrimitiveType?) -> BoundPredicate.Test? {
    let value: Literal = type == .binary ? .binary(prefix) : .string(prefix)
    guard let result = try? transform.apply(value) else { return nil }
    return result == value ? .startsWith(prefix) : .compare(.equal, result)
  }

  /// The result on `value`, and the one after it where writers that rounded towards zero (Java before 0.10) put values before 1970.
  private func results(_ value: Literal, of transform: Transform) -> [Literal] {
    guard let result = try? transform.apply(value) else { return [] }
    switch (transform, result) {
    case (.year, .int(let number)) where number < 0, (.month, .int(let number)) where number < 0,
      (.hour, .int(let number)) where number < 0:
      return [result, .int(number + 1)]
    case (.day, .date(let number)) where number < 0: return [result, .date(number + 1)]
    default: return [result]
    }
  }
}
