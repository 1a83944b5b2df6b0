public import Failures

/// A bounds-checked reading position in untrusted bytes.
///
/// Made inside `withUnsafeBytes` and never stored beyond it. Every read checks what is left first and throws
/// `.malformedInput` when there is too little; nothing here traps on any input.
@frozen
public struct ByteCursor {
  @usableFromInline let base: UnsafeRawBufferPointer
  /// The offset of the next byte to read, always in `0...count`.
  @inlinable public var offset: Int { position }
  @usableFromInline var position: Int

  /// A cursor at the start of `bytes`, which must outlive it.
  @inlinable
  public init(_ bytes: UnsafeRawBufferPointer) {
    base = bytes
    position = 0
  }

  /// All bytes, read or not.
  @inlinable public var count: Int { base.count }
  /// The number of bytes left.
  @inlinable public var remaining: Int { base.count - offset }
  /// True when all was read.
  @inlinable public var isAtEnd: Bool { offset == base.count }

  @usableFromInline @inline(never)
  func short(_ wanted: Int) -> Failure {
    .malformedInput("ends \(wanted - remaining) bytes early at offset \(offset): \(wanted) wanted, \(remaining) left")
  }

  /// Reads one byte.
  @inlinable
  public mutating func readByte() throws(Failure) -> UInt8 {
    guard offset < base.count else { throw short(1) }
    defer { position += 1 }
    return base[offset]
  }

  /// Reads an integer, least significant byte first, at any alignment.
  @inlinable
  public mutating func read<Value: FixedWidthInteger & BitwiseCopyable>(
    littleEndian type: Value.Type
  ) throws(Failure) -> Value {
    let size = MemoryLayout<Value>.size
    guard remaining >= size else { throw short(size) }
    defer { position += size }
    return Value(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: Value.self))
  }

  /// Reads an integer, most significant byte first, at any alignment.
  @inlinable
  public mutating func read<Value: FixedWidthInteger & BitwiseCopyable>(
    bigEndian type: Value.Type
  ) throws(Failure) -> Value {
    let size = MemoryLayout<Value>.size
    guard remaining >= size else { throw short(size) }
    defer { position += size }
    return Value(bigEndian: base.loadUnaligned(fromByteOffset: offset, as: Value.self))
  }

  /// Reads an unsigned LEB128 varint of at most ten bytes and 64 bits.
  @inlinable
  public mutating func readVarint() throws(Failure) -> UInt64 {
    var result: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = try readByte()
      guard shift < 63 || byte <= 1 else { throw overlong() }
      result |= UInt64(byte & 0x7f) << shift
      if byte & 0x80 == 0 { return result }
      shift += 7
    }
  }

  @usableFromInline @inline(never)
  func overlong() -> Failure { .malformedInput("varint longer than 64 bits at offset \(offset)") }

  /// Reads a zigzag varint.
  @inlinable
  public mutating func readZigzag() throws(Failure) -> Int64 {
    let raw = try readVarint()
    return Int64(bitPattern: raw >> 1) ^ -Int64(bitPattern: raw & 1)
  }

  /// Reads `length` bytes without copying; valid as long as the cursor's memory.
  @inlinable
  public mutating func readBytes(_ length: Int) throws(Failure) -> UnsafeRawBufferPointer {
    guard length >= 0, length <= remaining else { throw short(length) }
    defer { position += length }
    return UnsafeRawBufferPointer(rebasing: base[offset..<offset + length])
  }

  /// Skips `length` bytes.
  @inlinable
  public mutating func skip(_ length: Int) throws(Failure) {
    guard length >= 0, length <= remaining else { throw short(length) }
    position += length
  }

  /// Moves to `position`, which must lie in `0...count`.
  @inlinable
  public mutating func seek(to position: Int) throws(Failure) {
    guard position >= 0, position <= base.count else {
      throw .malformedInput("offset \(position) lies outside \(base.count) bytes")
    }
    self.position = position
  }
}
