/// What a batch check said of a batch.
public struct BatchCheckResult: Sendable, Hashable {
  /// The check's name.
  public let name: String
  /// The metric as messages name it, `completeness(title)`.
  public let metric: String
  /// What a failure does to the batch.
  public let mode: CheckMode
  /// Whether a failure raises the batch's severity: the metric is one of completeness, uniqueness or size.
  public let isStructural: Bool
  /// The metric's value; nil when there was nothing to measure.
  public let value: Double?
  /// The bound that the value broke, else the one that it is nearest to; nil where there is none, as long as a history is
  /// too short.
  public let threshold: Double?
  /// Whether the value lies beyond the threshold.
  public let hasFailed: Bool
  /// The number of rows that were measured.
  public let rows: Int
  /// The verdict in words: the value, and what was wanted.
  public let message: String

  /// A result made of its parts.
  public init(
    name: String, metric: String, mode: CheckMode, isStructural: Bool, value: Double?, threshold: Double?,
    hasFailed: Bool, rows: Int, message: String
  ) {
    self.name = name
    self.metric = metric
    self.mode = mode
    self.isStructural = isStructural
    self.value = value
    self.threshold = threshold
    self.hasFailed = hasFailed
    self.rows = rows
    self.message = message
  }
}

extension BatchCheckResult {
  /// Judges `value`, the check's metric of `rows` rows. A metric without a value passes: there is nothing to judge.
  /// - Parameters:
  ///   - history: earlier values of the metric, in any order; only needed where the threshold asks for it.
  ///   - clock: the time of the batch, in microseconds since 1970 UTC.
  public init(_ check: BatchCheck, value: Double?, rows: Int, history: [MetricPoint], clock: Int64) {
    guard let value else {
      self.init(check, value: nil, band: nil, rows: rows, said: "\(check.metric) has nothing to measure")
      return
    }
    let name = "\(check.metric) is \(MetricText.of(value))"
    switch check.threshold {
    case .absolute(let minimum, let maximum):
      let band = MetricBand(low: minimum ?? -.infinity, high: maximum ?? .infinity)
      self.init(check, value: value, band: band, rows: rows, said: "\(name), \(band) is wanted")
    case .history(let rule):
      switch rule.band(among: history, clock: clock) {
      case .tooShort(let points):
        let said = "\(name); \(points) of \(rule.minimumPoints) earlier values are there, too few to judge it by"
        self.init(check, value: value, band: nil, rows: rows, said: said)
      case .band(let band, let basis):
        self.init(check, value: value, band: band, rows: rows, said: "\(name), \(band) is wanted: \(basis)")
      }
    }
  }

  private init(_ check: BatchCheck, value: Double?, band: MetricBand?, rows: Int, said: String) {
    var hasFailed = false
    if let value, let band { hasFailed = !band.contains(value) }
    self.init(
      name: check.name, metric: check.metric.description, mode: check.mode, isStructural: check.metric.isStructural,
      value: value, threshold: value.flatMap { band?.bound(nearest: $0) }, hasFailed: hasFailed, rows: rows,
      message: said)
  }
}
