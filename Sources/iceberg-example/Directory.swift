import Failures
import Glibc

/// Where the example works.
enum Directory {
  /// The absolute path of `path`, which is made where it is missing.
  static func existing(_ path: String) throws -> String {
    guard mkdir(path, 0o777) == 0 || errno == EEXIST, let resolved = realpath(path, nil) else {
      throw Failure.unavailable("\(path): \(String(cString: strerror(errno)))")
    }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// A new directory under `/tmp`.
  static func temporary() throws -> String {
    var template = Array("/tmp/iceberg-example-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw Failure.unavailable("/tmp: \(String(cString: strerror(errno)))") }
    return String(cString: made)
  }
}
