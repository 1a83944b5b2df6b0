import Glibc
import Synchronization

/// A server on 127.0.0.1 that keeps whole requests, bodies included, and answers each as a closure says.
package final class RecordingServer: Sendable {
  /// A request.
  package struct Request: Sendable {
    /// `POST /path HTTP/1.1`.
    package let line: String
    /// Header fields, names in lower case.
    package let headers: [String: String]
    /// The body.
    package let body: String
  }

  /// An answer; nil where there shall be none and the connection stays silent until the client goes away.
  package struct Answer: Sendable {
    let status: String
    let headers: [String]
    let body: String

    /// An answer. `status` such as `200 OK`; `headers` as lines.
    package init(_ status: String = "200 OK", headers: [String] = [], body: String = "") {
      self.status = status
      self.headers = headers
      self.body = body
    }
  }

  package let port: UInt16
  private let listener: Int32
  private let answer: @Sendable (Request) -> Answer?
  private let received = Mutex<[Request]>([])

  /// Serves on a free port; nil where there is no socket.
  package init?(_ answer: @escaping @Sendable (Request) -> Answer?) {
    self.answer = answer
    guard let loopback = LoopbackListener() else { return nil }
    (listener, port) = (loopback.socket, loopback.port)
    start()
  }

  package var url: String { "http://127.0.0.1:\(port)" }

  /// The requests so far.
  package var requests: [Request] { received.withLock { $0 } }

  /// Refuses connections from now on.
  package func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

  private func start() {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self).toOpaque()
    pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<RecordingServer>.fromOpaque(context).takeRetainedValue().serve()
        return nil
      }, context)
    pthread_detach(thread)
  }

  private func serve() {
    while case let connection = accept(listener, nil, nil), connection >= 0 {
      converse(connection)
      close(connection)
    }
    close(listener)
  }

  private func converse(_ connection: Int32) {
    guard let request = read(connection) else { return }
    received.withLock { $0.append(request) }
    var chunk = [UInt8](repeating: 0, count: 16)
    guard let answer = answer(request) else {
      _ = recv(connection, &chunk, chunk.count, 0)
      return
    }
    let lines =
      ["HTTP/1.1 \(answer.status)", "Content-Length: \(answer.body.utf8.count)", "Connection: close"] + answer.headers
    var rest = Array((lines.joined(separator: "\r\n") + "\r\n\r\n" + answer.body).utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  private func read(_ connection: Int32) -> Request? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while true {
      let text = String(decoding: bytes, as: UTF8.self)
      if let end = text.firstRange(of: "\r\n\r\n") {
        let lines = text[..<end.lowerBound].split(separator: "\r\n")
        let fields = lines.dropFirst().map { $0.split(separator: ":", maxSplits: 1) }
        let headers = fields.map { ($0[0].lowercased(), String($0.last?.drop { $0 == " " } ?? "")) }
        let request = Request(
          line: String(lines.first ?? ""), headers: Dictionary(headers) { $0 + "," + $1 },
          body: String(text[end.upperBound...]))
        if request.body.utf8.count >= Int(request.headers["content-length"] ?? "0") ?? 0 { return request }
      }
      let count = recv(connection, &chunk, chunk.count, 0)
      guard count > 0 else { return nil }
      bytes += chunk[..<count]
    }
  }
}
