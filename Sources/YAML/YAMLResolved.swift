/// What a reader made of a document: every key that was asked for, in the order it was asked, with the value in
/// canonical units (durations in seconds, sizes in bytes). Two files that mean the same resolve to the same value.
public indirect enum YAMLResolved: Sendable, Hashable {
  /// A key without a value.
  case null
  /// A switch.
  case boolean(Bool)
  /// An integer, a size, or whole seconds.
  case integer(Int64)
  /// A finite number.
  case number(Double)
  /// A text.
  case string(String)
  /// Items in order.
  case list([YAMLResolved])
  /// Keys in the order in which they were read.
  case section([Member])

  /// A key and what it resolved to.
  public struct Member: Sendable, Hashable {
    /// The key.
    public let key: String
    /// The value.
    public let value: YAMLResolved

    /// A member.
    public init(key: String, value: YAMLResolved) {
      self.key = key
      self.value = value
    }
  }
}

extension YAMLResolved {
  /// The paths of all keys that hold a value of their own or a list, and of sections, outermost first. Items of lists
  /// have no path.
  public func paths(below prefix: [String] = []) -> [[String]] {
    guard case .section(let members) = self else { return [] }
    return members.flatMap { [prefix + [$0.key]] + $0.value.paths(below: prefix + [$0.key]) }
  }

  /// The value at `path`, nil when there is none.
  public subscript(path: some Collection<String>) -> YAMLResolved? {
    guard let key = path.first else { return self }
    guard case .section(let members) = self else { return nil }
    return members.first { $0.key == key }?.value[path.dropFirst()]
  }

  /// The value as JSON text (RFC 8259) without spaces, keys in their order, numbers in their shortest form that reads
  /// back the same.
  public var json: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .null: text += "null"
    case .boolean(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .number(let value): text += String(value)
    case .string(let value): Self.quote(value, to: &text)
    case .list(let items):
      text += "["
      for (index, item) in items.enumerated() {
        if index > 0 { text += "," }
        item.write(to: &text)
      }
      text += "]"
    case .section(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { text += "," }
        Self.quote(member.key, to: &text)
        text += ":"
        member.value.write(to: &text)
      }
      text += "}"
    }
  }

  private static func quote(_ value: String, to text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\0"..<" ":
        let hex = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
