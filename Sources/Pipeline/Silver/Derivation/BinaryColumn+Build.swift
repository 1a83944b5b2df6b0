import Columns

extension BinaryColumn {
  /// A column that says one thing in each of `count` rows.
  init(repeating text: String, count: Int) {
    let value = Array(text.utf8)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(value.count * count)
    for _ in 0..<count { bytes += value }
    self.init(offsets: (0...count).map { $0 * value.count }, bytes: bytes)
  }

  /// A column of a few words: each row the word at its code, null where the code is beyond the words.
  init(codes: [UInt8], words: [String]) {
    let values = words.map { Array($0.utf8) }
    var bytes: [UInt8] = []
    var offsets = [0]
    offsets.reserveCapacity(codes.count + 1)
    for code in codes {
      if Int(code) < values.count { bytes += values[Int(code)] }
      offsets.append(bytes.count)
    }
    let hasNull = codes.contains { Int($0) >= values.count }
    self.init(offsets: offsets, bytes: bytes, validity: hasNull ? codes.map { Int($0) < values.count } : nil)
  }

  /// Calls `body` with each row's bytes, nil for a null.
  func forEachRow(_ body: (Int, UnsafeRawBufferPointer?) -> Void) {
    bytes.withUnsafeBytes { bytes in
      for row in 0..<count {
        body(row, isValid(row) ? UnsafeRawBufferPointer(rebasing: bytes[offsets[row]..<offsets[row + 1]]) : nil)
      }
    }
  }
}
