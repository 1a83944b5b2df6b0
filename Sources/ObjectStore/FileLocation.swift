internal import Failures

/// Where a file is: a `file:` URI or an absolute path.
///
/// The text after the scheme is the path, byte for byte: nothing is percent-decoded, because Iceberg's writers encode nothing
/// and a decoded `%` would name another file. `file:///a`, `file:/a`, `file://localhost/a` and `/a` are the same place.
public struct FileLocation: Sendable {
  /// The absolute path.
  public let path: String

  /// Parses a location. Throws `.invalidArgument` for another scheme, another host, a relative path or a NUL.
  public init(_ location: String) throws {
    let path: Substring
    if location.utf8.starts(with: "/".utf8) {
      path = Substring(location)
    } else if location.utf8.starts(with: "file:".utf8) {
      path = Self.withoutAuthority(Substring(location.utf8.dropFirst(5)))
    } else {
      throw Failure.invalidArgument("\(location): not a file: location")
    }
    guard path.utf8.first == UInt8(ascii: "/"), !path.utf8.starts(with: "//".utf8) else {
      throw Failure.invalidArgument("\(location): not an absolute path on this machine")
    }
    guard !path.utf8.contains(0) else { throw Failure.invalidArgument("a location with a NUL") }
    self.path = String(path)
  }

  private static func withoutAuthority(_ rest: Substring) -> Substring {
    for authority in ["//localhost/", "///"] where rest.utf8.starts(with: authority.utf8) {
      return Substring(rest.utf8.dropFirst(authority.utf8.count - 1))
    }
    return rest
  }

  /// The location as `file:///…`, the spelling that listings use.
  public var uri: String { Self.uri(path) }

  static func uri(_ path: String) -> String { "file://" + path }

  /// The path's directory, `/` for the root's entries.
  var directory: String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), slash > path.startIndex else { return "/" }
    return String(path[..<slash])
  }
}
