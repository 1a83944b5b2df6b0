/// The way from a top-level field to one of its leaves.
///
/// Definition and repetition levels follow from it alone, whatever layout a writer chose for lists and maps:
/// https://github.com/apache/parquet-format/blob/master/README.md#nested-encoding
struct LeafPath: Hashable {
  /// A group on the way.
  enum Step: Hashable {
    /// A group; the way goes on at one of its fields.
    case structure(isOptional: Bool, field: Int)
    /// A list; the way goes on at its elements.
    case list(isOptional: Bool)
    /// A map, stored as a list of entries; the way goes on at their keys or values.
    case map(isOptional: Bool, isValue: Bool)

    var isOptional: Bool {
      switch self {
      case .structure(let isOptional, _), .list(let isOptional), .map(let isOptional, _): isOptional
      }
    }

    /// Whether what lies behind is there any number of times.
    var isRepeated: Bool {
      if case .structure = self { false } else { true }
    }
  }

  /// The groups from the top-level field down; none where that is the leaf.
  let steps: [Step]
  /// Whether the leaf itself may be null.
  let isLeafOptional: Bool
}

extension ParquetField {
  /// The ways to all leaves, in the order in which these are stored.
  var leafPaths: [LeafPath] {
    var paths: [LeafPath] = []
    collect([], into: &paths)
    return paths
  }

  private func collect(_ steps: [LeafPath.Step], into paths: inout [LeafPath]) {
    let isOptional = !isRequired
    switch type {
    case .group(let fields):
      for (position, field) in fields.enumerated() {
        field.collect(steps + [.structure(isOptional: isOptional, field: position)], into: &paths)
      }
    case .list(let element): element.collect(steps + [.list(isOptional: isOptional)], into: &paths)
    case .map(let key, let value):
      key.collect(steps + [.map(isOptional: isOptional, isValue: false)], into: &paths)
      value.collect(steps + [.map(isOptional: isOptional, isValue: true)], into: &paths)
    default: paths.append(LeafPath(steps: steps, isLeafOptional: isOptional))
    }
  }

  /// The number of leaves.
  var leafCount: Int {
    switch type {
    case .group(let fields): fields.reduce(0) { $0 + $1.leafCount }
    case .list(let element): element.leafCount
    case .map(let key, let value): key.leafCount + value.leafCount
    default: 1
    }
  }
}
