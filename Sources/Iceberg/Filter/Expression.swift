/// A condition on rows, with SQL's three-valued logic: a comparison with null is unknown, and only rows where the whole is true
/// are kept. NaN is equal to NaN and greater than every number.
public indirect enum Expression: Sendable, Hashable {
  /// How two values are compared.
  public enum Comparison: Sendable, Hashable, CaseIterable {
    /// `=`, `!=`
    case equal, notEqual
    /// `<`, `<=`
    case less, lessOrEqual
    /// `>`, `>=`
    case greater, greaterOrEqual
  }

  /// Every row.
  case alwaysTrue
  /// No row.
  case alwaysFalse
  /// All of them; every row when there is none.
  case and([Expression])
  /// Any of them; no row when there is none.
  case or([Expression])
  /// The opposite; unknown stays unknown.
  case not(Expression)
  /// A column against a constant.
  case compare(String, Comparison, Literal)
  /// A column equal to one of the constants.
  case isIn(String, [Literal])
  /// A column of text or bytes that begins with these.
  case startsWith(String, [UInt8])
  /// A column without value.
  case isNull(String)
  /// A column with a value.
  case notNull(String)

  /// `column = value`
  public static func equal(_ column: String, _ value: Literal) -> Expression { .compare(column, .equal, value) }
  /// `column != value`
  public static func notEqual(_ column: String, _ value: Literal) -> Expression { .compare(column, .notEqual, value) }
  /// `column < value`
  public static func less(_ column: String, _ value: Literal) -> Expression { .compare(column, .less, value) }
  /// `column <= value`
  public static func lessOrEqual(_ column: String, _ value: Literal) -> Expression {
    .compare(column, .lessOrEqual, value)
  }
  /// `column > value`
  public static func greater(_ column: String, _ value: Literal) -> Expression { .compare(column, .greater, value) }
  /// `column >= value`
  public static func greaterOrEqual(_ column: String, _ value: Literal) -> Expression {
    .compare(column, .greaterOrEqual, value)
  }
  /// `first AND second`
  public static func && (first: Expression, second: Expression) -> Expression { .and([first, second]) }
  /// `first OR second`
  public static func || (first: Expression, second: Expression) -> Expression { .or([first, second]) }
  /// `NOT operand`
  public static prefix func ! (operand: Expression) -> Expression { .not(operand) }
}
