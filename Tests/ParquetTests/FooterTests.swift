import Failures
import Parquet
import Testing

/// Footers made byte by byte: what no writer makes and an attacker might.
/// https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
@Suite struct FooterTests {
  /// A file that is nothing but this footer.
  private func file(_ footer: [UInt8]) -> [UInt8] {
    let length = UInt32(footer.count)
    let bytes = (0..<4).map { UInt8(truncatingIfNeeded: length >> (8 * UInt32($0))) }
    return Array("PAR1".utf8) + footer + bytes + Array("PAR1".utf8)
  }

  private func varint(_ value: Int) -> [UInt8] {
    value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7F) | 0x80] + varint(value >> 7)
  }

  /// A group of one child: field 4 its name, field 5 the number of children.
  private let group: [UInt8] = [0x48, 1, 0x61, 0x15, 2, 0]
  /// A leaf: field 1 its type, field 3 its repetition, field 4 its name.
  private func leaf(type: UInt8) -> [UInt8] { [0x15, type << 1, 0x25, 2, 0x18, 1, 0x62, 0] }

  private func schema(_ elements: [[UInt8]]) -> [UInt8] {
    [0x29, 0xFC] + varint(elements.count) + elements.flatMap { $0 }
  }

  private func failure(_ footer: [UInt8]) -> Failure? {
    #expect(throws: Failure.self) { try reader(file(footer)) }
  }

  @Test func theSmallestFooter() throws {
    let footer = schema([group, leaf(type: 2)]) + [0]
    let metadata = try reader(file(footer)).metadata
    #expect(metadata.schema.fields == [ParquetField("b", .int64)])
    #expect(metadata.rowGroups.isEmpty && metadata.rowCount == 0 && metadata.createdBy == nil)
  }

  @Test func aSchemaTenThousandDeep() {
    let elements = [[UInt8]](repeating: group, count: 10_000) + [leaf(type: 2)]
    #expect(failure(schema(elements) + [0])?.kind == .limitExceeded)
  }

  @Test func structsTenThousandDeep() {
    #expect(failure([UInt8](repeating: 0x1C, count: 10_000))?.kind == .limitExceeded)
    #expect(failure([0xF9] + [UInt8](repeating: 0x19, count: 10_000))?.kind == .limitExceeded)
  }

  @Test(arguments: [
    [0x29, 0xFC, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F],
    [0x29, 0xFC, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
    [0x68, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [0x1F, 0], [0x10, 0], [0x0C], [0xF5], [],
  ])
  func countsAndTypesThatLie(footer: [Int]) {
    #expect(failure(footer.map { UInt8($0) })?.kind == .malformedInput)
  }

  @Test func schemasThatAreNoTrees() {
    #expect(failure([0])?.kind == .malformedInput, "no schema")
    #expect(failure(schema([leaf(type: 2)]) + [0])?.kind == .malformedInput, "a root with a type")
    #expect(failure(schema([group]) + [0])?.kind == .malformedInput, "a child that is not there")
    #expect(failure(schema([group, leaf(type: 2), leaf(type: 2)]) + [0])?.kind == .malformedInput, "two roots")
    #expect(failure(schema([group, leaf(type: 8)]) + [0])?.kind == .malformedInput, "type 8")
    #expect(failure(schema([group, leaf(type: 7)]) + [0])?.kind == .malformedInput, "fixed length without length")
    let negative: [UInt8] = [0x48, 1, 0x61, 0x15, 1, 0]
    #expect(failure(schema([negative]) + [0])?.kind == .malformedInput, "-1 children")
  }

  /// An element of field 1 its type, 3 its repetition (0 required, 1 optional, 2 repeated), 4 its name, 5 its children, 6 its
  /// converted type and 10 its logical type.
  private func element(
    _ name: String, type: UInt8? = nil, _ repetition: UInt8, children: UInt8? = nil, converted: UInt8? = nil,
    logical: [UInt8]? = nil
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    var last: UInt8 = 0
    func field(_ id: UInt8, _ kind: UInt8, _ value: [UInt8]) {
      bytes += [(id - last) << 4 | kind] + value
      last = id
    }
    if let type { field(1, 5, [type << 1]) }
    field(3, 5, [repetition << 1])
    field(4, 8, [UInt8(name.utf8.count)] + Array(name.utf8))
    if let children { field(5, 5, [children << 1]) }
    if let converted { field(6, 5, [converted << 1]) }
    if let logical { field(10, 12, logical + [0]) }
    return bytes + [0]
  }

  private func field(_ elements: [UInt8]...) throws -> ParquetField {
    try reader(file(schema([group] + elements) + [0])).schema.fields[0]
  }

  /// https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#backward-compatibility-rules
  @Test func oldLayoutsOfListsAndMaps() throws {
    let leaf = element("x", type: 1, 1)
    let number = ParquetField("x", .int32)
    let repeatedLeaf = try field(element("b", 1, children: 1, converted: 3), element("x", type: 1, 2))
    #expect(repeatedLeaf == ParquetField("b", .list(element: ParquetField("x", .int32, isRequired: true))))
    let twoFields = try field(element("b", 1, children: 1, converted: 3), element("r", 2, children: 2), leaf, leaf)
    #expect(twoFields.type == .list(element: ParquetField("r", .group([number, number]), isRequired: true)))
    for name in ["array", "b_tuple"] {
      let named = try field(element("b", 1, children: 1, converted: 3), element(name, 2, children: 1), leaf)
      #expect(named.type == .list(element: ParquetField(name, .group([number]), isRequired: true)))
    }
    let usual = try field(element("b", 1, children: 1, converted: 3), element("bag", 2, children: 1), leaf)
    #expect(usual.type == .list(element: number))
    #expect(try field(element("b", type: 1, 2)).type == .list(element: ParquetField("b", .int32, isRequired: true)))
    let entries = try field(element("b", 2, children: 1), leaf)
    #expect(
      entries
        == ParquetField("b", .list(element: ParquetField("b", .group([number]), isRequired: true)), isRequired: true))
    for converted: UInt8 in [1, 2] {
      let map = try field(element("b", 1, children: 1, converted: converted), element("m", 2, children: 2), leaf, leaf)
      #expect(map.type == .map(key: number, value: number))
      let keys = try field(element("b", 1, children: 1, converted: converted), element("m", 2, children: 1), leaf)
      #expect(keys.type == .list(element: number))
    }
    #expect(try field(element("b", 1, children: 1, converted: 3), leaf).type == .group([number]), "no list at all")
  }

  /// A logical type without parameters, or with one text: a member of a union, by its number.
  private func logical(_ number: UInt8, text: String? = nil) -> [UInt8] {
    let header: [UInt8] = number < 16 ? [number << 4 | 12] : [0x0C, number << 1]
    guard let text else { return header + [0] }
    return header + [0x18, UInt8(text.utf8.count)] + Array(text.utf8) + [0]
  }

  /// https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#embedded-types
  @Test(arguments: [(4, 4, ParquetType.enumeration), (12, 19, .json), (13, 20, .bson)])
  func textAndDocumentsByEitherAnnotation(number: UInt8, converted: UInt8, expected: ParquetType) throws {
    #expect(try field(element("b", type: 6, 1, logical: logical(number))) == ParquetField("b", expected))
    #expect(try field(element("b", type: 6, 1, converted: converted)) == ParquetField("b", expected))
  }

  /// Types of Iceberg's version 3, and any that will come: what is stored is read, without its meaning.
  @Test func logicalTypesOfLaterVersionsAreReadAsTheyAreStored() throws {
    for (number, text) in [(17, nil), (17, "OGC:CRS84"), (18, nil), (18, "OGC:CRS84"), (40, nil)] as [(UInt8, String?)]
    {
      let read = try field(element("b", type: 6, 1, logical: logical(number, text: text)))
      #expect(read == ParquetField("b", .binary), "\(number)")
    }
    let parts = [element("metadata", type: 6, 0), element("value", type: 6, 1)]
    let variant = try field(element("b", 1, children: 2, logical: logical(16)), parts[0], parts[1])
    let stored = [ParquetField("metadata", .binary, isRequired: true), ParquetField("value", .binary)]
    #expect(variant == ParquetField("b", .group(stored)))
  }

  /// What `_metadata` files beside others have: refused, since the offsets are not those of this file.
  @Test func columnsInOtherFilesAreUnsupported() {
    // Field 4: a row group of one chunk, whose field 1 is a path.
    let footer = schema([group, leaf(type: 2)]) + [0x29, 0x1C, 0x19, 0x1C, 0x18, 1, 0x78, 0, 0x16, 0, 0x16, 0, 0, 0]
    let failure = failure(footer)
    #expect(failure?.kind == .unsupported && failure?.message == "a column in another file")
  }

  @Test func encryptedFilesAreUnsupported() {
    #expect(failure(schema([group, leaf(type: 2)]) + [0x6C, 0, 0])?.kind == .unsupported)
  }

  @Test func aRowGroupWithoutColumns() {
    // Field 4: one row group without fields.
    let footer = schema([group, leaf(type: 2)]) + [0x29, 0x1C, 0, 0]
    #expect(failure(footer)?.description == "footer: row group 0: 0 columns for a schema of 1")
  }

  @Test func unknownFieldsAreSkipped() throws {
    // Field 15: a map of a number to a list of doubles and a number to a struct, then a set, a uuid, booleans.
    let unknown: [UInt8] = [
      0xDB, 1, 0x59, 2, 0x17, 0, 0, 0, 0, 0, 0, 0, 0, 0x1A, 0x28, 1, 7, 0, 0x1D,
    ]
    let rest: [UInt8] = [UInt8](repeating: 1, count: 16) + [0x11, 0x12, 0x13, 9, 0x14, 2, 0x19, 0x22, 1, 2, 0]
    #expect(try reader(file(schema([group, leaf(type: 2)]) + unknown + rest)).schema.fields.count == 1)
  }
}
