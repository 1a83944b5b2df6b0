/// How much of a column's metrics goes into manifests (Java's `MetricsModes`; property `write.metadata.metrics.…`).
enum MetricsMode: Sendable, Hashable {
  /// Nothing.
  case none
  /// Counts without bounds.
  case counts
  /// Counts, and bounds cut to so many code points or bytes.
  case truncate(Int)
  /// Counts and whole bounds.
  case full

  /// Parses `none`, `counts`, `truncate(16)`, `full`; nil for anything else.
  init?(_ text: String) {
    switch text.lowercased() {
    case "none": self = .none
    case "counts": self = .counts
    case "full": self = .full
    case let text where text.hasPrefix("truncate(") && text.hasSuffix(")"):
      guard let length = Int(text.dropFirst("truncate(".count).dropLast()), length > 0 else { return nil }
      self = .truncate(length)
    default: return nil
    }
  }
}

/// The metrics modes of a table's columns.
struct MetricsModes: Sendable {
  private let modes: [Int32: MetricsMode]

  /// By the table's properties: each column's own, else the default for the first hundred columns, as Java has it.
  init(_ schema: Schema, properties: [String: String]) {
    let fallback = properties["write.metadata.metrics.default"].flatMap(MetricsMode.init) ?? .truncate(16)
    let limit = properties["write.metadata.metrics.max-inferred-column-defaults"].flatMap { Int($0) } ?? 100
    let leaves = schema.allFields.filter { $0.type.primitive != nil && !schema.isRepeated($0.id) }
    var modes: [Int32: MetricsMode] = [:]
    for (position, field) in leaves.enumerated() {
      let own = schema.path(of: field.id).flatMap { properties["write.metadata.metrics.column.\($0)"] }
      modes[field.id] = own.flatMap(MetricsMode.init) ?? (position < limit ? fallback : MetricsMode.none)
    }
    self.modes = modes
  }

  /// The mode of a column; none for anything inside a list or map.
  subscript(fieldID: Int32) -> MetricsMode { modes[fieldID] ?? .none }
}
