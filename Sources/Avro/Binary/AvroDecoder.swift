public import Bytes
public import Failures

/// Reads values of a known schema one after another (specification, "Binary Encoding":
/// <https://avro.apache.org/docs/1.12.0/specification/#binary-encoding>).
///
/// Valid only while the bytes it was made over are. Every read throws `.malformedInput` on bytes that do not fit.
public struct AvroDecoder {
  /// The schema of the data.
  public let schema: AvroSchema
  @usableFromInline var cursor: ByteCursor
  private let limits: AvroLimits
  private var depth = 0
  /// How many more values without bytes are let through; bounds the work that a few bytes can ask for.
  var emptyValuesLeft: Int

  /// A decoder at the start of `bytes`, which must outlive it.
  public init(_ bytes: UnsafeRawBufferPointer, schema: AvroSchema, limits: AvroLimits = AvroLimits()) {
    self.init(bytes, schema: schema, limits: limits, emptyValuesLeft: limits.emptyValues)
  }

  init(_ bytes: UnsafeRawBufferPointer, schema: AvroSchema, limits: AvroLimits, emptyValuesLeft: Int) {
    self.schema = schema
    self.limits = limits
    cursor = ByteCursor(bytes)
    self.emptyValuesLeft = emptyValuesLeft.addingReportingOverflow(bytes.count).partialValue
  }

  /// True when all was read.
  public var isAtEnd: Bool { cursor.isAtEnd }

  // MARK: - Scalars

  /// Reads a boolean.
  public mutating func readBoolean() throws(Failure) -> Bool {
    let byte = try cursor.readByte()
    guard byte <= 1 else { throw .malformedInput("Avro: boolean \(byte) at offset \(cursor.offset - 1)") }
    return byte == 1
  }

  /// Reads an int.
  public mutating func readInt() throws(Failure) -> Int32 {
    let value = try cursor.readZigzag()
    guard let int = Int32(exactly: value) else { throw .malformedInput("Avro: int \(value) is beyond 32 bits") }
    return int
  }

  /// Reads a long.
  @inlinable
  public mutating func readLong() throws(Failure) -> Int64 { try cursor.readZigzag() }

  /// Reads a float.
  public mutating func readFloat() throws(Failure) -> Float {
    Float(bitPattern: try cursor.read(littleEndian: UInt32.self))
  }

  /// Reads a double.
  public mutating func readDouble() throws(Failure) -> Double {
    Double(bitPattern: try cursor.read(littleEndian: UInt64.self))
  }

  /// Reads bytes or a string without copying; valid as long as the decoder's memory.
  public mutating func readRawBytes() throws(Failure) -> UnsafeRawBufferPointer {
    let length = try cursor.readZigzag()
    guard length >= 0, length <= Int64(cursor.remaining) else {
      throw .malformedInput("Avro: length \(length) with \(cursor.remaining) bytes left at offset \(cursor.offset)")
    }
    return try cursor.readBytes(Int(length))
  }

  /// Reads bytes.
  public mutating func readBytes() throws(Failure) -> [UInt8] { [UInt8](try readRawBytes()) }

  /// Reads a string; text that is not UTF-8 is malformed.
  public mutating func readString() throws(Failure) -> String {
    let bytes = try readRawBytes()
    guard let string = String(validating: bytes, as: UTF8.self) else {
      throw .malformedInput("Avro: a string that is not UTF-8 ends at offset \(cursor.offset)")
    }
    return string
  }

  /// Reads the bytes of a fixed.
  public mutating func readFixed(_ size: Int) throws(Failure) -> [UInt8] { [UInt8](try cursor.readBytes(size)) }

  // MARK: - Parts

  /// Reads which of a union's types comes next, as a position in `0..<branches`.
  public mutating func readBranch(of branches: Int) throws(Failure) -> Int {
    let branch = try cursor.readZigzag()
    guard branch >= 0, branch < Int64(branches) else {
      throw .malformedInput("Avro: type \(branch) of a union of \(branches) at offset \(cursor.offset)")
    }
    return Int(branch)
  }

  /// Reads an array: calls `body` once an element, which it must read.
  public mutating func readArray(
    of element: AvroTypeID, _ body: (inout AvroDecoder) throws -> Void
  ) throws {
    try enter()
    while let block = try readBlockHeader() {
      try check(block.count, of: element)
      for _ in 0..<block.count { try body(&self) }
    }
    depth -= 1
  }

  /// A block of an array or map: its items, and its bytes where the writer told them.
  struct Block {
    let count: Int
    let byteCount: Int?
  }

  /// Reads the header of the next block; nil at the end. A negative count is followed by the block's length.
  mutating func readBlockHeader() throws(Failure) -> Block? {
    let count = try cursor.readZigzag()
    if count == 0 { return nil }
    guard let items = Int(exactly: count.magnitude) else { throw .malformedInput("Avro: a block of \(count) items") }
    guard count < 0 else { return Block(count: items, byteCount: nil) }
    let length = try cursor.readZigzag()
    guard length >= 0, length <= Int64(cursor.remaining) else {
      throw .malformedInput("Avro: a block of \(length) bytes with \(cursor.remaining) left")
    }
    return Block(count: items, byteCount: Int(length))
  }

  /// Refuses more items than there can be.
  mutating func check(_ count: Int, of type: AvroTypeID) throws(Failure) {
    if schema.occupies[type.index] {
      guard count <= cursor.remaining else {
        throw .malformedInput("Avro: \(count) items in \(cursor.remaining) bytes at offset \(cursor.offset)")
      }
    } else {
      try spend(count)
    }
  }

  mutating func spend(_ emptyValues: Int) throws(Failure) {
    guard emptyValues <= emptyValuesLeft else { throw .limitExceeded("Avro: too many values without bytes") }
    emptyValuesLeft -= emptyValues
  }

  mutating func enter() throws(Failure) {
    guard depth < limits.depth else { throw .limitExceeded("Avro: values nested deeper than \(limits.depth) levels") }
    depth += 1
  }

  mutating func leave() { depth -= 1 }
}
