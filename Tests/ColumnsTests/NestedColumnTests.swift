import Columns
import Failures
import Testing

@Suite struct NestedColumnTests {
  private let type = ColumnType.structure([
    ColumnField("a", .int, isRequired: true),
    ColumnField("m", .map(key: .string, value: .decimal(precision: 20, scale: 2))),
    ColumnField("l", .list(.structure([ColumnField("u", .uuid), ColumnField("t", .time)]))),
  ])

  /// Three rows: a structure, a null, another structure.
  private func sample() -> Column {
    let ints = Column.int32(PrimitiveColumn([1, 0, 3], validity: [true, false, true]))
    let maps = Column.map(
      MapColumn(
        offsets: [0, 2, 2, 3], keys: .binary(BinaryColumn(["x", "y", "z"])),
        values: .int128(PrimitiveColumn([1 << 100, 0, -7], validity: [true, false, true])),
        validity: [true, false, true]))
    let elements = StructColumn(
      columns: [.binary(BinaryColumn(["u", nil])), .int64(PrimitiveColumn([5, 0], validity: [true, false]))],
      count: 2, validity: [true, false])
    let lists = Column.list(
      ListColumn(offsets: [0, 0, 0, 2], elements: .structure(elements), validity: [true, false, true]))
    return .structure(StructColumn(columns: [ints, maps, lists], count: 3, validity: [true, false, true]))
  }

  @Test func emptyAndNullColumnsHaveTheTypesForm() throws {
    #expect(type.emptyColumn.count == 0)
    let nulls = type.nulls(4)
    #expect(nulls.count == 4 && nulls.validity == [false, false, false, false])
    guard case .structure(let structure) = nulls else { throw Failure.notFound("no structure") }
    #expect(structure.columns.count == 3 && structure.columns.allSatisfy { $0.validity == nulls.validity })
    var joined = type.emptyColumn
    try joined.append(contentsOf: sample())
    try joined.append(contentsOf: nulls)
    #expect(joined.count == 7 && joined.gathering([0, 1, 2]) == sample())
  }

  @Test func everyTypeHasAnEmptyAndANullColumn() throws {
    let types: [ColumnType] = [
      .boolean, .int, .long, .float, .double, .date, .timestamptz, .timestamp, .time, .decimal(precision: 9, scale: 0),
      .uuid, .fixed(3), .string, .binary, .list(.int), .map(key: .int, value: .uuid), .structure([]), type,
    ]
    for type in types {
      var column = type.emptyColumn
      #expect(column.count == 0 && column.validity == nil)
      try column.append(contentsOf: type.nulls(2))
      #expect(column.count == 2 && !column.isValid(1))
    }
  }

  @Test func gatheringTakesEntriesAndFieldsAlong() throws {
    guard case .structure(let picked) = sample().gathering([2, 0, 2, 1]) else { throw Failure.notFound("no structure") }
    #expect(picked.count == 4 && picked.validity == [true, true, true, false] && !picked.isValid(3))
    guard case .map(let maps) = picked.columns[1], case .list(let lists) = picked.columns[2] else {
      throw Failure.notFound("no map or list")
    }
    #expect(maps.offsets == [0, 1, 3, 4, 4] && maps.keys == .binary(BinaryColumn(["z", "x", "y", "z"])))
    #expect(maps.values.validity == [true, true, false, true] && maps.range(1) == 1..<3 && maps.isValid(0))
    #expect(lists.offsets == [0, 2, 2, 4, 4] && lists.elements.count == 4)
  }

  @Test func othersCannotBeJoined() throws {
    var column = sample()
    #expect(throws: Failure.self) { try column.append(contentsOf: .int32(PrimitiveColumn([1]))) }
    #expect(column == sample(), "and are left as they were")
    var narrow = ColumnType.structure([ColumnField("a", .int)]).emptyColumn
    #expect(throws: Failure.self) { try narrow.append(contentsOf: column) }
  }
}
