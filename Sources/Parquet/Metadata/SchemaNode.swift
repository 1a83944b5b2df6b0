import Failures

/// The tree that the footer's flattened schema describes.
///
/// https://github.com/apache/parquet-format/blob/master/README.md#nested-encoding
struct SchemaNode {
  let element: SchemaElement
  let children: [SchemaNode]

  var name: String { element.name }
  var repetition: SchemaElement.Repetition { element.repetition ?? .required }
  var isLeaf: Bool { element.type != nil }

  /// The tree of `elements`, which lie in depth-first order. Throws `.malformedInput`, `.limitExceeded`.
  init(_ elements: [SchemaElement], maximumDepth: Int) throws {
    var position = 0
    self = try Self.parse(elements, &position, depth: 0, maximumDepth)
    guard position == elements.count else {
      throw Failure.malformedInput("schema has \(elements.count - position) elements outside its root")
    }
  }

  private init(element: SchemaElement, children: [SchemaNode]) {
    self.element = element
    self.children = children
  }

  private static func parse(
    _ elements: [SchemaElement], _ position: inout Int, depth: Int, _ maximumDepth: Int
  ) throws -> SchemaNode {
    guard depth <= maximumDepth else { throw Failure.limitExceeded("schema nested deeper than \(maximumDepth)") }
    guard position < elements.count else { throw Failure.malformedInput("schema ends early") }
    let element = elements[position]
    position += 1
    let count = element.childCount ?? 0
    guard count >= 0, count <= elements.count - position else {
      throw Failure.malformedInput("schema element \(element.name) has \(count) children")
    }
    if element.type != nil {
      guard count == 0 else { throw Failure.malformedInput("schema element \(element.name) has a type and children") }
      return SchemaNode(element: element, children: [])
    }
    var children: [SchemaNode] = []
    for _ in 0..<count { children.append(try parse(elements, &position, depth: depth + 1, maximumDepth)) }
    return SchemaNode(element: element, children: children)
  }
}
