public import Iceberg
public import Detection

/// What Gold is told by its configuration.
public struct GoldSettings: Sendable {
  /// At most about so many Silver rows a batch; at least one window.
  public var rowLimit: Int
  /// At most so many windows a batch.
  public var windowLimit: Int
  /// How data files are written.
  public var files: DataFileOptions
  /// Every number of the scores and baselines.
  public var rules: DetectionRules

  /// Settings.
  public init(rowLimit: Int, windowLimit: Int, rules: DetectionRules, files: DataFileOptions) {
    self.rowLimit = rowLimit
    self.windowLimit = windowLimit
    self.rules = rules
    self.files = files
  }
}
