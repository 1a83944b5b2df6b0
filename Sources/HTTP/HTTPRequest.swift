/// A request for a response that is read as it comes.
public struct HTTPRequest: Sendable {
  /// The URL, http or https.
  public var url: String
  /// Header fields, `Name: value` without line breaks.
  public var headers: [(name: String, value: String)]
  /// The `User-Agent`; servers of Wikimedia require one that names a contact.
  public var userAgent: String
  /// How long connecting may take, in milliseconds.
  public var connectTimeoutMilliseconds: Int
  /// After so many seconds without a byte the connection counts as dead.
  public var idleTimeoutSeconds: Int

  /// A GET request.
  public init(
    url: String, headers: [(name: String, value: String)] = [], userAgent: String,
    connectTimeoutMilliseconds: Int = 10_000, idleTimeoutSeconds: Int = 60
  ) {
    self.url = url
    self.headers = headers
    self.userAgent = userAgent
    self.connectTimeoutMilliseconds = connectTimeoutMilliseconds
    self.idleTimeoutSeconds = idleTimeoutSeconds
  }
}

/// How a streamed response ended when nothing failed.
public enum HTTPStreamEnd: Sendable, Hashable {
  /// The server closed it after a whole response.
  case complete
  /// The receiver asked to stop.
  case stopped
}
