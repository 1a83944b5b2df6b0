import Failures

/// An expression over the fields of one schema: names are field ids, constants have the field's type, and negations are pushed into
/// the predicates, so that what is left is true or not true.
package indirect enum BoundExpression: Sendable, Hashable {
  case alwaysTrue
  case alwaysFalse
  case and([BoundExpression])
  case or([BoundExpression])
  case predicate(BoundPredicate)
}

/// A condition on one field.
package struct BoundPredicate: Sendable, Hashable {
  package enum Test: Sendable, Hashable {
    case isNull
    case notNull
    case compare(Expression.Comparison, Literal)
    /// One of these, ascending.
    case isIn([Literal])
    case notIn([Literal])
    case startsWith([UInt8])
    case notStartsWith([UInt8])
  }

  package let fieldID: Int32
  /// The field's type, nil for a nested one, which only `isNull` and `notNull` can test.
  package let type: PrimitiveType?
  package let test: Test

  package init(fieldID: Int32, type: PrimitiveType?, test: Test) {
    self.fieldID = fieldID
    self.type = type
    self.test = test
  }
}

extension BoundExpression {
  /// The ids of all fields that are tested.
  package var fieldIDs: Set<Int32> {
    switch self {
    case .alwaysTrue, .alwaysFalse: []
    case .and(let parts), .or(let parts): parts.reduce(into: []) { $0.formUnion($1.fieldIDs) }
    case .predicate(let predicate): [predicate.fieldID]
    }
  }
}

extension BoundExpression {
  /// The types of the fields that are tested, but for nested ones.
  var fieldTypes: [Int32: PrimitiveType] {
    switch self {
    case .alwaysTrue, .alwaysFalse: [:]
    case .and(let parts), .or(let parts):
      parts.reduce(into: [:]) { types, part in types.merge(part.fieldTypes) { first, _ in first } }
    case .predicate(let predicate): predicate.type.map { [predicate.fieldID: $0] } ?? [:]
    }
  }
}

extension Expression {
  /// The expression over `schema`. Throws `.invalidArgument` naming a column that is not there or a constant of another type.
  package func bound(to schema: Schema, negated: Bool = false) throws -> BoundExpression {
    switch self {
    case .alwaysTrue: return negated ? .alwaysFalse : .alwaysTrue
    case .alwaysFalse: return negated ? .alwaysTrue : .alwaysFalse
    case .and(let parts):
      let bound = try parts.map { try $0.bound(to: schema, negated: negated) }
      return negated ? .or(bound) : .and(bound)
    case .or(let parts):
      let bound = try parts.map { try $0.bound(to: schema, negated: negated) }
      return negated ? .and(bound) : .or(bound)
    case .not(let inner): return try inner.bound(to: schema, negated: !negated)
    case .isNull(let column), .notNull(let column):
      let field = try Self.field(column, in: schema)
      var wantsNull = negated
      if case .isNull = self { wantsNull.toggle() }
      return .predicate(
        BoundPredicate(fieldID: field.id, type: field.type.primitive, test: wantsNull ? .isNull : .notNull))
    case .compare(let column, let comparison, let value):
      let field = try Self.field(column, in: schema)
      return try Self.bind(field, negated ? comparison.negated : comparison, value)
    case .startsWith(let column, let prefix):
      let field = try Self.field(column, in: schema)
      let type = try Self.primitive(field)
      guard type == .string || type == .binary else {
        throw Failure.invalidArgument("column \(field.name) of type \(type) has no beginning")
      }
      return .predicate(
        BoundPredicate(fieldID: field.id, type: type, test: negated ? .notStartsWith(prefix) : .startsWith(prefix)))
    case .isIn(let column, let values):
      let field = try Self.field(column, in: schema)
      let type = try Self.primitive(field)
      let kept = try values.compactMap { value in
        try Self.outOfRange(value, type) == nil ? Self.constant(value, field, type) : nil
      }
      let sorted = kept.sorted { $0.precedes($1) }
      return .predicate(BoundPredicate(fieldID: field.id, type: type, test: negated ? .notIn(sorted) : .isIn(sorted)))
    }
  }

  private static func bind(_ field: NestedField, _ comparison: Comparison, _ value: Literal) throws -> BoundExpression {
    let type = try primitive(field)
    if let isAbove = outOfRange(value, type) {
      let isTrueForAll =
        switch comparison {
        case .equal: false
        case .notEqual: true
        case .less, .lessOrEqual: isAbove
        case .greater, .greaterOrEqual: !isAbove
        }
      return isTrueForAll
        ? .predicate(BoundPredicate(fieldID: field.id, type: type, test: .notNull)) : .alwaysFalse
    }
    let constant = try constant(value, field, type)
    return .predicate(BoundPredicate(fieldID: field.id, type: type, test: .compare(comparison, constant)))
  }

  /// For a long constant that no int column holds: whether it lies above all of them.
  private static func outOfRange(_ value: Literal, _ type: PrimitiveType) -> Bool? {
    guard case .long(let number) = value, type == .int, Int32(exactly: number) == nil else { return nil }
    return number > 0
  }

  private static func constant(_ value: Literal, _ field: NestedField, _ type: PrimitiveType) throws -> Literal {
    guard let converted = value.converted(to: type) else {
      throw Failure.invalidArgument("column \(field.name) of type \(type) cannot be compared with \(value)")
    }
    return converted
  }

  private static func field(_ name: String, in schema: Schema) throws -> NestedField {
    guard let field = schema.field(at: name) else {
      throw Failure.invalidArgument("the filter names column \(name), which the table does not have")
    }
    return field
  }

  private static func primitive(_ field: NestedField) throws -> PrimitiveType {
    guard let type = field.type.primitive else {
      throw Failure.invalidArgument("column \(field.name) is nested and cannot be compared")
    }
    return type
  }
}

extension Expression.Comparison {
  /// The comparison that is true where this one is false.
  package var negated: Expression.Comparison {
    switch self {
    case .equal: .notEqual
    case .notEqual: .equal
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    }
  }
}
