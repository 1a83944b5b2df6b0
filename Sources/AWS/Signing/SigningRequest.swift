/// What of a request is signed.
public struct SigningRequest: Sendable {
  /// A named value of a query or header.
  public typealias Field = (name: String, value: String)

  /// The body, as far as the signature covers it.
  public enum Payload: Sendable {
    /// These bytes.
    case bytes([UInt8])
    /// A body that is not signed, as presigned URLs of S3 have it.
    case unsigned
  }

  /// The method in upper case.
  public var method: String
  /// The absolute path as it is sent.
  public var path: String
  /// The query's names and values, not percent-encoded.
  public var query: [Field]
  /// The header fields to sign; `Host` must be one of them.
  public var headers: [Field]
  /// The body.
  public var payload: Payload

  /// A request.
  public init(
    method: String, path: String = "/", query: [Field] = [], headers: [Field], payload: Payload = .bytes([])
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.payload = payload
  }
}
