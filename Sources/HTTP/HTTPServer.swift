import CMicroHTTPD
import Failures
import Glibc

/// An answer of a small server.
public struct HTTPAnswer: Sendable {
  /// The status code.
  public var status: Int
  /// The `Content-Type`.
  public var contentType: String
  /// The body.
  public var body: String

  /// An answer.
  public init(status: Int = 200, contentType: String = "text/plain; charset=utf-8", body: String) {
    self.status = status
    self.contentType = contentType
    self.body = body
  }
}

/// A small HTTP server for health and metrics: answers GET requests from a closure on a thread of its own.
public final class HTTPServer {
  private let daemon: OpaquePointer
  private let server: UnsafeMutablePointer<wg_mhd_server>
  private let context: Unmanaged<Handler>

  /// Listens on an IPv4 address and port (0: any that is free). Throws `.configuration` when that is not possible.
  public init(host: String, port: UInt16, answer: @escaping @Sendable (_ path: String) -> HTTPAnswer?) throws {
    context = Unmanaged.passRetained(Handler(answer: answer))
    server = .allocate(capacity: 1)
    server.initialize(to: wg_mhd_server(answer: respond, context: context.toOpaque()))
    guard let daemon = wg_mhd_start(host, port, server) else {
      let reason = String(cString: strerror(errno))
      context.release()
      server.deallocate()
      throw Failure.configuration("cannot listen on \(host):\(port): \(reason)")
    }
    self.daemon = daemon
  }

  deinit {
    MHD_stop_daemon(daemon)
    context.release()
    server.deallocate()
  }

  /// The port it listens on.
  public var port: UInt16 { wg_mhd_port(daemon) }
}

private final class Handler: Sendable {
  let answer: @Sendable (String) -> HTTPAnswer?

  init(answer: @escaping @Sendable (String) -> HTTPAnswer?) { self.answer = answer }
}

private func respond(
  context: UnsafeMutableRawPointer?, connection: OpaquePointer?, path: UnsafePointer<CChar>?,
  method: UnsafePointer<CChar>?
) -> CInt {
  guard let context, let connection, let path, let method else { return 0 }
  var answer = HTTPAnswer(status: 405, body: "only GET is answered\n")
  if ["GET", "HEAD"].contains(String(cString: method)) {
    let handler = Unmanaged<Handler>.fromOpaque(context).takeUnretainedValue()
    answer = handler.answer(String(cString: path)) ?? HTTPAnswer(status: 404, body: "not found\n")
  }
  var body = answer.body
  return body.withUTF8 { wg_mhd_send(connection, UInt32(answer.status), answer.contentType, $0.baseAddress, $0.count) }
}
