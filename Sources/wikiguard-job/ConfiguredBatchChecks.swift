import Columns
import Configuration
import Failures
import Host
import Pipeline
import Quality
import Runner

/// The batch checks of one table as the configuration has them, known to fit the table, so that a wrong one stops the job before it reads
/// anything.
struct ConfiguredBatchChecks {
  /// The checks at a clock (microseconds).
  let make: @Sendable (Int64) throws -> BatchChecks
  /// Their names.
  private let names: [String]

  /// The checks of a job with one table.
  init(_ checks: ChecksConfiguration, of table: TableDefinition) throws {
    try self.init(checks, amongOthers: table)
    try Self.requireTables(checks, among: [self])
  }

  private init(_ checks: ChecksConfiguration, amongOthers table: TableDefinition) throws {
    let columns = table.schema.fields.map(\.name)
    make = { clock in
      let budget = CheckBudget(now: Host.monotonicSeconds)
      return try checks.batchChecks(table: table.name, columns: columns, clock: clock, budget: budget)
    }
    let made = try make(0)
    try made.validate(against: table.schema)
    names = made.checks.map(\.name)
  }

  /// The checks of Gold's three tables, each of which has to name one of them where several have its columns.
  static func gold(_ checks: ChecksConfiguration) throws -> @Sendable (Int64) throws -> GoldBatchChecks {
    let entities = try ConfiguredBatchChecks(checks, amongOthers: Tables.goldEntityMetrics)
    let users = try ConfiguredBatchChecks(checks, amongOthers: Tables.goldUserMetrics)
    let globals = try ConfiguredBatchChecks(checks, amongOthers: Tables.goldGlobalMetrics)
    try requireTables(checks, among: [entities, users, globals])
    let made = (entities.make, users.make, globals.make)
    return { clock in
      GoldBatchChecks(entities: try made.0(clock), users: try made.1(clock), globals: try made.2(clock))
    }
  }

  /// Throws unless each check is one of exactly one table: what is measured goes by its name.
  private static func requireTables(_ checks: ChecksConfiguration, among tables: [ConfiguredBatchChecks]) throws {
    for check in checks.batch {
      switch tables.count(where: { $0.names.contains(check.name) }) {
      case 1: continue
      case 0:
        let columns = check.batchCheck(clock: 0).columns.joined(separator: ", ")
        let words = check.table.map { "the job has no such table: \($0)" } ?? "no table of the job has \(columns)"
        throw Failure.configuration("batch check \(check.name): \(words)")
      default: throw Failure.configuration("batch check \(check.name): fits several tables; name them in tables")
      }
    }
  }
}
