import Failures
import Iceberg
import Pipeline

extension GoldJob {
  var quarantine: TableDefinition { Tables.goldQuarantine }
  var files: DataFileOptions { settings.files }
  var rowLimit: Int { settings.rowLimit }

  func redrive(_ page: QuarantinedPage, plan: Plan, tables: inout TableSet) throws -> Redriven {
    throw QuarantineDecisions.computedRows
  }
}
