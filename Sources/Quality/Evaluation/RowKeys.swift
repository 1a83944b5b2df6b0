public import Columns
import Glibc

/// Finds rows of a batch with equal keys.
///
/// Keys are compared by bytes and value; a row with a null in its key is equal to none.
public struct RowKeys {
  private let columns: [Column]
  private let rowCount: Int

  /// Keys made of `columns`, which have one length.
  public init(_ columns: [Column]) {
    self.columns = columns
    rowCount = columns.first?.count ?? 0
  }

  /// For each row the first of `rows` that has its key, itself where there is none before it. Rows outside `rows` stand
  /// for themselves.
  public func firstRows(among rows: [Int]) -> [Int] {
    var result = Array(0..<rowCount)
    if areAscending(rows) { return result }
    let capacity = max(16, (rows.count * 2).nextPowerOfTwo)
    // A slot holds a row and 32 bits of its hash beside it, so that other rows' keys are hardly ever looked at; 0 is empty.
    var slots = [UInt64](repeating: 0, count: capacity)
    for row in rows where !hasNull(row) {
      let hash = UInt64(truncatingIfNeeded: hash(row))
      let entry = (hash & 0xffff_ffff_0000_0000) | UInt64(row + 1)
      var slot = Int(truncatingIfNeeded: hash) & (capacity - 1)
      while slots[slot] != 0, !(slots[slot] ^ entry <= 0xffff_ffff && areEqual(Self.row(of: slots[slot]), row)) {
        slot = (slot + 1) & (capacity - 1)
      }
      if slots[slot] == 0 { slots[slot] = entry } else { result[row] = Self.row(of: slots[slot]) }
    }
    return result
  }

  /// Whether each row's key comes after the one before it, so that no two are equal: rows of a sorted table need no index. False where
  /// a key may be null or has no order.
  private func areAscending(_ rows: [Int]) -> Bool {
    guard columns.allSatisfy({ $0.validity == nil }) else { return false }
    return zip(rows, rows.dropFirst()).allSatisfy { isLess($0, $1) }
  }

  private func isLess(_ first: Int, _ second: Int) -> Bool {
    for column in columns {
      let order =
        switch column {
        case .binary(let binary): binary.order(first, second)
        case .bool(let values): (values.values[first] ? 1 : 0) - (values.values[second] ? 1 : 0)
        case .int32(let values): Self.order(values.values[first], values.values[second])
        case .int64(let values): Self.order(values.values[first], values.values[second])
        case .float, .double, .int128, .list, .structure, .map: 1
        }
      if order != 0 { return order < 0 }
    }
    return false
  }

  private static func order<Value: Comparable>(_ first: Value, _ second: Value) -> Int {
    first < second ? -1 : first == second ? 0 : 1
  }

  private static func row(of entry: UInt64) -> Int { Int(entry & 0xffff_ffff) - 1 }

  private func hasNull(_ row: Int) -> Bool {
    for column in columns where !column.isValid(row) { return true }
    return false
  }

  private func hash(_ row: Int) -> Int {
    var hasher = Hasher()
    for column in columns {
      switch column {
      case .binary(let binary): binary.withUnsafeBytes(row: row) { hasher.combine(bytes: $0) }
      case .bool(let values): hasher.combine(values.values[row])
      case .int32(let values): hasher.combine(values.values[row])
      case .int64(let values): hasher.combine(values.values[row])
      case .float(let values): hasher.combine(values.values[row])
      case .double(let values): hasher.combine(values.values[row])
      case .int128(let values): hasher.combine(values.values[row])
      case .list(let lists): hasher.combine(lists.range(row).count)
      case .map(let maps): hasher.combine(maps.range(row).count)
      case .structure: break  // all the same; areEqual tells them apart
      }
    }
    return hasher.finalize()
  }

  private func areEqual(_ first: Int, _ second: Int) -> Bool {
    columns.allSatisfy { column in
      switch column {
      case .binary(let binary): binary.equalRows(first, second)
      case .bool(let values): values.values[first] == values.values[second]
      case .int32(let values): values.values[first] == values.values[second]
      case .int64(let values): values.values[first] == values.values[second]
      case .float(let values): values.values[first] == values.values[second]
      case .double(let values): values.values[first] == values.values[second]
      case .int128(let values): values.values[first] == values.values[second]
      case .list, .structure, .map: column.gathering([first]) == column.gathering([second])
      }
    }
  }
}

extension BinaryColumn {
  fileprivate func equalRows(_ first: Int, _ second: Int) -> Bool {
    withUnsafeBytes(row: first) { left in withUnsafeBytes(row: second) { left.elementsEqual($0) } }
  }

  /// Below, at or above 0 as the first row's bytes come before, are, or come after the second's.
  fileprivate func order(_ first: Int, _ second: Int) -> Int {
    bytes.withUnsafeBytes { bytes in
      let (left, right) = (offsets[first]..<offsets[first + 1], offsets[second]..<offsets[second + 1])
      guard let base = bytes.baseAddress else { return 0 }
      let order = memcmp(base + left.lowerBound, base + right.lowerBound, min(left.count, right.count))
      return order != 0 ? Int(order) : left.count - right.count
    }
  }
}

extension Int {
  fileprivate var nextPowerOfTwo: Int { self <= 1 ? 1 : 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount) }
}
