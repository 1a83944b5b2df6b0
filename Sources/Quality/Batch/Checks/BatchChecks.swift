public import Columns
public import Failures

/// The batch checks of a table.
public struct BatchChecks: Sendable, Hashable {
  /// The checks in order.
  public let checks: [BatchCheck]

  /// No checks.
  public static let none = BatchChecks(trusted: [])

  /// A set of checks. Throws `.configuration` when two have one name.
  public init(_ checks: [BatchCheck]) throws(Failure) {
    var seen: Set<String> = []
    for check in checks where !seen.insert(check.name).inserted {
      throw .configuration("two batch checks are called \(check.name)")
    }
    self.checks = checks
  }

  /// For the sets of this module, whose names are distinct.
  init(trusted checks: [BatchCheck]) { self.checks = checks }

  /// Whether there is nothing to measure.
  public var isEmpty: Bool { checks.isEmpty }

  /// Throws `.configuration` naming the first check that reads a column which `schema` lacks or whose metric does not fit
  /// the column's type, so that a wrong check stops the job when it starts, and `.unsupported` for a compliance rule of kind
  /// `external` that `external` does not judge.
  public func validate(against schema: ColumnSchema, external: RowChecks.External? = nil) throws {
    var metrics = try BatchMetrics(self)
    try metrics.add(ColumnBatch(empty: schema), external: external)
  }

  /// The checks that are left when those called `names` are waived; names of other checks are ignored. Throws
  /// `.invalidArgument` for a check that cannot be waived.
  public func waiving(_ names: Set<String>) throws(Failure) -> BatchChecks {
    for check in checks where names.contains(check.name) && !check.isWaivable {
      throw .invalidArgument("check \(check.name) cannot be waived")
    }
    return BatchChecks(trusted: checks.filter { !names.contains($0.name) })
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

extension BatchChecks {
  /// Silver's batch check unless configured otherwise: `meta_id_unique`, which fails only when deduplication is broken.
  public static let silver = BatchChecks(trusted: [
    BatchCheck("meta_id_unique", .uniqueness(["meta_id"]), .absolute(minimum: 1, maximum: 1))
  ])
}
