internal import Failures
internal import Glibc

/// File system calls whose failures name the file and say whose fault it is.
enum SystemCall {
  /// Repeats a call that a signal interrupted; throws for any other error.
  @discardableResult
  static func check<Result: SignedInteger>(_ path: @autoclosure () -> String, _ call: () -> Result) throws -> Result {
    while true {
      let result = call()
      if result >= 0 { return result }
      let code = errno
      if code != EINTR { throw failure(code, path()) }
    }
  }

  /// The failure of an `errno`.
  @inline(never)
  static func failure(_ code: Int32, _ path: String) -> Failure {
    let words = strerror(code).map { String(cString: $0) } ?? "error \(code)"
    let location = FileLocation.uri(path)
    switch code {
    case ENOENT, ENOTDIR: return .notFound("\(location): \(words)")
    case EEXIST: return .conflict("\(location): the object exists")
    case ENOSPC, EDQUOT, EFBIG:
      return Failure(.unavailable, "\(location): disk full (\(words))", isRetryable: false)
    case EACCES, EPERM, EROFS, EISDIR, ENAMETOOLONG, ELOOP, EINVAL, ENOTEMPTY:
      return Failure(.unavailable, "\(location): \(words)", isRetryable: false)
    default: return .unavailable("\(location): \(words)")
    }
  }

  /// Makes a directory's entries durable.
  static func syncDirectory(_ path: String) throws {
    let descriptor = try check(path) { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    defer { close(descriptor) }
    try check(path) { fsync(descriptor) }
  }

  /// Makes a directory and those above it, durably; one that exists is no error.
  static func makeDirectories(_ path: String) throws {
    if mkdir(path, 0o777) == 0 {
      return try syncDirectory(parent(path))
    }
    switch errno {
    case EEXIST: return
    case ENOENT:
      try makeDirectories(parent(path))
      try makeDirectories(path)
    case let code: throw failure(code, path)
    }
  }

  private static func parent(_ path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), slash > path.startIndex else { return "/" }
    return String(path[..<slash])
  }
}
