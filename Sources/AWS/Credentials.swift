public import Secrets

/// Who signs a request to AWS.
public struct Credentials: Sendable {
  /// The access key's id, which is no secret.
  public let accessKeyID: String
  /// The access key.
  public let secretAccessKey: Secret
  /// The token of temporary credentials, nil for those of a user.
  public let sessionToken: Secret?

  /// Credentials.
  public init(accessKeyID: String, secretAccessKey: Secret, sessionToken: Secret? = nil) {
    self.accessKeyID = accessKeyID
    self.secretAccessKey = secretAccessKey
    self.sessionToken = sessionToken
  }

  /// Reads `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and, where there is one, `AWS_SESSION_TOKEN`.
  ///
  /// Throws `.configuration` naming what is missing and the `purpose` that needs it.
  public init(from source: some SecretSource, for purpose: String) throws {
    self.init(
      accessKeyID: try source.required("AWS_ACCESS_KEY_ID", for: purpose).reveal(),
      secretAccessKey: try source.required("AWS_SECRET_ACCESS_KEY", for: purpose),
      sessionToken: try source.secret("AWS_SESSION_TOKEN"))
  }
}
