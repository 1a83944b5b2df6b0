import CYAML
import Failures

/// Bounds on what is read.
public struct YAMLLimits: Sendable, Hashable {
  /// The longest input in bytes.
  public var bytes: Int
  /// The deepest nesting of sequences and mappings.
  public var depth: Int
  /// The largest number of nodes.
  public var nodes: Int

  /// Limits that fit configuration files.
  public init(bytes: Int = 4 << 20, depth: Int = 32, nodes: Int = 200_000) {
    self.bytes = bytes
    self.depth = depth
    self.nodes = nodes
  }
}

extension YAMLNode {
  /// Parses the one document of `bytes`; nil when there is none or it is empty.
  ///
  /// Input is UTF-8. Refused: anchors and aliases (a file should read as it is written), tags beyond the core schema,
  /// keys that are not scalars, a key that a mapping has twice, more than one document. Events come from libyaml.
  ///
  /// - Parameters:
  ///   - bytes: the file's content.
  ///   - source: the name for errors.
  /// - Throws: `Failure` `.malformedInput`, `.unsupported` or `.limitExceeded`, its message beginning with
  ///   `source:line`.
  public static func parse(_ bytes: [UInt8], source: String, limits: YAMLLimits = YAMLLimits()) throws -> YAMLNode? {
    guard bytes.count <= limits.bytes else {
      throw Failure.limitExceeded("\(source): \(bytes.count) bytes are more than the \(limits.bytes) allowed")
    }
    return try bytes.withUnsafeBufferPointer { buffer in
      let events = try YAMLEvents(buffer, source: source)
      var composer = YAMLComposer(source: source, limits: limits)
      return try composer.document(events)
    }
  }

  /// Parses the one document of `text`.
  public static func parse(_ text: String, source: String, limits: YAMLLimits = YAMLLimits()) throws -> YAMLNode? {
    try parse(Array(text.utf8), source: source, limits: limits)
  }
}

/// Builds nodes from events. Recursion is bounded by `limits.depth`.
struct YAMLComposer {
  let source: String
  let limits: YAMLLimits
  private var nodes = 0

  init(source: String, limits: YAMLLimits) {
    self.source = source
    self.limits = limits
  }

  mutating func document(_ events: YAMLEvents) throws -> YAMLNode? {
    var root: YAMLNode?
    while true {
      let event = try events.next()
      switch event.kind {
      case .streamStart, .documentStart, .documentEnd: continue
      case .streamEnd: return root
      default:
        guard root == nil else { throw Failure.unsupported("\(event.location): more than one document") }
        root = try node(event, events, depth: 0)
      }
    }
  }

  private mutating func node(_ event: YAMLEvent, _ events: YAMLEvents, depth: Int) throws -> YAMLNode {
    nodes += 1
    guard nodes <= limits.nodes else {
      throw Failure.limitExceeded("\(event.location): more than \(limits.nodes) nodes")
    }
    guard depth < limits.depth else {
      throw Failure.limitExceeded("\(event.location): nested deeper than \(limits.depth) levels")
    }
    switch event.kind {
    case .scalar(let scalar): return YAMLNode(.scalar(scalar), at: event.location)
    case .sequenceStart: return YAMLNode(.sequence(try sequence(events, depth)), at: event.location)
    case .mappingStart: return YAMLNode(.mapping(try mapping(events, depth)), at: event.location)
    default: throw Failure.internalError("\(event.location): an event out of order")
    }
  }

  private mutating func sequence(_ events: YAMLEvents, _ depth: Int) throws -> [YAMLNode] {
    var items: [YAMLNode] = []
    while true {
      let event = try events.next()
      if case .sequenceEnd = event.kind { return items }
      items.append(try node(event, events, depth: depth + 1))
    }
  }

  private mutating func mapping(_ events: YAMLEvents, _ depth: Int) throws -> [YAMLEntry] {
    var entries: [YAMLEntry] = []
    var lines: [String: Int] = [:]
    while true {
      let event = try events.next()
      if case .mappingEnd = event.kind { return entries }
      guard case .scalar(let key) = event.kind else {
        throw Failure.unsupported("\(event.location): a key that is not a scalar")
      }
      if let first = lines.updateValue(event.location.line, forKey: key.text) {
        throw Failure.malformedInput("\(event.location): key \"\(key.text)\" again (first in line \(first))")
      }
      let value = try node(try events.next(), events, depth: depth + 1)
      entries.append(YAMLEntry(key: key.text, at: event.location, value: value))
    }
  }
}
