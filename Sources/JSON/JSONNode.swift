import CSimdjson

/// A value inside a `JSONDocument`, not yet made.
public struct JSONNode: Sendable {
  let tape: JSONTape
  let index: Int

  private var node: wg_json_node { tape.nodes[index] }
  private var kind: Int { Int(node.kind) }

  /// Where the value lies in the document's bytes, quotes and brackets included, surrounding white space not.
  public var byteRange: Range<Int> { tape.range(node) }

  /// The value's source.
  public var bytes: ArraySlice<UInt8> { tape.bytes[byteRange] }

  /// True for `null`.
  public var isNull: Bool { kind == WG_JSON_NULL }

  /// True for an object.
  public var isObject: Bool { kind == WG_JSON_OBJECT }

  /// True for an array.
  public var isArray: Bool { kind == WG_JSON_ARRAY }

  /// The string; nil for anything else.
  public var string: String? {
    kind == WG_JSON_STRING || kind == WG_JSON_ESCAPED_STRING ? tape.string(node) : nil
  }

  /// The integer within 64 bits; nil for anything else.
  public var int64: Int64? {
    kind == WG_JSON_INTEGER ? JSONTape.integer(bytes) : nil
  }

  /// The number of elements or members; 0 for a scalar.
  public var count: Int { kind >= WG_JSON_ARRAY ? Int(node.aux) : 0 }

  /// The elements of an array, in order; none for anything else.
  public var elements: [JSONNode] {
    guard isArray else { return [] }
    var result: [JSONNode] = []
    result.reserveCapacity(count)
    let end = tape.end(of: index)
    var next = index + 1
    while next < end {
      result.append(JSONNode(tape: tape, index: next))
      next = tape.end(of: next)
    }
    return result
  }

  /// The members of an object, in order and with duplicates; none for anything else.
  public var members: [(key: String, value: JSONNode)] {
    guard isObject else { return [] }
    var result: [(key: String, value: JSONNode)] = []
    result.reserveCapacity(count)
    let end = tape.end(of: index)
    var next = index + 1
    while next < end {
      result.append((key: tape.string(tape.nodes[next]), value: JSONNode(tape: tape, index: next + 1)))
      next = tape.end(of: next + 1)
    }
    return result
  }

  /// The last member of that name; nil when this is no object or has none.
  public subscript(key: String) -> JSONNode? {
    guard isObject else { return nil }
    var found: JSONNode?
    let end = tape.end(of: index)
    var next = index + 1
    while next < end {
      if tape.utf8(tape.nodes[next]).elementsEqual(key.utf8) { found = JSONNode(tape: tape, index: next + 1) }
      next = tape.end(of: next + 1)
    }
    return found
  }

  /// The value in memory, with all that is inside it.
  public var value: JSONValue {
    switch kind {
    case WG_JSON_NULL: .null
    case WG_JSON_FALSE: .bool(false)
    case WG_JSON_TRUE: .bool(true)
    case WG_JSON_INTEGER, WG_JSON_NUMBER: tape.number(node)
    case WG_JSON_STRING, WG_JSON_ESCAPED_STRING: .string(tape.string(node))
    case WG_JSON_ARRAY: .array(elements.map(\.value))
    default: .object(JSONObject(members.map { ($0.key, $0.value.value) }))
    }
  }
}
