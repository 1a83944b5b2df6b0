public import RecentChange
import YAML

/// `entity-allowlist.yaml`: the pages to watch, as they are written.
public struct AllowlistConfiguration: Sendable, Hashable {
  /// What the list does.
  public enum Track: String, Sendable, CaseIterable {
    /// Every event is taken in; the list marks some.
    case all
    /// Only events of the list are taken in.
    case allowlist
  }

  /// What the list does.
  public let track: Track
  /// The pages.
  public let entries: [AllowlistEntry]

  /// The list that events are compared with.
  /// - Throws: `.configuration` naming the entry: an empty title, a pattern that PCRE2 refuses, one title of two
  ///   entries.
  public func allowlist() throws -> Allowlist {
    try Allowlist(track: track == .all ? .all : .allowlist, entries: entries)
  }
}

extension AllowlistConfiguration {
  init(_ reader: YAMLReader) throws {
    track = try reader.choice("track")
    entries = try reader.items("entities") { try $0.allowlistEntry() }
  }

  /// The classic list had a block `config:` of settings that have become parts of other files. Returns the tree
  /// without it, and the words for a warning when it was there.
  static func withoutClassicBlock(_ node: YAMLNode) -> (YAMLNode, warning: String?) {
    guard let entries = node.entries, let block = entries.first(where: { $0.key == "config" }) else {
      return (node, nil)
    }
    let rest = entries.filter { $0.key != "config" }
    let warning = "\(block.location): the block \"config\" of the classic allowlist is ignored; see track and match"
    return (YAMLNode(.mapping(rest), at: node.location), warning)
  }
}

extension YAMLReader {
  fileprivate func allowlistEntry() throws -> AllowlistEntry {
    let namespaces = try optionalIntegers("namespaces", in: -2...10_000).map { Int32($0) }
    return AllowlistEntry(
      title: try string("title"), wiki: try optionalString("wiki"), aliases: try optionalStrings("aliases"),
      match: try optionalChoice("match") ?? .exact, namespaces: namespaces.isEmpty ? nil : namespaces,
      talk: try boolean("talk", default: false))
  }

  /// A choice, nil when it is absent.
  func optionalChoice<Choice>(_ key: String) throws -> Choice? where Choice: RawRepresentable<String> & CaseIterable {
    guard node(key) != nil else {
      note(key, .null)
      return nil
    }
    return try choice(key)
  }

  /// A switch that may be absent.
  func boolean(_ key: String, default value: Bool) throws -> Bool {
    guard node(key) == nil else { return try boolean(key) }
    note(key, .boolean(value))
    return value
  }
}
