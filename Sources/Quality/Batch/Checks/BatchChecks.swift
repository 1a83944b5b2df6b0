public import Columns
public import Failures

/// The batch checks of a table.
public struct BatchChecks: Sendable {
  /// The checks in order.
  public let checks: [BatchCheck]
  /// The time that patterns and SQL have for a batch; nil for as long as they take.
  let budget: CheckBudget?

  /// No checks.
  public static let none = BatchChecks(trusted: [])

  /// A set of checks. Throws `.configuration` when two have one name.
  public init(_ checks: [BatchCheck], budget: CheckBudget? = nil) throws(Failure) {
    var seen: Set<String> = []
    for check in checks where !seen.insert(check.name).inserted {
      throw .configuration("two batch checks are called \(check.name)")
    }
    self.init(trusted: checks, budget: budget)
  }

  /// For the sets of this module, whose names are distinct.
  init(trusted checks: [BatchCheck], budget: CheckBudget? = nil) {
    self.checks = checks
    self.budget = budget
  }

  /// Whether there is nothing to measure.
  public var isEmpty: Bool { checks.isEmpty }

  /// Throws `.configuration` naming the first check that reads a column which `schema` lacks or whose metric does not fit
  /// the column's type, or whose SQL is wrong, so that a wrong check stops the job when it starts.
  public func validate(against schema: ColumnSchema) throws {
    var metrics = try BatchMetrics(self)
    try metrics.add(ColumnBatch(empty: schema))
  }

  /// The checks that are left when those called `names` are waived; names of other checks are ignored. Throws
  /// `.invalidArgument` for a check that cannot be waived.
  public func waiving(_ names: Set<String>) throws(Failure) -> BatchChecks {
    for check in checks where names.contains(check.name) && !check.isWaivable {
      throw .invalidArgument("check \(check.name) cannot be waived")
    }
    return BatchChecks(trusted: checks.filter { !names.contains($0.name) }, budget: budget)
  }

  /// Names the checks that a state serves in what `body` throws.
  func naming(_ key: MetricStateKey, under condition: RowCheck.Condition?, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch {
      let name = checks.first { $0.condition == condition && MetricStateKey($0.metric) == key }?.name ?? ""
      try within("batch check \(name)") {
        guard let failure = error as? Failure, failure.kind == .notFound else { throw error }
        throw Failure.configuration(failure.message)
      }
    }
  }
}

extension BatchChecks: Hashable {
  /// Whether the checks are the same.
  public static func == (left: BatchChecks, right: BatchChecks) -> Bool { left.checks == right.checks }

  /// Hashes the checks.
  public func hash(into hasher: inout Hasher) { hasher.combine(checks) }
}

extension BatchChecks {
  /// Silver's batch check unless configured otherwise: `meta_id_unique`, which fails only when deduplication is broken.
  public static let silver = BatchChecks(trusted: [
    BatchCheck("meta_id_unique", .uniqueness(["meta_id"]), .absolute(minimum: 1, maximum: 1))
  ])
}
