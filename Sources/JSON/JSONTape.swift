import CSimdjson
import Failures

/// A parsed document: its bytes, its nodes in document order, and the text of strings that had escapes.
///
/// Invariant: made by the parser only, so every range of a node lies inside `bytes`, every `link` and `aux` inside
/// `nodes` or `text`, and all string bytes are valid UTF-8.
final class JSONTape: Sendable {
  let bytes: [UInt8]
  let nodes: [wg_json_node]
  let text: [UInt8]

  /// Parses `bytes` in one call of the shim.
  init(parsing bytes: [UInt8], limits: JSONLimits) throws(Failure) {
    guard bytes.count <= limits.bytes, bytes.count < Int(UInt32.max) else {
      throw .limitExceeded("JSON of \(bytes.count) bytes, more than the limit of \(limits.bytes)")
    }
    var tree = wg_json_tree()
    bytes.withUnsafeBufferPointer { buffer in
      wg_json_tree_parse(buffer.baseAddress, buffer.count, max(limits.depth, 0), max(limits.nodes, 0), &tree)
    }
    defer { wg_json_tree_free(&tree) }
    guard tree.fault == WG_JSON_OK else { throw JSONTape.failure(tree, limits) }
    self.bytes = bytes
    nodes = Array(UnsafeBufferPointer(start: tree.nodes, count: tree.node_count))
    text = Array(UnsafeBufferPointer(start: tree.text, count: tree.text_count))
  }

  private static func failure(_ tree: wg_json_tree, _ limits: JSONLimits) -> Failure {
    let place = "at offset \(tree.fault_offset)"
    switch Int(tree.fault) {
    case WG_JSON_FAULT_DEPTH: return .limitExceeded("JSON nested deeper than \(limits.depth) levels \(place)")
    case WG_JSON_FAULT_NODES: return .limitExceeded("JSON of more than \(limits.nodes) values and names \(place)")
    case WG_JSON_FAULT_MEMORY: return .limitExceeded("no memory left to parse JSON")
    case WG_JSON_FAULT_INTERNAL: return .internalError("JSON scanner fault \(place)")
    default: return .malformedInput("JSON: \(reason(Int(tree.fault))) \(place)")
    }
  }

  private static func reason(_ fault: Int) -> String {
    switch fault {
    case WG_JSON_FAULT_EMPTY: "no value"
    case WG_JSON_FAULT_UTF8: "invalid UTF-8"
    case WG_JSON_FAULT_CONTROL_CHARACTER: "a control character inside a string"
    case WG_JSON_FAULT_UNCLOSED_STRING: "a string that does not end, begun"
    case WG_JSON_FAULT_VALUE: "no value"
    case WG_JSON_FAULT_NUMBER: "a malformed number"
    case WG_JSON_FAULT_ESCAPE: "a malformed escape or lone surrogate"
    case WG_JSON_FAULT_KEY: "a member name was expected"
    case WG_JSON_FAULT_COLON: "a colon was expected"
    case WG_JSON_FAULT_COMMA: "a comma or closing bracket was expected"
    case WG_JSON_FAULT_UNCLOSED: "an array or object that does not end, begun"
    case WG_JSON_FAULT_TRAILING: "more after the value"
    default: "fault \(fault)"
    }
  }

  /// The source of a node.
  func range(_ node: wg_json_node) -> Range<Int> { Int(node.start)..<Int(node.end) }

  /// The index of the first node behind `index` and all that is inside it.
  func end(of index: Int) -> Int {
    let node = nodes[index]
    return Int(node.kind) >= WG_JSON_ARRAY ? Int(node.link) : index + 1
  }

  /// The UTF-8 of a string node.
  func utf8(_ node: wg_json_node) -> ArraySlice<UInt8> {
    if Int(node.kind) == WG_JSON_ESCAPED_STRING {
      return text[Int(node.aux)..<Int(node.aux) + Int(node.link)]
    }
    return bytes[Int(node.start) + 1..<Int(node.end) - 1]
  }

  /// A string node's value.
  func string(_ node: wg_json_node) -> String { String(decoding: utf8(node), as: UTF8.self) }

  /// A number node's value.
  func number(_ node: wg_json_node) -> JSONValue {
    let source = bytes[range(node)]
    if Int(node.kind) == WG_JSON_INTEGER, let value = JSONTape.integer(source) { return .integer(value) }
    return .number(JSONNumber(checked: String(decoding: source, as: UTF8.self)))
  }

  /// The integer that checked digits stand for; nil beyond 64 bits.
  static func integer(_ digits: ArraySlice<UInt8>) -> Int64? {
    let isNegative = digits.first == UInt8(ascii: "-")
    var value: Int64 = 0
    for byte in isNegative ? digits.dropFirst() : digits {
      let digit = Int64(byte &- UInt8(ascii: "0"))
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) =
        isNegative ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
      guard !overflow, !carry else { return nil }
      value = sum
    }
    return value
  }
}
