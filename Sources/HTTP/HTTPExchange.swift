import CCurl
import Failures

/// A request whose response is small and read whole.
public struct HTTPMessage: Sendable {
  /// The method in upper case.
  public var method: String
  /// The URL, http or https. It may hold a secret, so errors never show it.
  public var url: String
  /// What the server is called in errors, such as `Slack`.
  public var server: String
  /// Header fields.
  public var headers: [(name: String, value: String)]
  /// The body; nil sends none.
  public var body: [UInt8]?
  /// How long all of it may take, in milliseconds.
  public var timeoutMilliseconds: Int

  /// A request.
  public init(
    method: String = "GET", url: String, server: String, headers: [(name: String, value: String)] = [],
    body: [UInt8]? = nil, timeoutMilliseconds: Int
  ) {
    self.method = method
    self.url = url
    self.server = server
    self.headers = headers
    self.body = body
    self.timeoutMilliseconds = timeoutMilliseconds
  }
}

/// A response, whatever its status.
public struct HTTPResponse: Sendable, Hashable {
  /// The status code.
  public var status: Int
  /// The server's `Retry-After` in seconds, nil where there is none.
  public var retryAfterSeconds: Int?
  /// The body, cut off after `HTTPExchange.longestBody` bytes.
  public var body: [UInt8]

  /// A response.
  public init(status: Int, retryAfterSeconds: Int? = nil, body: [UInt8] = []) {
    self.status = status
    self.retryAfterSeconds = retryAfterSeconds
    self.body = body
  }
}

/// Sends a request and reads the whole response, on libcurl. Redirects are not followed: what is sent was made for one address.
public enum HTTPExchange {
  /// What of a response's body is kept, in bytes.
  public static let longestBody = 1 << 20

  /// Throws `.unavailable` when there is no whole response in time, `.invalidArgument` for a URL or header that is none.
  public static func perform(_ message: HTTPMessage) throws -> HTTPResponse {
    try LibCurl.check(message.headers)
    let curl = try LibCurl.handle()
    defer { curl_easy_cleanup(curl) }
    let transfer = HTTPExchangeTransfer(curl: curl)
    return try withExtendedLifetime(transfer) { try transfer.perform(message) }
  }
}

/// One exchange on a libcurl handle that outlives it.
private final class HTTPExchangeTransfer {
  private let curl: UnsafeMutableRawPointer
  private var headers: UnsafeMutablePointer<curl_slist>?
  private var body: [UInt8] = []

  init(curl: UnsafeMutableRawPointer) { self.curl = curl }

  deinit { curl_slist_free_all(headers) }

  func perform(_ message: HTTPMessage) throws -> HTTPResponse {
    let codes = configure(message) + (message.body.map(attach) ?? [])
    if let bad = codes.first(where: { $0 != CURLE_OK }) { throw failure(bad, message) }
    let code = curl_easy_perform(curl)
    guard code == CURLE_OK else { throw failure(code, message) }
    var status = 0
    _ = wg_curl_get_long(curl, CURLINFO_RESPONSE_CODE, &status)
    var seconds: curl_off_t = 0
    _ = wg_curl_get_offset(curl, CURLINFO_RETRY_AFTER, &seconds)
    return HTTPResponse(status: status, retryAfterSeconds: seconds > 0 ? Int(seconds) : nil, body: body)
  }

  private func failure(_ code: CURLcode, _ message: HTTPMessage) -> Failure {
    let words = "\(message.server): \(String(cString: curl_easy_strerror(code)))"
    return code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL
      ? .invalidArgument(words) : .unavailable(words)
  }

  private func configure(_ message: HTTPMessage) -> [CURLcode] {
    // libcurl would ask for permission before long bodies, and wait a second where a server does not answer that.
    for field in message.headers + [(name: "Expect", value: "")] {
      headers = curl_slist_append(headers, "\(field.name): \(field.value)")
    }
    return [
      wg_curl_set_string(curl, CURLOPT_URL, message.url),
      wg_curl_set_string(curl, CURLOPT_PROTOCOLS_STR, "http,https"),
      wg_curl_set_string(curl, CURLOPT_USERAGENT, "WikiGuard"),
      wg_curl_set_list(curl, CURLOPT_HTTPHEADER, headers),
      wg_curl_set_long(curl, CURLOPT_NOSIGNAL, 1),
      wg_curl_set_long(curl, CURLOPT_TIMEOUT_MS, max(1, message.timeoutMilliseconds)),
      wg_curl_set_pointer(curl, CURLOPT_WRITEDATA, Unmanaged.passUnretained(self).toOpaque()),
      wg_curl_set_write(curl, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
        guard let bytes, let context else { return 0 }
        let transfer = Unmanaged<HTTPExchangeTransfer>.fromOpaque(context).takeUnretainedValue()
        transfer.take(UnsafeRawBufferPointer(start: bytes, count: size * count))
        return size * count
      },
      wg_curl_set_string(curl, CURLOPT_CUSTOMREQUEST, message.method),
    ]
  }

  /// libcurl copies the body; without an address it would read one from standard input.
  private func attach(_ bytes: [UInt8]) -> [CURLcode] {
    var body = bytes.isEmpty ? [0] : bytes
    return [
      wg_curl_set_long(curl, CURLOPT_POSTFIELDSIZE, bytes.count),
      body.withUnsafeMutableBytes { wg_curl_set_pointer(curl, CURLOPT_COPYPOSTFIELDS, $0.baseAddress) },
    ]
  }

  private func take(_ bytes: UnsafeRawBufferPointer) {
    body += bytes.prefix(max(0, HTTPExchange.longestBody - body.count))
  }
}
