import Fixtures
import Glibc
import Synchronization

/// A server on 127.0.0.1 that answers every connection with the same bytes, whatever they are, and keeps what was asked.
final class RawServer: Sendable {
  /// What is done after the bytes were sent.
  enum Ending: Sendable {
    /// The connection is closed.
    case close
    /// It stays open and silent until the client goes away.
    case silence
  }

  let port: UInt16
  private let listener: Int32
  private let answer: [UInt8]
  private let ending: Ending
  private let asked = Mutex<[String]>([])
  private let isStopping = Atomic<Bool>(false)

  /// Serves `answer`; nil where there is no socket.
  init?(_ answer: String, then ending: Ending = .close) {
    self.answer = Array(answer.utf8)
    self.ending = ending
    guard let loopback = LoopbackListener() else { return nil }
    (listener, port) = (loopback.socket, loopback.port)
    start()
  }

  deinit { close(listener) }

  var url: String { "http://127.0.0.1:\(port)/" }

  /// The heads of the requests so far.
  var requests: [String] { asked.withLock { $0 } }

  /// Ends the thread; connections that are open end with their clients.
  func stop() {
    isStopping.store(true, ordering: .relaxed)
    shutdown(listener, Int32(SHUT_RDWR))
  }

  private func start() {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self).toOpaque()
    pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<RawServer>.fromOpaque(context).takeRetainedValue().serve()
        return nil
      }, context)
    pthread_detach(thread)
  }

  private func serve() {
    while !isStopping.load(ordering: .relaxed) {
      let connection = accept(listener, nil, nil)
      guard connection >= 0 else { return }
      converse(connection)
      close(connection)
    }
  }

  private func converse(_ connection: Int32) {
    var head: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while !String(decoding: head, as: UTF8.self).hasSuffix("\r\n\r\n") {
      let count = recv(connection, &chunk, chunk.count, 0)
      guard count > 0 else { return }
      head += chunk[..<count]
    }
    asked.withLock { $0.append(String(decoding: head, as: UTF8.self)) }
    var rest = answer[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
    if ending == .silence { _ = recv(connection, &chunk, chunk.count, 0) }
  }
}
