import Bytes

/// Writes the Thrift compact protocol.
///
/// https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
struct CompactWriter: ~Copyable {
  /// What was written.
  private(set) var buffer: ByteBuffer
  private var last: Int16 = 0

  init(capacity: Int = 1024) { buffer = ByteBuffer(capacity: capacity) }

  /// Gives up the buffer.
  consuming func finish() -> ByteBuffer { buffer }

  /// Writes a whole struct that is no field's value.
  mutating func structure(_ body: (inout CompactWriter) -> Void) {
    let outer = last
    last = 0
    body(&self)
    buffer.append(0)
    last = outer
  }

  /// Writes a struct.
  mutating func field(_ id: Int16, structure body: (inout CompactWriter) -> Void) {
    header(id, .structure)
    structure(body)
  }

  /// Writes a boolean.
  mutating func field(_ id: Int16, bool value: Bool) { header(id, value ? .boolTrue : .boolFalse) }

  /// Writes a byte.
  mutating func field(_ id: Int16, int8 value: Int8) {
    header(id, .int8)
    buffer.append(UInt8(bitPattern: value))
  }

  /// Writes a 16-bit integer.
  mutating func field(_ id: Int16, int16 value: Int16) {
    header(id, .int16)
    buffer.append(zigzag: Int64(value))
  }

  /// Writes a 32-bit integer.
  mutating func field(_ id: Int16, int32 value: Int32) {
    header(id, .int32)
    buffer.append(zigzag: Int64(value))
  }

  /// Writes a 64-bit integer.
  mutating func field(_ id: Int16, int64 value: Int64) {
    header(id, .int64)
    buffer.append(zigzag: value)
  }

  /// Writes a byte string.
  mutating func field(_ id: Int16, binary value: [UInt8]) {
    header(id, .binary)
    binary(value)
  }

  /// Writes text.
  mutating func field(_ id: Int16, string value: String) { field(id, binary: Array(value.utf8)) }

  /// Writes a list of structs.
  mutating func field<Element>(
    _ id: Int16, structures elements: [Element], _ body: (inout CompactWriter, Element) -> Void
  ) {
    list(id, .structure, elements.count)
    for element in elements { structure { body(&$0, element) } }
  }

  /// Writes a list of 32-bit integers.
  mutating func field(_ id: Int16, int32s values: [Int32]) {
    list(id, .int32, values.count)
    for value in values { buffer.append(zigzag: Int64(value)) }
  }

  /// Writes a list of 64-bit integers.
  mutating func field(_ id: Int16, int64s values: [Int64]) {
    list(id, .int64, values.count)
    for value in values { buffer.append(zigzag: value) }
  }

  /// Writes a list of byte strings.
  mutating func field(_ id: Int16, binaries values: [[UInt8]]) {
    list(id, .binary, values.count)
    for value in values { binary(value) }
  }

  /// Writes a list of texts.
  mutating func field(_ id: Int16, strings values: [String]) {
    field(id, binaries: values.map { Array($0.utf8) })
  }

  /// Writes a list of booleans.
  mutating func field(_ id: Int16, bools values: [Bool]) {
    list(id, .boolTrue, values.count)
    for value in values { buffer.append(value ? 1 : 2) }
  }

  private mutating func header(_ id: Int16, _ type: CompactType) {
    let delta = id - last
    if delta > 0 && delta <= 15 {
      buffer.append(UInt8(delta) << 4 | type.rawValue)
    } else {
      buffer.append(type.rawValue)
      buffer.append(zigzag: Int64(id))
    }
    last = id
  }

  private mutating func list(_ id: Int16, _ type: CompactType, _ count: Int) {
    header(id, .list)
    if count < 15 {
      buffer.append(UInt8(count) << 4 | type.rawValue)
    } else {
      buffer.append(0xf0 | type.rawValue)
      buffer.append(varint: UInt64(count))
    }
  }

  private mutating func binary(_ value: [UInt8]) {
    buffer.append(varint: UInt64(value.count))
    buffer.append(value)
  }
}
