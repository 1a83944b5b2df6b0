import Bytes
import Failures
import Testing

@Suite struct BytesTests {
  static let varints: [(UInt64, Int)] = [(0, 1), (127, 1), (128, 2), (16_383, 2), (16_384, 3), (.max, 10)]

  @Test(arguments: varints)
  func varint(_ value: UInt64, _ length: Int) throws {
    var buffer = ByteBuffer(capacity: 1)
    buffer.append(varint: value)
    #expect(buffer.count == length)
    try buffer.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) throws in
      var cursor = ByteCursor(bytes)
      #expect(try cursor.readVarint() == value)
      #expect(cursor.isAtEnd)
    }
  }

  @Test(arguments: [0, 1, -1, 63, -64, 64, Int64.max, Int64.min])
  func zigzag(_ value: Int64) throws {
    var buffer = ByteBuffer()
    buffer.append(zigzag: value)
    try buffer.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) throws in
      var cursor = ByteCursor(bytes)
      #expect(try cursor.readZigzag() == value)
    }
  }

  @Test func integersAtAnyAlignment() throws {
    var buffer = ByteBuffer(capacity: 1)
    buffer.append(UInt8(7))
    buffer.append(littleEndian: UInt32(0x0102_0304))
    buffer.append(bigEndian: UInt16(0x0506))
    buffer.append(utf8: "é")
    #expect(buffer.bytes == [7, 4, 3, 2, 1, 5, 6, 0xc3, 0xa9])
    try buffer.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) throws in
      var cursor = ByteCursor(bytes)
      #expect(try cursor.readByte() == 7)
      #expect(try cursor.read(littleEndian: UInt32.self) == 0x0102_0304)
      #expect(try cursor.read(bigEndian: UInt16.self) == 0x0506)
      #expect(try Array(cursor.readBytes(2)) == [0xc3, 0xa9])
    }
  }

  /// Whatever is read beyond the end is an error that leaves the position where it was.
  @Test(arguments: 0..<8)
  func tooShort(_ length: Int) {
    [UInt8](repeating: 0xff, count: length).withUnsafeBytes { bytes in
      var cursor = ByteCursor(bytes)
      #expect(throws: Failure.self) { try cursor.read(littleEndian: UInt64.self) }
      #expect(throws: Failure.self) { try cursor.readBytes(length + 1) }
      #expect(throws: Failure.self) { try cursor.readBytes(-1) }
      #expect(throws: Failure.self) { try cursor.skip(.max) }
      #expect(throws: Failure.self) { try cursor.seek(to: length + 1) }
      #expect(cursor.offset == 0 && cursor.remaining == length)
      #expect(throws: Failure.self) { try cursor.readVarint() }
    }
  }

  @Test func varintsBeyondSixtyFourBits() {
    for bytes in [[UInt8](repeating: 0x80, count: 20), [UInt8](repeating: 0xff, count: 9) + [2]] {
      bytes.withUnsafeBytes { bytes in
        var cursor = ByteCursor(bytes)
        #expect(throws: Failure.self) { try cursor.readVarint() }
      }
    }
  }

  @Test func growsAndOverwrites() {
    var buffer = ByteBuffer(capacity: 1)
    for byte in 0..<1000 { buffer.append(UInt8(truncatingIfNeeded: byte)) }
    buffer.overwrite(at: 996, littleEndian: 0x0403_0201)
    #expect(buffer.bytes == (0..<996).map { UInt8(truncatingIfNeeded: $0) } + [1, 2, 3, 4])
    buffer.removeAll()
    #expect(buffer.isEmpty && buffer.bytes.isEmpty)
  }
}
