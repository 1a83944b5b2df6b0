/// A request for a response that is read as it comes.
public struct HTTPRequest: Sendable {
  /// The URL, http or https.
  public var url: String
  /// The media type that is asked for; a response of another type is refused. Nil: any.
  public var accept: String?
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
    url: String, accept: String? = nil, headers: [(name: String, value: String)] = [], userAgent: String,
    connectTimeoutMilliseconds: Int = 10_000, idleTimeoutSeconds: Int = 60
  ) {
    self.url = url
    self.accept = accept
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
  /// The caller asked to stop.
  case stopped
  /// The server answered with something else than what was asked for.
  case refused(HTTPRefusal)
}

/// An answer that is not the response that was asked for.
public struct HTTPRefusal: Sendable, Hashable {
  /// The status code; 200 when only the media type is another one.
  public var status: Int
  /// The server's `Retry-After` in seconds, nil where there is none.
  public var retryAfterSeconds: Int?
  /// The beginning of the answer's body, or its media type; empty where it says nothing.
  public var reason: String

  /// A refusal.
  public init(status: Int, retryAfterSeconds: Int? = nil, reason: String = "") {
    self.status = status
    self.retryAfterSeconds = retryAfterSeconds
    self.reason = reason
  }
}

extension HTTPRefusal: CustomStringConvertible {
  /// `answers 403 (Please set a user-agent)`.
  public var description: String { reason.isEmpty ? "answers \(status)" : "answers \(status) (\(reason))" }
}
