/// A column of strings or byte strings: one buffer and the offsets of each row in it.
///
/// Invariant: `offsets` has one entry more than there are rows, begins with 0, never falls, and ends at `bytes.count`;
/// a null row is empty.
public struct BinaryColumn: Sendable, Equatable {
  /// Where each row begins in `bytes`, and after the last one where it ends.
  public private(set) var offsets: [Int]
  /// The rows one after the other.
  public private(set) var bytes: [UInt8]
  /// Whether each row has a value; nil when all have.
  public private(set) var validity: [Bool]?

  /// An empty column.
  public init() {
    offsets = [0]
    bytes = []
    validity = nil
  }

  /// A column over parts made elsewhere.
  ///
  /// Precondition: they keep the invariant above.
  public init(offsets: [Int], bytes: [UInt8], validity: [Bool]? = nil) {
    precondition(offsets.first == 0 && offsets.last == bytes.count, "offsets do not span the bytes")
    precondition(validity == nil || validity?.count == offsets.count - 1, "validity and offsets differ in length")
    self.offsets = offsets
    self.bytes = bytes
    self.validity = validity
  }

  /// A column of strings.
  public init(_ strings: [String?]) {
    self.init()
    for string in strings { append(string) }
  }

  /// The number of rows.
  public var count: Int { offsets.count - 1 }

  /// Whether `row` has a value.
  public func isValid(_ row: Int) -> Bool { validity?[row] ?? true }

  /// The number of nulls.
  public var nullCount: Int { validity?.reduce(0) { $1 ? $0 : $0 + 1 } ?? 0 }

  /// The bytes of `row`, nil where it is null.
  public subscript(row: Int) -> ArraySlice<UInt8>? { isValid(row) ? bytes[offsets[row]..<offsets[row + 1]] : nil }

  /// The text of `row`, nil where it is null. Ill-formed UTF-8 is repaired: for messages and tests, not for data.
  public func string(_ row: Int) -> String? { self[row].map { String(decoding: $0, as: UTF8.self) } }

  /// Calls `body` with the bytes of `row` (empty where it is null) without copying.
  public func withUnsafeBytes<Result>(row: Int, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try bytes.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[offsets[row]..<offsets[row + 1]])) }
  }

  /// Adds a row.
  public mutating func append(_ value: UnsafeRawBufferPointer) {
    bytes.append(contentsOf: value)
    finishRow(valid: true)
  }

  /// Adds a row.
  public mutating func append(_ value: ArraySlice<UInt8>) {
    bytes.append(contentsOf: value)
    finishRow(valid: true)
  }

  /// Adds a row, or a null for nil.
  public mutating func append(_ string: String?) {
    guard var string else { return appendNull() }
    string.withUTF8 { bytes.append(contentsOf: $0) }
    finishRow(valid: true)
  }

  /// Adds a null.
  public mutating func appendNull() {
    if validity == nil { validity = [Bool](repeating: true, count: count) }
    finishRow(valid: false)
  }

  /// Makes room for `rows` more rows of `bytes` bytes in all.
  public mutating func reserve(rows: Int, bytes byteCount: Int) {
    offsets.reserveCapacity(offsets.count + rows)
    bytes.reserveCapacity(bytes.count + byteCount)
  }

  private mutating func finishRow(valid: Bool) {
    offsets.append(bytes.count)
    validity?.append(valid)
  }

  func gathering(_ rows: [Int]) -> Self {
    var ends = [0]
    ends.reserveCapacity(rows.count + 1)
    var end = 0
    for row in rows {
      end += offsets[row + 1] - offsets[row]
      ends.append(end)
    }
    let gathered = [UInt8](unsafeUninitializedCapacity: end) { target, count in
      let target = UnsafeMutableRawBufferPointer(target)
      bytes.withUnsafeBytes { source in
        forEachRun(of: rows) { run in
          let part = UnsafeRawBufferPointer(rebasing: source[offsets[run.lowerBound]..<offsets[run.upperBound]])
          UnsafeMutableRawBufferPointer(rebasing: target[count...]).copyMemory(from: part)
          count += part.count
        }
      }
    }
    return BinaryColumn(offsets: ends, bytes: gathered, validity: validity.map { valid in rows.map { valid[$0] } })
  }

  /// Adds the rows of another column.
  public mutating func append(contentsOf other: Self) {
    validity = joined(validity, count, other.validity, other.count)
    let base = bytes.count
    bytes += other.bytes
    offsets.append(contentsOf: other.offsets.dropFirst().lazy.map { $0 + base })
  }
}
