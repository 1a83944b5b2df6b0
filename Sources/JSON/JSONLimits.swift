/// What a parse accepts at most, so that hostile input costs bounded memory and stack.
public struct JSONLimits: Sendable {
  /// The document's length in bytes; never more than 4 GiB - 1, whatever is set.
  public var bytes: Int
  /// Arrays and objects inside each other. Materialising a value and releasing it recurse this deep.
  public var depth: Int
  /// Values and member names together.
  public var nodes: Int

  /// 512 MiB, 128 levels, 64 million nodes.
  public init(bytes: Int = 512 << 20, depth: Int = 128, nodes: Int = 64 << 20) {
    self.bytes = bytes
    self.depth = depth
    self.nodes = nodes
  }
}
