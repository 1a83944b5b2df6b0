/// A growable byte buffer that encoders write through.
///
/// Invariant: `base` points to `capacity` allocated bytes of which the first `count` are initialized. All unsafe writing of
/// the codecs goes through the methods here; each reserves before it writes.
@frozen
public struct ByteBuffer: ~Copyable {
  @usableFromInline var base: UnsafeMutableRawPointer
  @usableFromInline var capacity: Int
  /// The number of bytes written.
  @inlinable public var count: Int { written }
  @usableFromInline var written: Int

  /// An empty buffer with room for `capacity` bytes.
  public init(capacity: Int = 256) {
    self.capacity = max(capacity, 16)
    base = .allocate(byteCount: self.capacity, alignment: 16)
    written = 0
  }

  deinit { base.deallocate() }

  /// True when nothing has been written.
  @inlinable public var isEmpty: Bool { count == 0 }

  /// Makes room for `additional` more bytes.
  @inlinable
  public mutating func reserve(_ additional: Int) {
    if capacity - count < additional { grow(additional) }
  }

  @usableFromInline @inline(never)
  mutating func grow(_ additional: Int) {
    let wanted = max(count + additional, capacity * 2)
    let new = UnsafeMutableRawPointer.allocate(byteCount: wanted, alignment: 16)
    new.copyMemory(from: base, byteCount: count)
    base.deallocate()
    base = new
    capacity = wanted
  }

  /// Forgets what was written and keeps the memory.
  public mutating func removeAll() { written = 0 }

  /// Appends one byte.
  @inlinable
  public mutating func append(_ byte: UInt8) {
    reserve(1)
    base.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
    advance(by: 1)
  }

  /// Appends raw bytes.
  @inlinable
  public mutating func append(_ bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress, bytes.count > 0 else { return }
    reserve(bytes.count)
    (base + count).copyMemory(from: source, byteCount: bytes.count)
    advance(by: bytes.count)
  }

  /// Appends an array's bytes.
  @inlinable
  public mutating func append(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { append($0) }
  }

  /// Appends a slice's bytes.
  @inlinable
  public mutating func append(_ bytes: ArraySlice<UInt8>) {
    bytes.withUnsafeBytes { append($0) }
  }

  /// Appends a string's UTF-8.
  @inlinable
  public mutating func append(utf8 string: String) {
    var string = string
    string.withUTF8 { append(UnsafeRawBufferPointer($0)) }
  }

  /// Appends an integer, least significant byte first.
  @inlinable
  public mutating func append<Value: FixedWidthInteger & BitwiseCopyable>(littleEndian value: Value) {
    let size = MemoryLayout<Value>.size
    reserve(size)
    base.storeBytes(of: value.littleEndian, toByteOffset: count, as: Value.self)
    advance(by: size)
  }

  /// Appends an integer, most significant byte first.
  @inlinable
  public mutating func append<Value: FixedWidthInteger & BitwiseCopyable>(bigEndian value: Value) {
    let size = MemoryLayout<Value>.size
    reserve(size)
    base.storeBytes(of: value.bigEndian, toByteOffset: count, as: Value.self)
    advance(by: size)
  }

  /// Appends an unsigned LEB128 variable-length integer (Thrift's and Avro's), at most ten bytes.
  @inlinable
  public mutating func append(varint value: UInt64) {
    reserve(10)
    var rest = value
    while rest >= 0x80 {
      base.storeBytes(of: UInt8(truncatingIfNeeded: rest) | 0x80, toByteOffset: count, as: UInt8.self)
      advance(by: 1)
      rest >>= 7
    }
    base.storeBytes(of: UInt8(truncatingIfNeeded: rest), toByteOffset: count, as: UInt8.self)
    advance(by: 1)
  }

  /// Appends a signed integer as zigzag varint.
  @inlinable
  public mutating func append(zigzag value: Int64) {
    append(varint: UInt64(bitPattern: (value << 1) ^ (value >> 63)))
  }

  /// Hands out `capacity` bytes of uninitialized memory behind the written ones; `body` returns how many it has written.
  ///
  /// Precondition: `body` returns a number in `0...capacity`.
  @inlinable
  public mutating func appendUnsafe<E: Error>(
    capacity: Int, _ body: (UnsafeMutableRawBufferPointer) throws(E) -> Int
  ) throws(E) {
    reserve(capacity)
    let added = try body(UnsafeMutableRawBufferPointer(start: base + count, count: capacity))
    precondition(added >= 0 && added <= capacity, "wrote outside the reserved tail")
    advance(by: added)
  }

  /// Overwrites four bytes that were written before (a length that was not known then).
  ///
  /// Precondition: `offset...offset + 3` has been written.
  public mutating func overwrite(at offset: Int, littleEndian value: UInt32) {
    precondition(offset >= 0 && offset + 4 <= count, "overwrites bytes that were not written")
    base.storeBytes(of: value.littleEndian, toByteOffset: offset, as: UInt32.self)
  }

  @usableFromInline @inline(__always)
  mutating func advance(by bytes: Int) { written += bytes }

  /// The written bytes, valid only inside `body`.
  @inlinable
  public func withUnsafeBytes<Result, E: Error>(
    _ body: (UnsafeRawBufferPointer) throws(E) -> Result
  ) throws(E) -> Result {
    try body(UnsafeRawBufferPointer(start: base, count: count))
  }

  /// A copy of the written bytes.
  public var bytes: [UInt8] {
    [UInt8](UnsafeRawBufferPointer(start: base, count: count))
  }
}
