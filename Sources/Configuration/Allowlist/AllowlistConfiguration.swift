import Failures
import YAML

/// `entity-allowlist.yaml`: the pages to watch.
public struct AllowlistConfiguration: Sendable, Hashable {
  /// What the list does.
  public enum Track: String, Sendable, CaseIterable {
    /// Every event is taken in; the list marks some.
    case all
    /// Only events of the list are taken in.
    case allowlist
  }

  /// How a title is compared; upper and lower case, and `_` and space, are alike in all three.
  public enum Match: String, Sendable, CaseIterable {
    /// The whole title.
    case exact
    /// Its beginning.
    case prefix
    /// A regular expression (PCRE2).
    case regex
  }

  /// A page.
  public struct Entry: Sendable, Hashable {
    /// The name of the entity in all tables.
    public let title: String
    /// The wiki's database name, nil for every wiki.
    public let wiki: String?
    /// Other titles of the same page.
    public let aliases: [String]
    /// How titles are compared.
    public let match: Match
    /// Namespaces by number; empty for all.
    public let namespaces: [Int32]
    /// Whether the page's discussion belongs to it.
    public let talk: Bool
  }

  /// What the list does.
  public let track: Track
  /// The pages.
  public let entries: [Entry]
}

extension AllowlistConfiguration {
  init(_ reader: YAMLReader) throws {
    track = try reader.choice("track")
    entries = try reader.items("entities") { try Entry($0) }
  }

  /// The classic list had a block `config:` of settings that have become parts of other files. Returns the tree without it, and the words for
  /// a warning when it was there.
  static func withoutClassicBlock(_ node: YAMLNode) -> (YAMLNode, warning: String?) {
    guard let entries = node.entries, let block = entries.first(where: { $0.key == "config" }) else {
      return (node, nil)
    }
    let rest = entries.filter { $0.key != "config" }
    let warning = "\(block.location): the block \"config\" of the classic allowlist is ignored; see track and match"
    return (YAMLNode(.mapping(rest), at: node.location), warning)
  }
}

extension AllowlistConfiguration.Entry {
  init(_ reader: YAMLReader) throws {
    title = try reader.string("title")
    wiki = try reader.optionalString("wiki")
    aliases = try reader.optionalStrings("aliases")
    namespaces = try reader.optionalIntegers("namespaces", in: -2...10_000).map { Int32($0) }
    if reader.node("match") == nil {
      reader.note("match", .string("exact"))
      match = .exact
    } else {
      match = try reader.choice("match")
    }
    if reader.node("talk") == nil {
      reader.note("talk", .boolean(false))
      talk = false
    } else {
      talk = try reader.boolean("talk")
    }
  }
}
