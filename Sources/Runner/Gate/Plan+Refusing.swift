import Columns
import Failures
import Pipeline
import Quality

extension Plan {
  /// The row checks of a table, behind those by which an operator sent every row of the batch to quarantine.
  func refusing(_ checks: RowChecks, of table: TableDefinition) throws -> RowChecks {
    guard let decision = quarantine, !decision.allRows.isEmpty else { return checks }
    return try checks.refusingAll(decision.allRows, column: table.schema.fields[0].name)
  }
}
