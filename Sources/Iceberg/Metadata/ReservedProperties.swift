import Failures

/// Names that engines show as properties of a table, or take as wishes, and never store.
enum ReservedProperties {
  private static let names: Set<String> = [
    "format-version", "uuid", "snapshot-count", "current-snapshot-id", "current-snapshot-summary",
    "current-snapshot-timestamp-ms", "current-schema", "default-partition-spec", "default-sort-order",
  ]

  /// Throws `.invalidArgument` naming the first of `keys` that cannot be set.
  static func check(_ keys: some Sequence<String>) throws(Failure) {
    for key in keys where names.contains(key) {
      throw .invalidArgument("\(key) is no property that can be set")
    }
  }
}
