/// What a batch says about the quality of its rows.
public struct QualityCondition: Sendable, Hashable {
  /// A check that failed.
  public struct Failure: Sendable, Hashable {
    /// Its name.
    public let name: String
    /// The rows that failed it; 0 for a check of the batch.
    public let failed: Int
    /// The rows that it looked at.
    public let checked: Int
    /// What a check of the batch says; nil for a check of rows.
    public let message: String?

    /// A failed check.
    public init(name: String, failed: Int, checked: Int, message: String? = nil) {
      self.name = name
      self.failed = failed
      self.checked = checked
      self.message = message
    }

    /// Below this share of failing rows a check alone could not make a batch a bad one.
    private static let share = 0.05

    fileprivate var isMain: Bool { message != nil || Double(failed) >= Self.share * Double(max(checked, 1)) }

    fileprivate var words: String { message ?? "\(name) fails in \(failed) of \(checked) rows" }
  }

  /// `bronze`, `silver` or `gold`.
  public var job: String
  /// The batch.
  public var batch: String
  /// How bad it is; nil for a good batch.
  public var severity: Alert.Severity?
  /// The rows that came in.
  public var total: Int
  /// The rows that passed.
  public var passed: Int
  /// The rows that went to quarantine.
  public var failed: Int
  /// The rows that were there already.
  public var duplicates: Int
  /// The checks that failed.
  public var failures: [Failure]

  /// What a batch says.
  public init(
    job: String, batch: String, severity: Alert.Severity?, total: Int, passed: Int, failed: Int, duplicates: Int,
    failures: [Failure]
  ) {
    self.job = job
    self.batch = batch
    self.severity = severity
    self.total = total
    self.passed = passed
    self.failed = failed
    self.duplicates = duplicates
    self.failures = failures
  }

  private var family: String { "quality/\(job)" }

  /// A bad batch is a cause by its job and the checks that made it bad; a good batch clears whatever the job's quality was.
  public func observation(at now: Int64) -> Observation {
    guard let severity else { return .clears(family: family) }
    return .holds(
      Alert(
        cause: "\(family)/\(causeNames.joined(separator: "+"))", severity: severity,
        title: "\(job.capitalizedJob) batch \(batch): \(verdict)",
        detail: failures.isEmpty ? "no check is named" : failures.map(\.words).joined(separator: "; "),
        numbers: [
          Alert.Number("total", String(total)), Alert.Number("passed", String(passed)),
          Alert.Number("failed", String(failed)), Alert.Number("duplicates", String(duplicates)),
          Alert.Number("pass rate", passRate),
        ],
        batch: batch,
        command: failed > 0 ? "wikiguard-job quarantine list --batch \(batch)" : "wikiguard-job batches show \(batch)",
        time: now))
  }

  /// The checks that matter. A single odd row of another check, of which live data always has some, makes no new cause.
  private var causeNames: [String] {
    let main = failures.filter(\.isMain)
    let worst = failures.max { ($0.failed, $1.name) < ($1.failed, $0.name) }.map { [$0] } ?? []
    return (main.isEmpty ? worst : main).map(\.name).sorted()
  }

  /// What made the batch a bad one: too few rows that passed, checks of the batch, or both.
  private var verdict: String {
    let checks = failures.filter { $0.message != nil }.map(\.name)
    let rows = "\(passRate) of its rows passed"
    guard !checks.isEmpty else { return rows }
    let words = "\(checks.joined(separator: ", ")) failed"
    return failures.contains { $0.message == nil && $0.isMain } ? "\(rows), \(words)" : words
  }

  /// In tenths of a percent, rounded down so that `100 %` is all of them.
  private var passRate: String {
    guard passed + failed > 0 else { return "100 %" }
    let thousandths = passed * 1000 / (passed + failed)
    return thousandths % 10 == 0 ? "\(thousandths / 10) %" : "\(thousandths / 10).\(thousandths % 10) %"
  }
}

extension String {
  /// `Silver` for `silver`.
  var capitalizedJob: String { prefix(1).uppercased() + dropFirst() }
}
