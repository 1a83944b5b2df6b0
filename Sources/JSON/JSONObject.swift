/// A JSON object: members in the order of the document.
///
/// Duplicate names are kept as they are, so that what was read is written again; look-ups answer with the *last* one,
/// as Jackson and most other readers do. Look-ups are linear: objects of formats are small.
public struct JSONObject: Sendable {
  /// A name and its value.
  public typealias Member = (key: String, value: JSONValue)

  /// All members.
  public private(set) var members: [Member]

  /// An object with these members.
  public init(_ members: [(String, JSONValue)] = []) { self.members = members.map { (key: $0.0, value: $0.1) } }

  /// The number of members.
  public var count: Int { members.count }

  /// True without members.
  public var isEmpty: Bool { members.isEmpty }

  /// The names, in order.
  public var keys: [String] { members.map(\.key) }

  private func lastIndex(of key: String) -> Int? {
    members.lastIndex { $0.key.utf8.elementsEqual(key.utf8) }
  }

  /// A member's value. Setting replaces in place or appends; setting nil removes every member of that name.
  public subscript(key: String) -> JSONValue? {
    get { lastIndex(of: key).map { members[$0].value } }
    set {
      guard let newValue else { return members.removeAll { $0.key.utf8.elementsEqual(key.utf8) } }
      if let index = lastIndex(of: key) {
        members[index].value = newValue
      } else {
        members.append((key: key, value: newValue))
      }
    }
  }

  /// Appends a member without looking whether its name is taken.
  public mutating func append(_ key: String, _ value: JSONValue) {
    members.append((key: key, value: value))
  }
}

extension JSONObject: Equatable {
  /// Whether both have the same members in the same order.
  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    left.members.elementsEqual(right.members) { $0.key.utf8.elementsEqual($1.key.utf8) && $0.value == $1.value }
  }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  /// An object with its members in the order written.
  public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}
