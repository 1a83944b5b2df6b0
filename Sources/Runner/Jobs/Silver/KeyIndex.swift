import Columns
import Hashing

/// Rows of a key column by the bytes of the key: open addressing over hashes, keys compared as bytes.
struct KeyIndex {
  private let keys: BinaryColumn
  private let mask: Int
  /// Row + 1 in each slot, 0 where it is empty. Rows of equal keys lie in one probe sequence.
  private var slots: [Int32]

  /// An index of the rows of `keys` that are not null.
  ///
  /// Precondition: fewer than 2^30 rows.
  init(_ keys: BinaryColumn) {
    precondition(keys.count < 1 << 30, "too many rows for an index")
    self.keys = keys
    var size = 16
    while size < keys.count * 2 { size *= 2 }
    mask = size - 1
    slots = [Int32](repeating: 0, count: size)
    for row in 0..<keys.count where keys.isValid(row) {
      var slot = keys.withUnsafeBytes(row: row) { Self.hash($0) } & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(row + 1)
    }
  }

  /// Calls `body` with each indexed row whose key equals that of `row` of `column`.
  func forEachMatch(of column: BinaryColumn, row: Int, _ body: (Int) -> Void) {
    column.withUnsafeBytes(row: row) { key in
      var slot = Self.hash(key) & mask
      while slots[slot] != 0 {
        let candidate = Int(slots[slot]) - 1
        if keys.withUnsafeBytes(row: candidate, { $0.elementsEqual(key) }) { body(candidate) }
        slot = (slot + 1) & mask
      }
    }
  }

  /// Whether a row is indexed whose key equals that of `row` of `column`; false for null.
  func contains(_ column: BinaryColumn, row: Int) -> Bool {
    var isFound = false
    if column.isValid(row) { forEachMatch(of: column, row: row) { _ in isFound = true } }
    return isFound
  }

  private static func hash(_ key: UnsafeRawBufferPointer) -> Int { Int(truncatingIfNeeded: XXHash64.hash(key) >> 1) }
}
