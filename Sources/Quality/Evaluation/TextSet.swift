import Columns

/// A few byte strings to look values up in: by length first, then by bytes.
struct TextSet {
  private let values: [[UInt8]]

  init(_ values: [String]) { self.values = values.map { Array($0.utf8) } }

  /// Whether `row` has one of the values; a null has none.
  func contains(_ column: BinaryColumn, _ row: Int) -> Bool {
    guard column.isValid(row) else { return false }
    return column.withUnsafeBytes(row: row) { bytes in
      for value in values where value.count == bytes.count && bytes.elementsEqual(value) { return true }
      return false
    }
  }
}

/// Whether `row` is made of ASCII digits, at least one.
func isDigits(_ column: BinaryColumn, _ row: Int) -> Bool {
  column.withUnsafeBytes(row: row) { bytes in
    !bytes.isEmpty && bytes.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
  }
}
