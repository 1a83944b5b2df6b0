/// A column of lists: the elements of all rows one after the other, and the offsets of each row in them.
///
/// Invariant: as for `BinaryColumn`, with elements for bytes.
public struct ListColumn: Sendable, Equatable {
  /// Where each row's elements begin, and after the last one where they end.
  public private(set) var offsets: [Int]
  /// The elements of all rows.
  public private(set) var elements: Column
  /// Whether each row has a list; nil when all have.
  public private(set) var validity: [Bool]?

  /// A column over parts made elsewhere.
  ///
  /// Precondition: they keep the invariant above.
  public init(offsets: [Int], elements: Column, validity: [Bool]? = nil) {
    precondition(offsets.first == 0 && offsets.last == elements.count, "offsets do not span the elements")
    precondition(validity == nil || validity?.count == offsets.count - 1, "validity and offsets differ in length")
    self.offsets = offsets
    self.elements = elements
    self.validity = validity
  }

  /// A column of lists of strings.
  public init(_ rows: [[String]?]) {
    var offsets = [0]
    var elements = BinaryColumn()
    for row in rows {
      for element in row ?? [] { elements.append(element) }
      offsets.append(elements.count)
    }
    let hasNull = rows.contains { $0 == nil }
    self.init(offsets: offsets, elements: .binary(elements), validity: hasNull ? rows.map { $0 != nil } : nil)
  }

  /// The number of rows.
  public var count: Int { offsets.count - 1 }

  /// Whether `row` has a list.
  public func isValid(_ row: Int) -> Bool { validity?[row] ?? true }

  /// The range of `row`'s elements.
  public func range(_ row: Int) -> Range<Int> { offsets[row]..<offsets[row + 1] }

  /// The strings of `row`, nil where it is null or the elements are not binary.
  public func strings(_ row: Int) -> [String]? {
    guard isValid(row), case .binary(let values) = elements else { return nil }
    return range(row).map { values.string($0) ?? "" }
  }

  func gathering(_ rows: [Int]) -> Self {
    var offsets = [0]
    var wanted: [Int] = []
    for row in rows {
      wanted.append(contentsOf: range(row))
      offsets.append(wanted.count)
    }
    return ListColumn(
      offsets: offsets, elements: elements.gathering(wanted), validity: validity.map { valid in rows.map { valid[$0] } }
    )
  }

  mutating func append(contentsOf other: Self) throws {
    validity = joined(validity, count, other.validity, other.count)
    let base = elements.count
    try elements.append(contentsOf: other.elements)
    offsets.append(contentsOf: other.offsets.dropFirst().lazy.map { $0 + base })
  }
}
