public import Failures

/// Every number of detection: thresholds, risk points, baselines and the watermark's lateness.
///
/// Valid by construction: parts are changed before they are put together, and what does not make sense is refused here.
public struct DetectionRules: Sendable, Hashable {
  /// Pages.
  public let entity: EntityRules
  /// Users.
  public let user: UserRules
  /// The platform.
  public let global: GlobalRules
  /// Risk scores to severities.
  public let severity: SeverityRules
  /// What is normal.
  public let baselines: BaselineRules
  /// How long after its end a window waits for late events before it is final, in seconds.
  public let allowedLatenessSeconds: Int64

  /// The numbers that hold unless they are configured.
  public static let standard = DetectionRules()

  private init() {
    entity = EntityRules()
    user = UserRules()
    global = GlobalRules()
    severity = SeverityRules()
    baselines = BaselineRules()
    allowedLatenessSeconds = 3600
  }

  /// Rules from parts. Throws `.configuration` naming the value that does not make sense.
  public init(
    entity: EntityRules = EntityRules(), user: UserRules = UserRules(), global: GlobalRules = GlobalRules(),
    severity: SeverityRules = SeverityRules(), baselines: BaselineRules = BaselineRules(),
    allowedLatenessSeconds: Int64 = 3600
  ) throws(Failure) {
    try entity.validate()
    try user.validate()
    try global.validate()
    try severity.validate()
    try baselines.validate()
    guard (0...31_536_000).contains(allowedLatenessSeconds) else {
      throw .configuration("allowed_lateness: \(allowedLatenessSeconds) s is not between 0 and a year")
    }
    self.entity = entity
    self.user = user
    self.global = global
    self.severity = severity
    self.baselines = baselines
    self.allowedLatenessSeconds = allowedLatenessSeconds
  }
}
