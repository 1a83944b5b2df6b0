import Failures
import Iceberg
import Pipeline
import Quality

/// One layer's work: what to take next, and what becomes of it. `BatchRunner` does everything around it.
protocol Job: Sendable {
  /// `bronze`, `silver` or `gold`.
  var name: String { get }
  /// The table that holds the job's progress.
  var main: TableDefinition { get }
  /// The input that comes next within the limits; nil when there is nothing to do.
  func plan(_ request: PlanRequest, tables: inout TableSet) throws -> PlannedInput?
  /// Writes the output of `plan`, durably and without committing it. A function of the plan, its input and the outputs at their
  /// base snapshots; executed again it gives the same rows. Throws `InputGone` when the input is no longer wholly there.
  func execute(_ plan: Plan, fetched: FetchedRecords?, tables: inout TableSet) throws -> Execution
  /// How far the input reaches now, in the job's own notation; `PlanRequest.horizon` bounds later plans by it.
  func horizon(tables: inout TableSet) throws -> String?
  /// Called after the batch was committed; called again when a kill came in between.
  func committed(_ plan: Plan) throws
  /// Whether a range that fails again and again is halved, down to one record that goes to quarantine.
  var canHalve: Bool { get }
  /// How many attempts are made before that.
  var attempts: Int { get }
  /// The main table of another job whose newest batch may still owe rows that this job reads: they are committed first.
  var owing: TableDefinition? { get }
}

/// The input of a plan is no longer wholly there: it was never consumed, so that another plan covers what is.
struct InputGone: Error {
  /// What is missing, as an operator reads it.
  let message: String
}

extension Job {
  func committed(_ plan: Plan) throws {}
}

/// What a plan has to know.
struct PlanRequest: Sendable {
  /// The job's progress, nil before its first batch.
  var progress: String?
  /// Now, in microseconds; read once the end of the input is known, so that no record of it is younger.
  var clock: @Sendable () -> Int64
  /// At most this many rows instead of the configured limit, after failures.
  var rowLimit: Int?
  /// The single record that comes next is known to break the job: it goes to quarantine.
  var isPoison = false
  /// Take nothing beyond this.
  var horizon: String?
}

/// Why there is a plan, or none.
struct PlannedInput: Sendable {
  /// The job's description of the input, as JSON.
  var input: String
  /// The job's progress after it.
  var progressEnd: String
  /// `now()` of the batch where the plan depends on it; nil: it is read when the plan is recorded.
  var clock: Int64?
  /// What was read already to measure the input; execution uses it instead of reading again.
  var fetched: FetchedRecords?
}

/// The result of an execution: what is to be committed, in order.
struct Execution: Sendable {
  /// The changes up to and including the main table's, which comes last.
  var changes: [PreparedChange]
  /// The changes after it: quarantine.
  var following: [PreparedChange]
  /// Rows read, passed, refused and dropped as duplicates.
  var counts: QualityCounts
  /// What each row check said.
  var checks: [CheckCount]
  /// What the batch checks measure, a table each.
  var metrics: [BatchMetrics]
}
