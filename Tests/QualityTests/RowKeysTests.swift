import Columns
import Quality
import Testing

/// A small generator with a fixed sequence (xorshift64).
struct Sequence64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}

@Test("First rows are those that a dictionary finds", arguments: 1...40)
func firstRows(_ seed: Int) {
  var random = Sequence64(state: UInt64(seed) &* 0x9e37_79b9_7f4a_7c15)
  let count = Int.random(in: 0...200, using: &random)
  let texts = (0..<count).map { _ in
    Int.random(in: 0..<10, using: &random) == 0 ? nil : String(Int.random(in: 0..<20, using: &random))
  }
  let numbers = (0..<count).map { _ in Int64.random(in: 0..<3, using: &random) }
  let rows = (0..<count).filter { _ in Bool.random(using: &random) }.shuffled(using: &random)
  var expected = Array(0..<count)
  var seen: [[String]: Int] = [:]
  for row in rows {
    guard let text = texts[row] else { continue }
    let key = [text, String(numbers[row])]
    if let first = seen[key] { expected[row] = first } else { seen[key] = row }
  }
  let keys = RowKeys([.binary(BinaryColumn(texts)), .int64(PrimitiveColumn(numbers))])
  #expect(keys.firstRows(among: rows) == expected)
}

@Test("Keys of every type are compared by value")
func everyType() {
  let columns: [Column] = [
    .bool(PrimitiveColumn([true, false, true])), .int32(PrimitiveColumn([1, 2, 1])),
    .int64(PrimitiveColumn([1, 2, 1])),
    .float(PrimitiveColumn([1, 2, 1])), .double(PrimitiveColumn([1, 2, 1])), .binary(BinaryColumn(["a", "b", "a"])),
    .list(ListColumn([["a"], ["b"], ["a"]])),
  ]
  for column in columns { #expect(RowKeys([column]).firstRows(among: [0, 1, 2]) == [0, 1, 0]) }
  #expect(RowKeys(columns).firstRows(among: [2, 1, 0]) == [2, 1, 2])
  #expect(RowKeys([]).firstRows(among: []).isEmpty)
}

@Test("Rows in the order of their keys have no equals, and an equal neighbour is still found", arguments: 0..<20)
func sortedRows(_ seed: Int) {
  var random = Sequence64(state: UInt64(seed + 1) &* 0x9e37_79b9_7f4a_7c15)
  let keys = Set((0..<50).map { _ in String(Int.random(in: 0..<200, using: &random)) }).sorted {
    Array($0.utf8).lexicographicallyPrecedes($1.utf8)
  }
  let flags = (0..<keys.count * 2).map { $0 % 2 == 1 }
  let doubled = keys.flatMap { [$0, $0] }
  let sorted = RowKeys([.binary(BinaryColumn(doubled)), .bool(PrimitiveColumn(flags))])
  #expect(sorted.firstRows(among: Array(doubled.indices)) == Array(doubled.indices))
  let repeated = RowKeys([.binary(BinaryColumn(doubled)), .int32(PrimitiveColumn(doubled.map { _ in 7 }))])
  #expect(repeated.firstRows(among: Array(doubled.indices)) == doubled.indices.map { $0 / 2 * 2 })
  let backwards = RowKeys([.binary(BinaryColumn(doubled)), .bool(PrimitiveColumn(flags))])
  #expect(backwards.firstRows(among: doubled.indices.reversed()) == Array(doubled.indices))
}
