public import Failures

/// Reads one mapping strictly: each accessor takes a key, checks its type and range, and remembers that the key is
/// known; `finish` refuses every other key.
///
/// One owner, used once: make it, read all keys, call `finish`. All accessors throw `.configuration` failures that
/// begin with `file:line`. A key that may be absent is also absent when its value is null.
public final class YAMLReader {
  /// Where the mapping was written.
  public let location: YAMLLocation
  /// Keys that lead here from the top, for errors about what is missing.
  public let path: [String]
  private let entries: [YAMLEntry]
  private var members: [YAMLResolved.Member] = []

  /// A reader of `node`.
  /// - Throws: `.configuration` when it is no mapping.
  public init(_ node: YAMLNode, path: [String] = []) throws {
    location = node.location
    self.path = path
    guard let entries = node.entries else {
      throw Failure.configuration("\(node.location): expected a section with keys, found \(node.kindName)")
    }
    self.entries = entries
  }

  /// The keys as written, in order.
  public var keys: [String] { entries.map(\.key) }

  /// Refuses keys that nobody asked for and returns what was read.
  @discardableResult
  public func finish() throws -> YAMLResolved {
    let known = members.map(\.key)
    if let entry = entries.first(where: { !known.contains($0.key) }) {
      throw Failure.configuration(
        "\(entry.location): unknown key \"\(entry.key)\"\(hint(for: entry.key, among: known))")
    }
    return .section(members)
  }

  /// Remembers that `key` is known and what it resolved to. For accessors that other modules add.
  public func note(_ key: String, _ value: YAMLResolved) {
    members.append(YAMLResolved.Member(key: key, value: value))
  }

  /// The node under `key`, nil when it is absent or null.
  public func node(_ key: String) -> YAMLNode? {
    guard let node = entries.first(where: { $0.key == key })?.value, !node.isNull else { return nil }
    return node
  }

  /// The node under `key`.
  /// - Throws: `.configuration` naming the key when it is absent or null.
  public func require(_ key: String) throws -> YAMLNode {
    guard let node = node(key) else { throw absence(key) }
    return node
  }

  func absence(_ key: String) -> Failure {
    let place = entries.first { $0.key == key }?.location ?? location
    return Failure.configuration("\(place): \"\((path + [key]).joined(separator: "."))\" has no value")
  }

  /// A failure about the value of `key`.
  public func failure(_ key: String, _ message: String) -> Failure {
    let place = entries.first { $0.key == key }?.location ?? location
    return Failure.configuration("\(place): \"\(key)\" \(message)")
  }

  func mismatch(_ key: String, _ node: YAMLNode, wants: String) -> Failure {
    var found = node.kindName
    if case .scalar(let scalar) = node.content { found = "\"\(scalar.text)\"" }
    return Failure.configuration("\(node.location): \"\(key)\" must be \(wants), not \(found)")
  }
}

extension YAMLReader {
  /// A section: `body` reads its keys, and keys that it does not read are refused.
  public func section<Value>(_ key: String, _ body: (YAMLReader) throws -> Value) throws -> Value {
    let (value, resolved) = try Self.read(try require(key), path: path + [key], body)
    note(key, resolved)
    return value
  }

  /// A section that may be absent.
  public func optionalSection<Value>(_ key: String, _ body: (YAMLReader) throws -> Value) throws -> Value? {
    guard node(key) != nil else {
      note(key, .null)
      return nil
    }
    return try section(key, body)
  }

  /// A section whose keys are names that the user gives: `body` gets each name with a reader of its section. A name
  /// whose value is `off` is left out.
  public func namedSections<Value>(_ key: String, _ body: (String, YAMLReader) throws -> Value) throws -> [Value] {
    let node = try require(key)
    guard let entries = node.entries else { throw mismatch(key, node, wants: "a section of names") }
    var values: [Value] = []
    var resolved: [YAMLResolved.Member] = []
    for entry in entries {
      if case .scalar(let scalar) = entry.value.content, scalar.text == "off" {
        resolved.append(YAMLResolved.Member(key: entry.key, value: .string("off")))
        continue
      }
      let (value, member) = try Self.read(entry.value, path: path + [key, entry.key]) { try body(entry.key, $0) }
      values.append(value)
      resolved.append(YAMLResolved.Member(key: entry.key, value: member))
    }
    note(key, .section(resolved))
    return values
  }

  /// A list of sections.
  public func items<Value>(_ key: String, _ body: (YAMLReader) throws -> Value) throws -> [Value] {
    let node = try require(key)
    guard case .sequence(let items) = node.content else { throw mismatch(key, node, wants: "a list") }
    var values: [Value] = []
    var resolved: [YAMLResolved] = []
    for (index, item) in items.enumerated() {
      let (value, member) = try Self.read(item, path: path + ["\(key)[\(index)]"], body)
      values.append(value)
      resolved.append(member)
    }
    note(key, .list(resolved))
    return values
  }

  /// Reads a whole mapping with `body`.
  public static func read<Value>(
    _ node: YAMLNode, path: [String] = [], _ body: (YAMLReader) throws -> Value
  ) throws -> (value: Value, resolved: YAMLResolved) {
    let reader = try YAMLReader(node, path: path)
    let value = try body(reader)
    return (value, try reader.finish())
  }
}
