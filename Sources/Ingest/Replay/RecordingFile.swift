import Failures
import Glibc

/// A recording's bytes: a file, or a pipe such as standard input, which can be read again once it was spooled.
public final class RecordingFile {
  private let path: String
  private let isStopping: () -> Bool
  /// The descriptor of a copy without a name.
  private var spool: Int32?
  private static let chunk = 256 << 10
  /// How often a pipe that is silent is left to ask `isStopping`.
  private static let pollMilliseconds: Int32 = 200

  /// The recording at `path`; `-` is standard input. Reading ends early once `isStopping` is true.
  public init(path: String, isStopping: @escaping () -> Bool = { false }) {
    self.path = path
    self.isStopping = isStopping
  }

  deinit { if let spool { close(spool) } }

  /// The name for messages.
  public var name: String { path == "-" ? "standard input" : path }

  /// Calls `body` with the bytes piece by piece. Throws `.notFound` and `.unavailable`, and `Stop` when asked to stop.
  package func read(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    if let spool {
      guard lseek(spool, 0, SEEK_SET) == 0 else { throw failure(.unavailable) }
      return try read(spool, body)
    }
    let descriptor = try opened()
    defer { close(descriptor) }
    try read(descriptor, body)
  }

  /// Makes sure that `read` can be called again: what is no file is copied to one in `folder`, which nobody else sees. Throws as `read`
  /// does, and `.unavailable` when the disk is full.
  package func makeRereadable(spoolingIn folder: String) throws {
    var status = stat()
    if path != "-" && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG { return }
    var template = Array("\(folder)/recording-XXXXXX".utf8CString)
    let copy = mkstemp(&template)
    guard copy >= 0 else { throw failure(.unavailable) }
    unlink(template)
    _ = fcntl(copy, F_SETFD, FD_CLOEXEC)
    do {
      try read { try write($0, to: copy) }
    } catch {
      close(copy)
      throw error
    }
    spool = copy
  }

  /// Thrown through a reader that was asked to stop.
  package struct Stop: Error {}

  private func opened() throws -> Int32 {
    let descriptor = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(.notFound) }
    var status = stat()
    if fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR {
      close(descriptor)
      throw Failure.notFound("\(name) is a folder, not a recording")
    }
    return descriptor
  }

  private func read(_ descriptor: Int32, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunk, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      try waitForInput(descriptor)
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count < 0 && (errno == EINTR || errno == EAGAIN) { continue }
      guard count >= 0 else { throw failure(.unavailable) }
      if count == 0 { return }
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  private func waitForInput(_ descriptor: Int32) throws {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    var ready: Int32
    repeat {
      if isStopping() { throw Stop() }
      ready = poll(&entry, 1, Self.pollMilliseconds)
    } while ready == 0 || (ready < 0 && errno == EINTR)
  }

  private func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw failure(.unavailable).within("copying to the disk") }
      rest = rest.dropFirst(count)
    }
  }

  private func failure(_ kind: Failure.Kind) -> Failure {
    Failure(kind, "\(name): \(String(cString: strerror(errno)))")
  }
}
