import Failures

/// Where secrets come from: the environment, or a service that keeps them. Never a file of the configuration.
public protocol SecretSource: Sendable {
  /// The secret of that name, such as `WIKIGUARD_SLACK_TOKEN`; nil when there is none.
  func secret(_ name: String) throws -> Secret?
}

extension SecretSource {
  /// The secret of that name. Throws `.configuration` naming it, and `purpose`, when there is none.
  public func required(_ name: String, for purpose: String) throws -> Secret {
    guard let secret = try secret(name) else {
      throw Failure.configuration("\(purpose) needs \(name), which is not set")
    }
    return secret
  }
}
