/// A page, or a family of pages, to watch.
public struct AllowlistEntry: Sendable, Hashable {
  /// How the title and the aliases are compared. Upper and lower case, and `_` and space, are the same in all of them.
  public enum Match: String, Sendable, CaseIterable {
    /// The whole title.
    case exact
    /// The beginning of the title.
    case prefix
    /// A PCRE2 pattern that finds something in the title; anchor it with `^` and `$` to match all of it.
    case regex
  }

  /// The title with its namespace (`User:Example`). It names the entity in all tables, whatever alias or talk page matched.
  public let title: String
  /// The wiki (`enwiki`); nil for every wiki.
  public let wiki: String?
  /// Other titles of the same page.
  public let aliases: [String]
  /// How titles are compared.
  public let match: Match
  /// The namespaces in which the entry holds; nil for all.
  public let namespaces: [Int32]?
  /// Whether the page's talk page matches too. It is recognised by an odd namespace: `Talk:Example`, in whatever language, and
  /// `User talk:Example`; talk pages of other namespaces with names in other languages are listed as aliases.
  public let talk: Bool

  /// An entry.
  public init(
    title: String, wiki: String? = nil, aliases: [String] = [], match: Match = .exact, namespaces: [Int32]? = nil,
    talk: Bool = false
  ) {
    self.title = title
    self.wiki = wiki
    self.aliases = aliases
    self.match = match
    self.namespaces = namespaces
    self.talk = talk
  }

  /// Whether the entry holds in a namespace, or on that namespace's subject pages when `asTalk`.
  func holds(in namespace: Int32?, asTalk: Bool) -> Bool {
    if asTalk && !talk { return false }
    guard let namespaces else { return true }
    guard let namespace else { return false }
    return namespaces.contains(namespace) || (asTalk && namespaces.contains(namespace - 1))
  }
}
