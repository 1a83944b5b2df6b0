import Columns
import Failures
import Testing

@Suite struct GatheringTests {
  /// Runs, repeated rows, backward steps and nothing at all: as one row after the other.
  @Test(arguments: [[], [3], [0, 1, 2, 3, 4, 5], [0, 1, 3, 4, 5], [5, 4, 3], [2, 2, 3, 3, 4], [4, 5, 0, 1]])
  func gathersRowByRow(_ rows: [Int]) {
    let texts: [String?] = ["a", "", nil, "four", "äö", nil]
    let numbers = PrimitiveColumn<Int32>([1, 2, 0, 4, 5, 0], validity: [true, true, false, true, true, false])
    let lists: [[String]?] = [["x"], [], nil, ["y", "z"], ["w"], nil]
    #expect(Column.binary(BinaryColumn(texts)).gathering(rows) == .binary(binary(rows.map { texts[$0] })))
    guard case .int32(let gathered) = Column.int32(numbers).gathering(rows) else { return #expect(Bool(false)) }
    #expect((0..<rows.count).map { gathered[$0] } == rows.map { numbers[$0] })
    guard case .list(let list) = Column.list(ListColumn(lists)).gathering(rows) else { return #expect(Bool(false)) }
    #expect((0..<rows.count).map { list.strings($0) } == rows.map { lists[$0] })
  }

  /// Columns with and without nulls, also without rows, as if each was added to those before.
  @Test(arguments: [[0], [1], [0, 1], [1, 0, 2], [0, 0, 2, 0], [2, 2], [0, 1, 2, 1]])
  func joinsAsAppending(_ order: [Int]) throws {
    let texts = [BinaryColumn(["a", "", "äö"]), BinaryColumn(["b", nil]), BinaryColumn()]
    let numbers = [
      PrimitiveColumn<Int64>([1, 2, 3]), PrimitiveColumn([4, 0], validity: [true, false]), PrimitiveColumn(),
    ]
    let flags = [
      PrimitiveColumn([true, false, true]), PrimitiveColumn([false, false], validity: [false, true]), PrimitiveColumn(),
    ]
    let lists = [ListColumn([["x"], [], ["y", "z"]]), ListColumn([nil, ["w"]]), ListColumn([])]
    for columns in [
      texts.map(Column.binary), numbers.map(Column.int64), flags.map(Column.bool), lists.map(Column.list),
    ] {
      let parts = order.map { columns[$0] }
      var expected = parts[0]
      for part in parts.dropFirst() { try expected.append(contentsOf: part) }
      #expect(try Column(joining: parts) == expected)
    }
    let failure = #expect(throws: Failure.self) { try Column(joining: [.binary(texts[0]), .int64(numbers[0])]) }
    #expect(failure?.kind == .invalidArgument)
  }

  /// A column that says of every row whether it is there, as a gathered one of a column with nulls does.
  private func binary(_ texts: [String?]) -> BinaryColumn {
    let plain = BinaryColumn(texts)
    return BinaryColumn(offsets: plain.offsets, bytes: plain.bytes, validity: texts.map { $0 != nil })
  }
}
