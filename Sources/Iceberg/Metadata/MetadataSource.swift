import JSON

/// The members of a metadata file, each still the bytes that were read until it is replaced. Of arrays, elements are.
struct MetadataSource {
  private enum Member {
    case source(JSONNode)
    case value(JSONValue)
    case elements([Element])
  }

  private enum Element {
    case source(JSONNode)
    case value(JSONValue)
  }

  private var members: [(key: String, value: Member)]

  init(_ root: JSONNode) { members = root.members.map { ($0.key, .source($0.value)) } }

  private func position(of key: String) -> Int? { members.lastIndex { $0.key == key } }

  mutating func set(_ key: String, _ value: JSONValue) { set(key, .value(value)) }

  private mutating func set(_ key: String, _ member: Member) {
    if let position = position(of: key) {
      members[position].value = member
    } else {
      members.append((key, member))
    }
  }

  /// Adds an element to the array `key`, which is made where there is none.
  mutating func append(_ element: JSONValue, to key: String) {
    set(key, .elements(elements(of: key) + [.value(element)]))
  }

  /// Keeps the elements of the array `key` for which `isKept` is true; those that were added are.
  mutating func filter(_ key: String, _ isKept: (JSONNode) -> Bool) {
    guard position(of: key) != nil else { return }
    let kept = elements(of: key).filter { element in
      if case .source(let node) = element { isKept(node) } else { true }
    }
    set(key, .elements(kept))
  }

  mutating func dropFirst(_ count: Int, of key: String) {
    set(key, .elements(Array(elements(of: key).dropFirst(count))))
  }

  mutating func keepLast(_ count: Int, of key: String) {
    set(key, .elements(elements(of: key).suffix(count)))
  }

  private func elements(of key: String) -> [Element] {
    switch position(of: key).map({ members[$0].value }) {
    case .source(let node): node.elements.map { .source($0) }
    case .elements(let elements): elements
    case .value(let value): (value.array ?? []).map { .value($0) }
    case nil: []
    }
  }

  /// A string of the object `key` as it will be written.
  func string(_ key: String, _ member: String) -> String? {
    switch position(of: key).map({ members[$0].value }) {
    case .source(let node): node[member]?.string
    case .value(let value): value[member]?.string
    case .elements, nil: nil
    }
  }

  /// The JSON text.
  func serialized() -> [UInt8] {
    var writer = JSONWriter(capacity: 64 << 10)
    writer.beginObject()
    for (key, member) in members {
      writer.key(key)
      switch member {
      case .source(let node): writer.splice(node.bytes)
      case .value(let value): writer.value(value)
      case .elements(let elements):
        writer.beginArray()
        for element in elements {
          switch element {
          case .source(let node): writer.splice(node.bytes)
          case .value(let value): writer.value(value)
          }
        }
        writer.endArray()
      }
    }
    writer.endObject()
    return writer.finish()
  }
}
