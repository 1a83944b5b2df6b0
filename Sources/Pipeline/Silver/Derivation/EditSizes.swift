import Columns

/// The columns that come from a page's lengths.
struct EditSizes {
  var bytesChanged: PrimitiveColumn<Int32>
  var isLarge: PrimitiveColumn<Bool>

  /// A missing length counts as 0; an edit is large when it changes more than `largeEdit` bytes.
  init(old: PrimitiveColumn<Int32>, new: PrimitiveColumn<Int32>, largeEdit: Int) {
    let changes = (0..<old.count).map { row in
      Int32(clamping: Int64(new.values[row]) - Int64(old.values[row]))
    }
    bytesChanged = PrimitiveColumn(changes)
    isLarge = PrimitiveColumn(changes.map { Int($0).magnitude > largeEdit })
  }
}
