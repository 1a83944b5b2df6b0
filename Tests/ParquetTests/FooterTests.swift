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
