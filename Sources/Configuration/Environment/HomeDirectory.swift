import Failures

/// Where everything of one pipeline is kept on this machine.
///
/// `WIKIGUARD_HOME`, else `$STATE_DIRECTORY` (systemd), else `~/.local/state/wikiguard`; always absolute, so that no
/// later change of the working directory can start a second pipeline.
public struct HomeDirectory: Sendable, Hashable {
  /// The absolute path, without a slash at its end.
  public let path: String
  /// What decided it, for messages: a variable's name or `HOME`.
  public let origin: String

  /// The home that a process has.
  /// - Parameters:
  ///   - variables: the environment.
  ///   - workingDirectory: the absolute path that relative ones are taken from.
  /// - Throws: `.configuration` when nothing names a home, or a variable is empty.
  public init(variables: [String: String], workingDirectory: String) throws {
    let (name, text) = try Self.choose(variables)
    origin = name
    path = Self.absolute(text, from: workingDirectory)
    guard path.hasPrefix("/"), path != "/" else {
      throw Failure.configuration("\(name) is \"\(text)\", which cannot be the home; name a folder of its own")
    }
  }

  /// A home at a known place.
  public init(path: String, origin: String = "path") {
    self.path = Self.absolute(path, from: "/")
    self.origin = origin
  }

  /// A file or folder below the home.
  public func appending(_ name: String) -> String { Self.absolute(name, from: path) }

  private static func choose(_ variables: [String: String]) throws -> (name: String, text: String) {
    if let text = variables["WIKIGUARD_HOME"] {
      guard !text.isEmpty else {
        throw Failure.configuration("WIKIGUARD_HOME is empty; set it to a folder or unset it")
      }
      return ("WIKIGUARD_HOME", text)
    }
    // systemd lists several folders with colons; ours is the first.
    if let text = variables["STATE_DIRECTORY"]?.split(separator: ":").first { return ("STATE_DIRECTORY", String(text)) }
    guard let home = variables["HOME"], !home.isEmpty else {
      throw Failure.configuration("no home: set WIKIGUARD_HOME to the folder that holds warehouse, log and state")
    }
    return ("HOME", home + "/.local/state/wikiguard")
  }

  /// `path` made absolute, with `.`, `..` and double slashes resolved by name and no slash at its end.
  static func absolute(_ path: String, from base: String) -> String {
    var parts: [Substring] = []
    for part in (path.hasPrefix("/") ? path : base + "/" + path).split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }
}
