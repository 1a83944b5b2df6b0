import CCurl
import Failures

/// One transfer on a libcurl handle that outlives it.
final class HTTPTransfer {
  /// How long libcurl waits for the network before `tick` is asked again.
  private static let tickMilliseconds: CInt = 200
  /// How much of a refusal's body is kept.
  private static let reasonBytes = 200

  private let request: HTTPRequest
  private let curl: UnsafeMutableRawPointer
  private let receive: (UnsafeRawBufferPointer) throws -> Void
  private var failure: (any Error)?
  private var headers: UnsafeMutablePointer<curl_slist>?
  private var refusal: [UInt8] = []

  init(
    _ request: HTTPRequest, curl: UnsafeMutableRawPointer, receive: @escaping (UnsafeRawBufferPointer) throws -> Void
  ) {
    self.request = request
    self.curl = curl
    self.receive = receive
  }

  deinit { curl_slist_free_all(headers) }

  func perform(tick: () throws -> Bool) throws -> HTTPStreamEnd {
    try configure()
    guard let multi = curl_multi_init() else { throw Failure.unavailable("libcurl does not start") }
    defer { curl_multi_cleanup(multi) }
    try check(curl_multi_add_handle(multi, curl))
    defer { curl_multi_remove_handle(multi, curl) }
    var running: CInt = 1
    while running > 0 {
      guard try tick() else { return .stopped }
      try check(curl_multi_perform(multi, &running))
      if let failure { throw failure }
      if running > 0 { try check(curl_multi_poll(multi, nil, 0, Self.tickMilliseconds, nil)) }
    }
    return try end(result(multi))
  }

  private func check(_ code: CURLMcode) throws {
    guard code == CURLM_OK else {
      throw Failure.unavailable("\(request.url): \(String(cString: curl_multi_strerror(code)))")
    }
  }

  private func result(_ multi: UnsafeMutableRawPointer) -> CURLcode {
    var left: CInt = 0
    while let message = curl_multi_info_read(multi, &left) {
      if message.pointee.msg == CURLMSG_DONE { return message.pointee.data.result }
    }
    return CURLE_OK
  }

  /// A refusal is one even when its body broke off.
  private func end(_ code: CURLcode) throws -> HTTPStreamEnd {
    if status != 0 && !isWanted { return .refused(refused) }
    guard code == CURLE_OK else { throw broken(code) }
    return .complete
  }

  private func broken(_ code: CURLcode) -> Failure {
    let reason = "\(request.url): \(String(cString: curl_easy_strerror(code)))"
    return code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL
      ? .invalidArgument(reason) : .unavailable(reason)
  }

  // MARK: The response

  private var status: Int {
    var status = 0
    _ = wg_curl_get_long(curl, CURLINFO_RESPONSE_CODE, &status)
    return status
  }

  private var contentType: String {
    var text: UnsafePointer<CChar>?
    _ = wg_curl_get_string(curl, CURLINFO_CONTENT_TYPE, &text)
    return text.map { String(cString: $0) } ?? ""
  }

  private var isWanted: Bool {
    guard status == 200 else { return false }
    guard let accept = request.accept else { return true }
    return contentType.prefix { $0 != ";" && $0 != " " }.lowercased() == accept
  }

  private var refused: HTTPRefusal {
    var seconds: curl_off_t = 0
    _ = wg_curl_get_offset(curl, CURLINFO_RETRY_AFTER, &seconds)
    let text = status == 200 ? "Content-Type \(contentType)" : String(decoding: refusal, as: UTF8.self)
    let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    return HTTPRefusal(
      status: status, retryAfterSeconds: seconds > 0 ? Int(seconds) : nil,
      reason: line.filter { !($0.unicodeScalars.first?.properties.generalCategory == .control) })
  }

  /// Takes a piece of the body; false aborts the transfer.
  private func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard isWanted else {
      refusal += bytes.prefix(Self.reasonBytes - refusal.count)
      return status != 200
    }
    do { try receive(bytes) } catch { failure = error }
    return failure == nil
  }

  // MARK: The request

  private func configure() throws {
    let context = Unmanaged.passUnretained(self).toOpaque()
    if let accept = request.accept { headers = curl_slist_append(headers, "Accept: \(accept)") }
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
        let transfer = Unmanaged<HTTPTransfer>.fromOpaque(context).takeUnretainedValue()
        return transfer.take(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
      },
    ]
    if let bad = codes.first(where: { $0 != CURLE_OK }) { throw broken(bad) }
  }
}
