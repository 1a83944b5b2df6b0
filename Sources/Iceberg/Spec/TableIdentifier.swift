/// The name of a table in a catalog.
public struct TableIdentifier: Sendable, Hashable {
  /// The levels of the namespace.
  public let namespace: [String]
  /// The table's own name.
  public let name: String

  /// A name.
  public init(namespace: [String], name: String) {
    self.namespace = namespace
    self.name = name
  }
}

extension TableIdentifier: CustomStringConvertible {
  /// Namespace and name joined with dots.
  public var description: String { (namespace + [name]).joined(separator: ".") }
}
