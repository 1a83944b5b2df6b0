import Columns
import Failures
import SQLite
internal import Synchronization

/// The SQL expressions among a table's checks. All of them are judged in one pass over a batch.
///
/// Compiled when a batch's columns are first seen, once for each thread that judges at the same time.
final class SQLChecks: Sendable {
  /// An expression, and where its check stands among the table's.
  private struct Expression {
    let position: Int
    let name: String
    let text: String
  }

  /// Expressions compiled for the columns of a table.
  private struct Session: Sendable {
    let schema: ColumnSchema
    let columns: SQLColumns
    let expressions: RowExpressions
  }

  private let expressions: [Expression]
  private let idle = Mutex<[Session]>([])

  init(_ checks: [RowCheck]) {
    expressions = checks.enumerated().compactMap { position, check in
      if case .sql(let text) = check.rule { Expression(position: position, name: check.name, text: text) } else { nil }
    }
  }

  /// Where the checks stand among the table's, in order.
  var positions: [Int] { expressions.map(\.position) }

  /// What the expressions say of the rows that `asked` marks (all by default), their bits in the order of `positions`.
  ///
  /// Throws `.configuration` naming the check whose expression is wrong for the batch's columns, or took the most time when the budget
  /// is spent.
  func evaluate(_ batch: ColumnBatch, asked: [Bool]?, budget: CheckBudget?) throws -> RowAnswers {
    let session = try borrow(batch.schema)
    defer { idle.withLock { $0.append(session) } }
    let values = session.columns.values(of: batch, reading: session.expressions.columnsRead)
    func judge(_ deadline: ExpressionDeadline?) throws -> RowAnswers {
      try session.expressions.evaluate(values, rowCount: batch.rowCount, asked: asked, deadline: deadline)
    }
    guard let budget else { return try judge(nil) }
    do {
      return try budget.spend { try judge(ExpressionDeadline(now: budget.now, end: $0)) }
    } catch let overdue as ExpressionsOverdue {
      throw Failure.configuration(budget.exhaustion).within("check \(expressions[overdue.expression].name)")
    }
  }

  private func borrow(_ schema: ColumnSchema) throws -> Session {
    let free = idle.withLock { idle -> Session? in
      guard let index = idle.firstIndex(where: { $0.schema == schema }) else { return nil }
      return idle.remove(at: index)
    }
    if let free { return free }
    let columns = SQLColumns(schema)
    let session = Session(schema: schema, columns: columns, expressions: try RowExpressions(columns: columns.columns))
    for expression in expressions {
      try within("check \(expression.name)") { try session.expressions.add(expression.text) }
    }
    return session
  }
}
