import CCurl
import Failures

/// Reads one HTTP response piece by piece, on libcurl.
public enum HTTPStream {
  /// Sends `request` and calls `receive` with each piece of the body of a 200 response. `tick` is called at least five times a second
  /// and between pieces, and returns whether to go on.
  ///
  /// Throws `.unavailable` when the connection fails, is cut or idles too long, `.invalidArgument` for a URL or header that is none,
  /// and what the closures throw.
  public static func get(
    _ request: HTTPRequest, tick: () throws -> Bool, receive: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> HTTPStreamEnd {
    let fields = request.headers + [(name: "User-Agent", value: request.userAgent)]
    try LibCurl.check(fields)
    let curl = try LibCurl.handle()
    defer { curl_easy_cleanup(curl) }
    return try withoutActuallyEscaping(receive) { receive in
      try HTTPTransfer(request, curl: curl, receive: receive).perform(tick: tick)
    }
  }
}
