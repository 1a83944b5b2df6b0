import Failures
import Iceberg
import Testing

/// Vectors of the specification's "Binary single-value serialization", and of what other engines got wrong.
struct SingleValueTests {
  static let vectors: [(Literal, PrimitiveType, [UInt8])] = [
    (.boolean(false), .boolean, [0]), (.boolean(true), .boolean, [1]),
    (.int(34), .int, [34, 0, 0, 0]), (.int(-1), .int, [0xff, 0xff, 0xff, 0xff]), (.int(.min), .int, [0, 0, 0, 0x80]),
    (.date(1), .date, [1, 0, 0, 0]), (.date(-719_162), .date, [0xc6, 0x06, 0xf5, 0xff]),
    (.long(34), .long, [34, 0, 0, 0, 0, 0, 0, 0]),
    (.long(.max), .long, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]),
    (.time(10_000_000), .time, [0x80, 0x96, 0x98, 0, 0, 0, 0, 0]),
    (.timestamp(400_000_000), .timestamp, [0, 0x84, 0xd7, 0x17, 0, 0, 0, 0]),
    (.timestamptz(-1), .timestamptz, [UInt8](repeating: 0xff, count: 8)),
    (.float(-4.5), .float, [0, 0, 0x90, 0xc0]), (.double(6.0), .double, [0, 0, 0, 0, 0, 0, 0x18, 0x40]),
    (.text("iceberg"), .string, Array("iceberg".utf8)), (.text(""), .string, []),
    (.binary([0, 1, 2, 3]), .binary, [0, 1, 2, 3]), (.fixed([0, 1, 2, 3]), .fixed(4), [0, 1, 2, 3]),
    (
      .uuid(0xf79c_3e09_677c_4bbd_a479_3f34_9cb7_85e7), .uuid,
      [0xf7, 0x9c, 0x3e, 0x09, 0x67, 0x7c, 0x4b, 0xbd, 0xa4, 0x79, 0x3f, 0x34, 0x9c, 0xb7, 0x85, 0xe7]
    ),
    (.decimal(0), .decimal(precision: 9, scale: 2), [0]),
    (.decimal(1420), .decimal(precision: 9, scale: 2), [5, 0x8c]),
    (.decimal(-1420), .decimal(precision: 9, scale: 2), [0xfa, 0x74]),
    (.decimal(127), .decimal(precision: 9, scale: 2), [0x7f]),
    (.decimal(128), .decimal(precision: 9, scale: 2), [0, 0x80]),
    (.decimal(-128), .decimal(precision: 9, scale: 2), [0x80]),
    (.decimal(-129), .decimal(precision: 9, scale: 2), [0xff, 0x7f]),
    (.decimal(.max), .decimal(precision: 38, scale: 0), [0x7f] + [UInt8](repeating: 0xff, count: 15)),
    (.decimal(.min), .decimal(precision: 38, scale: 0), [0x80] + [UInt8](repeating: 0, count: 15)),
  ]

  @Test(arguments: vectors)
  func serializesBothWays(value: Literal, type: PrimitiveType, bytes: [UInt8]) throws {
    #expect(value.singleValue == bytes)
    #expect(try Literal(singleValue: bytes, type: type) == value)
  }

  @Test
  func readsBoundsOfColumnsWidenedSince() throws {
    #expect(try Literal(singleValue: [0xfe, 0xff, 0xff, 0xff], type: .long) == .long(-2))
    #expect(try Literal(singleValue: [0, 0, 0x90, 0xc0], type: .double) == .double(-4.5))
    #expect(try Literal(singleValue: [0, 0, 5, 0x8c], type: .decimal(precision: 20, scale: 2)) == .decimal(1420))
    #expect(try Literal(singleValue: [1] as [UInt8], type: .boolean) == .boolean(true))
  }

  @Test
  func readsDecimalsWithSpareSigns() throws {
    let type = PrimitiveType.decimal(precision: 38, scale: 0)
    #expect(try Literal(singleValue: [UInt8](repeating: 0xff, count: 20), type: type) == .decimal(-1))
    #expect(try Literal(singleValue: [UInt8](repeating: 0, count: 19) + [7], type: type) == .decimal(7))
    #expect(throws: Failure.self) { try Literal(singleValue: [1] + [UInt8](repeating: 0, count: 16), type: type) }
    #expect(throws: Failure.self) {
      try Literal(singleValue: [0, 0x80] + [UInt8](repeating: 0, count: 15), type: type)
    }
    #expect(throws: Failure.self) {
      try Literal(singleValue: [0xff] + [0x7f] + [UInt8](repeating: 0, count: 15), type: type)
    }
    #expect(throws: Failure.self) { try Literal(singleValue: [], type: type) }
  }

  static let fixedLengths: [(PrimitiveType, Set<Int>)] = [
    (.boolean, [1]), (.int, [4]), (.date, [4]), (.long, [4, 8]), (.time, [8]), (.timestamp, [8]), (.timestamptz, [8]),
    (.float, [4]), (.double, [4, 8]), (.uuid, [16]),
  ]

  @Test(arguments: fixedLengths)
  func refusesOtherLengths(type: PrimitiveType, lengths: Set<Int>) {
    for count in 0..<20 where !lengths.contains(count) {
      let failure = #expect(throws: Failure.self) {
        try Literal(singleValue: [UInt8](repeating: 1, count: count), type: type)
      }
      #expect(failure?.kind == .malformedInput)
    }
  }

  @Test
  func widensZeroBounds() {
    #expect(Literal.double(0).withSignOfZero(.minus).singleValue == [0, 0, 0, 0, 0, 0, 0, 0x80])
    #expect(Literal.double(-0.0).withSignOfZero(.plus).singleValue == [UInt8](repeating: 0, count: 8))
    #expect(Literal.float(-0.0).withSignOfZero(.plus).singleValue == [0, 0, 0, 0])
    #expect(Literal.float(1).withSignOfZero(.minus) == .float(1))
    #expect(Literal.int(0).withSignOfZero(.minus) == .int(0))
  }
}
