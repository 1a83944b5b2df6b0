import YAML

/// Texts with a form of their own.
extension YAMLReader {
  /// A topic's name as Kafka allows it: 1 to 249 of letters, digits, `.`, `_` and `-`.
  func topic(_ key: String) throws -> String {
    let name = try string(key)
    guard Self.isTopic(name) else {
      throw failure(key, "is \"\(name)\", no topic name (letters, digits, \".\", \"_\" and \"-\")")
    }
    return name
  }

  /// A topic's name, nil when it is empty.
  func optionalTopic(_ key: String) throws -> String? {
    guard let name = try optionalString(key) else { return nil }
    guard Self.isTopic(name) else {
      throw failure(key, "is \"\(name)\", no topic name (letters, digits, \".\", \"_\" and \"-\")")
    }
    return name
  }

  /// A text that can stand in an HTTP header: visible ASCII and spaces.
  func headerText(_ key: String) throws -> String {
    let text = try string(key)
    guard Self.isHeaderText(text) else { throw failure(key, "must be of visible ASCII characters") }
    return text
  }

  /// A text that can stand in an HTTP header, nil when it is empty.
  func optionalHeaderText(_ key: String) throws -> String? {
    guard let text = try optionalString(key) else { return nil }
    guard Self.isHeaderText(text) else { throw failure(key, "must be of visible ASCII characters") }
    return text
  }

  /// A name of columns, tables, namespaces: letters, digits and `_`.
  func identifier(_ key: String) throws -> String {
    let name = try string(key)
    guard name.utf8.allSatisfy(Self.isIdentifierByte) else {
      throw failure(key, "is \"\(name)\", not a name of letters, digits and \"_\"")
    }
    return name
  }

  /// An HTTP URL; nil when it is empty and not required.
  func url(_ key: String, isRequired: Bool) throws -> String? {
    guard let text = try isRequired ? string(key) : optionalString(key) else { return nil }
    guard text.hasPrefix("https://") || text.hasPrefix("http://") else {
      throw failure(key, "must begin with https:// or http://")
    }
    return text
  }

  static func isIdentifierByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private static func isTopic(_ name: String) -> Bool {
    name.utf8.count <= 249 && name != "." && name != ".."
      && name.utf8.allSatisfy { isIdentifierByte($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
  }

  private static func isHeaderText(_ text: String) -> Bool {
    text.utf8.allSatisfy { (UInt8(ascii: " ")...UInt8(ascii: "~")).contains($0) }
  }
}
