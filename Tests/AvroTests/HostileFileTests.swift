import Avro
import Bytes
import Compression
import Failures
import JSON
import Testing

/// Untrusted files give records or a failure: no trap, no endless loop, no runaway allocation.
struct HostileFileTests {
  /// A file whose header and block are written by hand.
  static func file(_ schema: JSONValue, count: Int64, block: [UInt8], codec: String = "null") -> [UInt8] {
    let header: [[UInt8]] = [
      [0x4f, 0x62, 0x6a, 1, 4], text("avro.schema"), text(schema.description), text("avro.codec"), text(codec), [0],
      SampleFile.sync,
    ]
    return header.flatMap(\.self) + zigzag(count) + zigzag(Int64(block.count)) + block + SampleFile.sync
  }

  static func zigzag(_ value: Int64) -> [UInt8] {
    var rest = UInt64(bitPattern: (value << 1) ^ (value >> 63))
    var bytes: [UInt8] = []
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7f) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }

  static func text(_ string: String) -> [UInt8] { zigzag(Int64(string.utf8.count)) + Array(string.utf8) }

  /// Reads and skips everything; the values where both went through.
  @discardableResult
  static func exhaust(_ file: [UInt8]) -> Result<[AvroValue], Failure> {
    do {
      let reader = try AvroFileReader(file)
      try? reader.forEachRecord { try $0.skip($0.schema.root) }
      return .success(try reader.values())
    } catch let failure as Failure {
      return .failure(failure)
    } catch {
      return .failure(Failure(.internalError, "not a Failure", underlying: error))
    }
  }

  static let array: JSONValue = ["type": "array", "items": "long"]
  static let nulls: JSONValue = ["type": "array", "items": "null"]
  static let map: JSONValue = ["type": "map", "values": "null"]

  static let hostile: [(String, [UInt8])] = [
    ("more items than bytes", file(array, count: 1, block: zigzag(1 << 60) + [2])),
    ("the least count", file(array, count: 1, block: zigzag(.min) + [2, 2])),
    ("the least count and length", file(array, count: 1, block: zigzag(.min) + zigzag(.min))),
    ("a negative length", file(array, count: 1, block: zigzag(-1) + zigzag(-1))),
    ("nulls without end", file(nulls, count: 1, block: zigzag(1 << 60) + [0])),
    ("map entries without end", file(map, count: 1, block: zigzag(1 << 60) + [0])),
    ("records of nothing", file(["type": "record", "name": "r", "fields": []], count: 1 << 60, block: [])),
    ("more records than bytes", file("int", count: .max, block: [2])),
    ("a negative record count", file("int", count: -1, block: [2])),
    ("bytes left over", file("int", count: 1, block: [2, 2])),
    ("a string beyond the end", file("string", count: 1, block: zigzag(.max))),
    ("a string of negative length", file("string", count: 1, block: zigzag(-5))),
    ("a string that is not UTF-8", file("string", count: 1, block: [2, 0xff])),
    ("an int beyond 32 bits", file("int", count: 1, block: zigzag(1 << 40))),
    ("a varint that does not end", file("long", count: 1, block: [UInt8](repeating: 0xff, count: 20))),
    ("a boolean of 2", file("boolean", count: 1, block: [2])),
    ("no such branch", file(["null", "int"], count: 1, block: zigzag(2))),
    ("no such symbol", file(["type": "enum", "name": "e", "symbols": []], count: 1, block: [0])),
    ("a huge fixed", file(["type": "fixed", "name": "f", "size": 2_147_483_647], count: 1, block: [0])),
    ("an unknown codec", file("int", count: 1, block: [2], codec: "lzma")),
    ("a broken deflate block", file("int", count: 1, block: [0xff, 0xff], codec: "deflate")),
    ("a snappy block of 2 bytes", file("int", count: 1, block: [1, 2], codec: "snappy")),
    ("a wrong checksum", file("int", count: 1, block: [1, 0, 2, 0, 0, 0, 0], codec: "snappy")),
    ("a broken zstandard block", file("int", count: 1, block: [1, 2, 3, 4, 5], codec: "zstandard")),
    ("not Avro", Array("PAR1".utf8)), ("nothing", []),
  ]

  @Test(arguments: hostile)
  func refuses(what: String, file: [UInt8]) {
    guard case .failure(let failure) = Self.exhaust(file) else {
      Issue.record("\(what) was accepted")
      return
    }
    #expect([.malformedInput, .limitExceeded, .unsupported].contains(failure.kind), "\(what): \(failure)")
  }

  @Test
  func limitsRecursionInTheData() throws {
    let list: JSONValue = [
      "type": "record", "name": "L", "fields": [["name": "next", "type": ["null", "L"]]],
    ]
    let deep = Self.file(list, count: 1, block: [UInt8](repeating: 2, count: 1_000_000) + [0])
    guard case .failure(let failure) = Self.exhaust(deep) else {
      Issue.record("was accepted")
      return
    }
    #expect(failure.kind == .limitExceeded)
    let flat = Self.file(list, count: 1, block: [2, 2, 2, 0])
    #expect(throws: Never.self) { try Self.exhaust(flat).get() }
  }

  @Test
  func limitsRecordsThatMultiply() {
    // 40 records, each holding the one before twice: 2^40 empty records from no byte at all.
    var schema: JSONValue = ["type": "record", "name": "r0", "fields": []]
    for level in 1...40 {
      schema = [
        "type": "record", "name": .string("r\(level)"),
        "fields": [["name": "a", "type": schema], ["name": "b", "type": .string("r\(level - 1)")]],
      ]
    }
    guard case .failure(let failure) = Self.exhaust(Self.file(schema, count: 1, block: [])) else {
      Issue.record("was accepted")
      return
    }
    #expect(failure.kind == .limitExceeded)
  }

  @Test
  func limitsDecompressedBlocks() throws {
    let schema = try AvroSchema("bytes")
    for codec in AvroCodec.allCases {
      var writer = try AvroFileWriter(schema: schema, codec: codec, sync: SampleFile.sync)
      try writer.append(.bytes([UInt8](repeating: 0, count: 100_000)))
      let reader = try AvroFileReader(writer.finish(), limits: AvroLimits(blockBytes: 90_000))
      #expect(throws: Failure.self) { try reader.values() }
    }
  }

  @Test
  func toleratesTheRestOfAZlibTrailerOnly() throws {
    var packed = ByteBuffer()
    try [UInt8]([2, 4]).withUnsafeBytes { try Compressor(.deflate).compress($0, into: &packed) }
    let block = packed.bytes
    for extra in 0...5 {
      let padding = [UInt8](repeating: 0xab, count: extra)
      let file = Self.file("int", count: 2, block: block + padding, codec: "deflate")
      let values = try? Self.exhaust(file).get()
      #expect(values == (extra == 0 || extra == 3 ? [.int(1), .int(2)] : nil), "\(extra) bytes")
    }
  }

  @Test
  func readsBlocksWithTheirLength() throws {
    let block = Self.zigzag(-2) + Self.zigzag(2) + [2, 4] + Self.zigzag(1) + [6] + [0]
    let values = try Self.exhaust(Self.file(Self.array, count: 1, block: block)).get()
    #expect(values == [.array([.long(1), .long(2), .long(3)])])
    let reader = try AvroFileReader(Self.file(Self.array, count: 1, block: block))
    #expect(throws: Never.self) { try reader.forEachRecord { try $0.skip($0.schema.root) } }
  }

  @Test(arguments: AvroCodec.allCases)
  func survivesTruncationAndFlips(codec: AvroCodec) throws {
    let file = try SampleFile.file(SampleFile.records(3, seed: 6), codec: codec, blockBytes: 100)
    let whole = try Self.exhaust(file).get().count
    var complete = 0
    for length in 0..<file.count {
      if case .success(let values) = Self.exhaust(Array(file[..<length])) {
        // A file that ends between two blocks is a whole file.
        #expect(values.count < whole)
        complete += 1
      }
    }
    #expect(complete <= 3)
    for index in file.indices {
      var flipped = file
      flipped[index] ^= 1 << UInt8(index % 8)
      if case .failure(let failure) = Self.exhaust(flipped) { #expect(failure.kind != .internalError) }
    }
  }
}
