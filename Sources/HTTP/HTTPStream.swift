import CCurl
import Failures

/// Reads one HTTP response piece by piece, on libcurl.
public enum HTTPStream {
  /// libcurl's process-wide state, made once.
  private static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  /// Sends `request` and calls `receive` with each piece of the body of a 200 response. `tick` is called at least five times a second
  /// and between pieces, and returns whether to go on.
  ///
  /// Throws `.unavailable` when the connection fails, is cut or idles too long, `.invalidArgument` for a URL or header that is none,
  /// and what the closures throw.
  public static func get(
    _ request: HTTPRequest, tick: () throws -> Bool, receive: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> HTTPStreamEnd {
    let fields = request.headers + [(name: "User-Agent", value: request.userAgent)]
    for field in fields where (field.name + field.value).utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) {
      throw Failure.invalidArgument("header \(field.name) has a control character")
    }
    guard isReady, let curl = curl_easy_init() else { throw Failure.unavailable("libcurl does not start") }
    defer { curl_easy_cleanup(curl) }
    return try withoutActuallyEscaping(receive) { receive in
      try HTTPTransfer(request, curl: curl, receive: receive).perform(tick: tick)
    }
  }
}
