/// A column of maps: the keys and the values of all rows one after the other, and the offsets of each row in them.
///
/// Invariant: as for `ListColumn`, with as many values as keys. Keys are never null; whether they are unique is the
/// writer's affair.
public struct MapColumn: Sendable, Equatable {
  /// Where each row's entries begin, and after the last one where they end.
  public private(set) var offsets: [Int]
  /// The keys of all rows.
  public private(set) var keys: Column
  /// The values of all rows.
  public private(set) var values: Column
  /// Whether each row has a map; nil when all have.
  public private(set) var validity: [Bool]?

  /// A column over parts made elsewhere.
  ///
  /// Precondition: they keep the invariant above.
  public init(offsets: [Int], keys: Column, values: Column, validity: [Bool]? = nil) {
    precondition(offsets.first == 0 && offsets.last == keys.count, "offsets do not span the keys")
    precondition(keys.count == values.count, "keys and values differ in number")
    precondition(validity == nil || validity?.count == offsets.count - 1, "validity and offsets differ in length")
    self.offsets = offsets
    self.keys = keys
    self.values = values
    self.validity = validity
  }

  /// The number of rows.
  public var count: Int { offsets.count - 1 }

  /// Whether `row` has a map.
  public func isValid(_ row: Int) -> Bool { validity?[row] ?? true }

  /// The range of `row`'s entries.
  public func range(_ row: Int) -> Range<Int> { offsets[row]..<offsets[row + 1] }

  func gathering(_ rows: [Int]) -> Self {
    var offsets = [0]
    var wanted: [Int] = []
    for row in rows {
      wanted.append(contentsOf: range(row))
      offsets.append(wanted.count)
    }
    return MapColumn(
      offsets: offsets, keys: keys.gathering(wanted), values: values.gathering(wanted),
      validity: validity.map { valid in rows.map { valid[$0] } })
  }

  mutating func append(contentsOf other: Self) throws {
    validity = joined(validity, count, other.validity, other.count)
    let base = keys.count
    try keys.append(contentsOf: other.keys)
    try values.append(contentsOf: other.values)
    offsets.append(contentsOf: other.offsets.dropFirst().lazy.map { $0 + base })
  }
}
