/// What the caller of a job chose.
public struct RunOptions: Sendable {
  /// Checks that are waived.
  public var waivers: Set<String>
  /// How long to wait for the lock, in seconds.
  public var waitSeconds: Int
  /// The resolved configuration.
  public var configuration: ResolvedConfiguration

  /// Options.
  public init(waivers: Set<String> = [], waitSeconds: Int = 0, configuration: ResolvedConfiguration) {
    self.waivers = waivers
    self.waitSeconds = waitSeconds
    self.configuration = configuration
  }
}

/// The configuration that a plan was made with, as it is kept beside the tables.
public struct ResolvedConfiguration: Sendable, Hashable {
  /// Canonical JSON.
  public let text: String
  /// The SHA-256 of `text` in hexadecimal.
  public let hash: String

  /// A configuration. `hash` must be the SHA-256 of `text`.
  public init(text: String, hash: String) {
    self.text = text
    self.hash = hash
  }
}
