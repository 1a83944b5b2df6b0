public import Failures

extension Expression {
  /// The condition that `text` states about the columns of `schema`, in the words of SQL:
  ///
  ///     wiki = 'enwiki' AND (length > 1000 OR NOT minor) AND day >= '2024-01-31'
  ///     title LIKE 'Main%' AND id IN (1, 2, 3) AND comment IS NOT NULL AND price BETWEEN 1.5 AND 2
  ///
  /// Comparisons (`=`, `==`, `!=`, `<>`, `<`, `<=`, `>`, `>=`), `[NOT] IN`, `[NOT] BETWEEN`, `IS [NOT] NULL`, `[NOT] LIKE` with a
  /// prefix and a `%` at its end (`\` before a `%` or `_` that is meant), `AND`, `OR`, `NOT`, brackets, `TRUE` and `FALSE`; a boolean
  /// column alone is a condition too. A column is named by its full name (`point.x`), its parts in double quotes or backquotes where
  /// they are no plain words or are keywords. Constants have the column's type and the form that
  /// ``Literal/init(parsing:type:)`` takes, in single quotes but for numbers, `TRUE` and `FALSE`. Three-valued logic as in SQL.
  ///
  /// Throws `.invalidArgument` naming the character where the text does not go on as it should, a column that is not there, or a constant
  /// that is none of its type; `.limitExceeded` for brackets nested deeper than 100.
  public init(parsing text: String, schema: Schema) throws(Failure) {
    var parser = try ExpressionParser(text, schema)
    self = try parser.whole()
  }
}
