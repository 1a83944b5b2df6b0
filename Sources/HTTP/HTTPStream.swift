import CCurl
import Failures

/// Reads one HTTP response piece by piece, on libcurl.
public enum HTTPStream {
  /// libcurl's process-wide state, made once.
  private static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  /// Sends `request` and calls `receive` with each piece of the body of a 2xx response, which returns whether to go on. `isStopping` is
  /// asked about once a second and before each piece.
  ///
  /// Throws `.unavailable` (retryable) when the connection fails, is cut or idles too long, or the status is 429 or 5xx;
  /// `.invalidArgument` for any other status and for a URL that is none.
  public static func get(
    _ request: HTTPRequest, isStopping: () -> Bool, receive: (UnsafeRawBufferPointer) throws -> Bool
  ) throws -> HTTPStreamEnd {
    guard isReady, let curl = curl_easy_init() else { throw Failure.unavailable("libcurl does not start") }
    defer { curl_easy_cleanup(curl) }
    for field in request.headers where (field.name + field.value).utf8.contains(where: { $0 < 0x20 }) {
      throw Failure.invalidArgument("header \(field.name) has a control character")
    }
    return try withoutActuallyEscaping(isStopping) { isStopping in
      try withoutActuallyEscaping(receive) { receive in
        let transfer = Transfer(curl: curl, isStopping: isStopping, receive: receive)
        return try transfer.perform(request)
      }
    }
  }
}

/// One transfer: the owner of its libcurl handle, alive for the call of `perform`.
private final class Transfer {
  private let curl: UnsafeMutableRawPointer
  private let isStopping: () -> Bool
  private let receive: (UnsafeRawBufferPointer) throws -> Bool
  private var failure: (any Error)?
  private var hasStopped = false
  private var headers: UnsafeMutablePointer<curl_slist>?

  init(
    curl: UnsafeMutableRawPointer, isStopping: @escaping () -> Bool,
    receive: @escaping (UnsafeRawBufferPointer) throws -> Bool
  ) {
    self.curl = curl
    self.isStopping = isStopping
    self.receive = receive
  }

  deinit { curl_slist_free_all(headers) }

  func perform(_ request: HTTPRequest) throws -> HTTPStreamEnd {
    try configure(request)
    let code = curl_easy_perform(curl)
    if let failure { throw failure }
    if hasStopped { return .stopped }
    var status = 0
    _ = wg_curl_get_long(curl, CURLINFO_RESPONSE_CODE, &status)
    if status != 0 && !(200..<300).contains(status) { throw Self.refusal(status, request.url) }
    guard code == CURLE_OK else { throw Self.broken(code, request.url) }
    return .complete
  }

  private static func refusal(_ status: Int, _ url: String) -> Failure {
    status == 429 || status >= 500
      ? .unavailable("\(url) answers \(status)") : .invalidArgument("\(url) answers \(status)")
  }

  private static func broken(_ code: CURLcode, _ url: String) -> Failure {
    let reason = "\(url): \(String(cString: curl_easy_strerror(code)))"
    return code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL
      ? .invalidArgument(reason) : .unavailable(reason)
  }

  private func configure(_ request: HTTPRequest) throws {
    let context = Unmanaged.passUnretained(self).toOpaque()
    for field in request.headers { headers = curl_slist_append(headers, "\(field.name): \(field.value)") }
    let codes = [
      wg_curl_set_string(curl, CURLOPT_URL, request.url),
      wg_curl_set_string(curl, CURLOPT_PROTOCOLS_STR, "http,https"),
      wg_curl_set_string(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https"),
      wg_curl_set_string(curl, CURLOPT_USERAGENT, request.userAgent),
      wg_curl_set_string(curl, CURLOPT_ACCEPT_ENCODING, ""),
      wg_curl_set_list(curl, CURLOPT_HTTPHEADER, headers),
      wg_curl_set_long(curl, CURLOPT_FOLLOWLOCATION, 1),
      wg_curl_set_long(curl, CURLOPT_MAXREDIRS, 5),
      wg_curl_set_long(curl, CURLOPT_NOSIGNAL, 1),
      wg_curl_set_long(curl, CURLOPT_CONNECTTIMEOUT_MS, request.connectTimeoutMilliseconds),
      wg_curl_set_long(curl, CURLOPT_LOW_SPEED_LIMIT, 1),
      wg_curl_set_long(curl, CURLOPT_LOW_SPEED_TIME, request.idleTimeoutSeconds),
      wg_curl_set_long(curl, CURLOPT_TCP_KEEPALIVE, 1),
      wg_curl_set_pointer(curl, CURLOPT_WRITEDATA, context),
      wg_curl_set_write(curl, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
        guard let bytes, let context else { return 0 }
        let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
        return transfer.take(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
      },
      wg_curl_set_long(curl, CURLOPT_NOPROGRESS, 0),
      wg_curl_set_pointer(curl, CURLOPT_XFERINFODATA, context),
      wg_curl_set_progress(curl) { context, _, _, _, _ in
        guard let context else { return 1 }
        return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().shouldAbort() ? 1 : 0
      },
    ]
    if let bad = codes.first(where: { $0 != CURLE_OK }) { throw Self.broken(bad, request.url) }
  }

  private func shouldAbort() -> Bool {
    if isStopping() { hasStopped = true }
    return hasStopped
  }

  /// Hands a piece of the body on. The body of an error is dropped: the status says it.
  private func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var status = 0
    _ = wg_curl_get_long(curl, CURLINFO_RESPONSE_CODE, &status)
    guard (200..<300).contains(status) else { return true }
    if shouldAbort() { return false }
    do {
      hasStopped = try !receive(bytes)
    } catch {
      failure = error
    }
    return failure == nil && !hasStopped
  }
}
