import Quality

extension CheckCount {
  /// Adds what the same check said of other rows.
  mutating func add(_ other: CheckCount) {
    checked += other.checked
    failed += other.failed
  }
}
