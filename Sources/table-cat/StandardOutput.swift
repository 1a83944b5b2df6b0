import Bytes
import Failures
import Glibc
import JSON

/// The process's standard output. A reader that goes away ends the process quietly, as with `cat`: by SIGPIPE, or with its exit code
/// where whoever started us has blocked or ignored the signal.
struct StandardOutput {
  /// Writes all of `bytes`. Throws `.unavailable` when that is not possible.
  func write(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = UnsafeRawBufferPointer(rebasing: rest)
      let count = Glibc.write(STDOUT_FILENO, part.baseAddress, part.count)
      if count < 0 && errno == EINTR { continue }
      if count < 0 && errno == EPIPE { exit(128 + SIGPIPE) }
      guard count > 0 else { throw Failure.unavailable("standard output: \(String(cString: strerror(errno)))") }
      rest = rest.dropFirst(count)
    }
  }

  func write(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes { try write($0) } }

  /// Writes a line for each value.
  func write(lines: [JSONValue]) throws {
    var buffer = ByteBuffer()
    for line in lines {
      buffer.append(line.serialized())
      buffer.append(utf8: "\n")
    }
    try buffer.withUnsafeBytes { try write($0) }
  }

  /// Writes to standard error; nobody is left to hear of a failure.
  static func writeError(_ text: String) {
    _ = Array(text.utf8).withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
