/// A place as configured: a URI, an absolute path, or a path below the home.
public struct ConfiguredLocation: Sendable, Hashable {
  /// The text of the configuration.
  public let text: String

  /// A place.
  public init(_ text: String) { self.text = text }

  /// `file`, or the URI's scheme in lower case.
  public var scheme: String {
    guard let end = text.firstRange(of: "://") else { return "file" }
    return text[..<end.lowerBound].lowercased()
  }

  /// The absolute path on this machine, without a slash at its end; nil for other schemes than `file`.
  public func path(in home: HomeDirectory) -> String? {
    guard scheme == "file" else { return nil }
    let path = text.contains("://") ? String(text.drop { $0 != ":" }.dropFirst(3)) : text
    return HomeDirectory.absolute(path, from: home.path)
  }

  /// The URI, without a slash at its end: `file:///…` for paths.
  public func uri(in home: HomeDirectory) -> String {
    if let path = path(in: home) { return "file://" + path }
    var uri = Substring(text)
    while uri.hasSuffix("/"), !uri.hasSuffix("://") { uri.removeLast() }
    return String(uri)
  }
}
