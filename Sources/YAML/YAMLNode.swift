/// A node of a YAML document with its place. Nodes of several files may be merged into one tree; each remembers its
/// own.
public struct YAMLNode: Sendable, Hashable {
  /// What the node holds.
  public enum Content: Sendable, Hashable {
    /// A scalar.
    case scalar(YAMLScalar)
    /// A sequence.
    case sequence([YAMLNode])
    /// A mapping in the order it was written; keys are unique.
    case mapping([YAMLEntry])
  }

  /// What the node holds.
  public var content: Content
  /// Where it was written.
  public let location: YAMLLocation

  /// A node.
  public init(_ content: Content, at location: YAMLLocation) {
    self.content = content
    self.location = location
  }

  /// True for a plain `null`, `~` or nothing.
  public var isNull: Bool {
    if case .scalar(let scalar) = content { return scalar.resolved == .null }
    return false
  }

  /// The entries of a mapping, nil for any other node.
  public var entries: [YAMLEntry]? {
    if case .mapping(let entries) = content { return entries }
    return nil
  }

  /// The value under `key` of a mapping, nil when there is none or the node is no mapping.
  public subscript(key: String) -> YAMLNode? {
    entries?.first { $0.key == key }?.value
  }

  /// `sequence`, `mapping` or the scalar's type: the words for errors.
  public var kindName: String {
    switch content {
    case .scalar(let scalar): scalar.resolved.typeName
    case .sequence: "a list"
    case .mapping: "a section"
    }
  }
}

/// A key of a mapping and its value.
public struct YAMLEntry: Sendable, Hashable {
  /// The key's text.
  public let key: String
  /// Where the key was written.
  public let location: YAMLLocation
  /// The value.
  public var value: YAMLNode

  /// An entry.
  public init(key: String, at location: YAMLLocation, value: YAMLNode) {
    self.key = key
    self.location = location
    self.value = value
  }
}

/// A scalar's text and whether its type may be guessed from it.
public struct YAMLScalar: Sendable, Hashable {
  /// The text after unescaping and folding.
  public let text: String
  /// True when the scalar was plain (not quoted, not a block) and had no tag, so that the core schema gives its type.
  public let isPlain: Bool

  /// A scalar.
  public init(_ text: String, isPlain: Bool) {
    self.text = text
    self.isPlain = isPlain
  }
}

extension YAMLNode {
  /// This node with `other` laid over it: mappings merge key by key, everything else is replaced by `other`. Keys
  /// that this node has keep their place, new ones follow in the order of `other`.
  public func merged(with other: YAMLNode) -> YAMLNode {
    guard let ours = entries, let theirs = other.entries else { return other }
    var result = ours
    for entry in theirs {
      if let index = result.firstIndex(where: { $0.key == entry.key }) {
        let value = result[index].value.merged(with: entry.value)
        result[index] = YAMLEntry(key: entry.key, at: entry.location, value: value)
      } else {
        result.append(entry)
      }
    }
    return YAMLNode(.mapping(result), at: other.location)
  }

  /// This node with the value at `path` replaced, mappings on the way created where they are missing.
  public func replacing(_ path: some Collection<String>, with value: YAMLNode) -> YAMLNode {
    guard let key = path.first else { return value }
    let child = self[key] ?? YAMLNode(.mapping([]), at: value.location)
    let entry = YAMLEntry(key: key, at: value.location, value: child.replacing(path.dropFirst(), with: value))
    var result = entries ?? []
    if let index = result.firstIndex(where: { $0.key == key }) {
      result[index] = entry
    } else {
      result.append(entry)
    }
    return YAMLNode(.mapping(result), at: location)
  }
}
