/// What expressions said of the rows of a batch.
public struct RowAnswers: Sendable {
  /// An expression that could not be evaluated for a row.
  public struct Fault: Sendable, Equatable {
    /// The row.
    public let row: Int
    /// The expression, in the order in which they were added.
    public let expression: Int
    /// SQLite's words, such as `integer overflow`.
    public let message: String

    /// A fault.
    public init(row: Int, expression: Int, message: String) {
      self.row = row
      self.expression = expression
      self.message = message
    }
  }

  /// For each row the expressions that are false or could not be evaluated: bit i for the i-th that was added. 0 for rows that were
  /// not asked.
  public internal(set) var failures: [UInt64]
  /// The expressions that could not be evaluated, by row.
  public internal(set) var faults: [Fault] = []
}

/// The deadline passed before all rows were judged.
public struct ExpressionsOverdue: Error {
  /// The expression that takes the most time of a row.
  public let expression: Int
}
