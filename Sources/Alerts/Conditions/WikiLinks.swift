import HTTP

/// Pages of a wiki about an edit.
///
/// Addresses: https://www.mediawiki.org/wiki/Manual:Parameters_to_index.php.
public struct WikiLinks: Sendable, Hashable {
  /// The links: the page's history, the edit, what else its author did.
  public let links: [Alert.Link]

  /// Links at `server`, such as `https://en.wikipedia.org`; none when that is no HTTPS server's address: it comes from the stream.
  public init(server: String, title: String, revision: Int64?, user: String?) {
    guard Self.isServer(server) else {
      links = []
      return
    }
    var links = [Alert.Link("history", url: "\(server)/w/index.php?title=\(Self.encoded(title))&action=history")]
    if let revision, revision > 0 { links.append(Alert.Link("diff", url: "\(server)/w/index.php?diff=\(revision)")) }
    if let user, !user.isEmpty {
      links.append(
        Alert.Link("contributions", url: "\(server)/wiki/Special:Contributions/\(Self.encoded(user))"))
    }
    self.links = links
  }

  /// As MediaWiki writes titles in addresses: underscores for spaces, all else that has a meaning of its own encoded.
  private static func encoded(_ title: String) -> String {
    PercentEncoding.encode(
      title.split(separator: " ", omittingEmptySubsequences: false).joined(separator: "_"), keeping: ":/")
  }

  private static func isServer(_ text: String) -> Bool {
    guard text.hasPrefix("https://") else { return false }
    let host = text.dropFirst("https://".count)
    return !host.isEmpty
      && host.utf8.allSatisfy {
        0x61...0x7a ~= $0 || 0x41...0x5a ~= $0 || 0x30...0x3a ~= $0 || $0 == 0x2d || $0 == 0x2e
      }
  }
}
