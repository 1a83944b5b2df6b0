/// A file of the configuration.
public enum ConfigurationFile: String, Sendable, CaseIterable {
  /// `ingest.yaml`: the always-on ingest.
  case ingest
  /// `bronze.yaml`: the Bronze job.
  case bronze
  /// `silver.yaml`: the Silver job.
  case silver
  /// `gold.yaml`: the Gold job.
  case gold
  /// `maintain.yaml`: maintenance, and what writers keep.
  case maintain
  /// `alerts.yaml`: who hears of what.
  case alerts
  /// `environments/NAME.yaml`: where it all runs.
  case environment
  /// `entity-allowlist.yaml`: the pages to watch.
  case allowlist

  /// The path below the configuration directory; `environment` is the environment's name.
  public func path(environment: String) -> String {
    switch self {
    case .environment: "environments/\(environment).yaml"
    case .allowlist: "entity-allowlist.yaml"
    default: "\(rawValue).yaml"
    }
  }

  /// The compiled-in text. An environment that is neither `local` nor `aws` starts from `local`.
  public func defaultText(environment: String) -> String {
    switch self {
    case .ingest: DefaultText.ingest
    case .bronze: DefaultText.bronze
    case .silver: DefaultText.silver
    case .gold: DefaultText.gold
    case .maintain: DefaultText.maintain
    case .alerts: DefaultText.alerts
    case .environment: environment == "aws" ? DefaultText.awsEnvironment : DefaultText.localEnvironment
    case .allowlist: DefaultText.allowlist
    }
  }

  /// What variables that override this file begin with, such as `WIKIGUARD_GOLD_`.
  public var variablePrefix: String { "WIKIGUARD_\(rawValue.uppercased())_" }
}
