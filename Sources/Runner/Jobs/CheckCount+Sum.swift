import Quality

extension CheckCount {
  /// A sum to which nothing was added yet.
  init(nothingOf check: CheckCount) {
    self.init(name: check.name, checked: 0, failed: 0, mode: check.mode)
  }

  /// Adds what the same check said of other rows.
  mutating func add(_ other: CheckCount) {
    checked += other.checked
    failed += other.failed
    if error == nil { error = other.error }
  }
}
