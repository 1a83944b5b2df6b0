import Columns

/// The columns that come from a page's lengths.
struct EditSizes {
  /// Bytes by which an edit is large.
  static let largeEdit: Int32 = 10_240

  var bytesChanged: PrimitiveColumn<Int32>
  var isLarge: PrimitiveColumn<Bool>

  /// A missing length counts as 0.
  init(old: PrimitiveColumn<Int32>, new: PrimitiveColumn<Int32>) {
    let changes = (0..<old.count).map { row in
      Int32(clamping: Int64(new.values[row]) - Int64(old.values[row]))
    }
    bytesChanged = PrimitiveColumn(changes)
    isLarge = PrimitiveColumn(changes.map { $0.magnitude > Self.largeEdit.magnitude })
  }
}
