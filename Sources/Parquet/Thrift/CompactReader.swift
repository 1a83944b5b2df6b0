import Bytes
import Failures

/// Reads the Thrift compact protocol from untrusted bytes: depth is limited, and no count is believed that the bytes left
/// could not hold.
///
/// https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
struct CompactReader {
  /// A field's number and type; the value follows.
  struct Field {
    let id: Int16
    let type: CompactType
  }

  /// The position in the bytes.
  private(set) var cursor: ByteCursor
  private let maximumDepth: Int
  private var depth = 0
  private var elementsLeft: Int

  /// A reader at the start of `bytes`. `maximumElements` bounds the elements of all lists together: one of a byte may
  /// become a struct of hundreds.
  init(_ bytes: UnsafeRawBufferPointer, maximumDepth: Int = 32, maximumElements: Int = 1 << 22) {
    cursor = ByteCursor(bytes)
    self.maximumDepth = maximumDepth
    elementsLeft = maximumElements
  }

  /// The number of bytes read.
  var offset: Int { cursor.offset }

  /// Reads a struct: `body` is called for each field and must read or skip its value.
  mutating func structure(_ body: (inout CompactReader, Field) throws -> Void) throws {
    depth += 1
    guard depth <= maximumDepth else { throw Failure.limitExceeded("thrift nested deeper than \(maximumDepth)") }
    var last: Int16 = 0
    while let field = try fieldHeader(after: last) {
      last = field.id
      try body(&self, field)
    }
    depth -= 1
  }

  /// Reads a struct that is the value of `field`.
  mutating func structure(_ field: Field, _ body: (inout CompactReader, Field) throws -> Void) throws {
    try expect(field.type == .structure, field, "a struct")
    try structure(body)
  }

  /// Reads a list of structs, calling `body` at each.
  mutating func structures<Element>(
    _ field: Field, _ body: (inout CompactReader) throws -> Element
  ) throws -> [Element] {
    try list(field, of: .structure, body)
  }

  /// Reads a list of 32-bit integers.
  mutating func int32s(_ field: Field) throws -> [Int32] {
    try list(field, of: .int32) { try $0.int32() }
  }

  /// Reads a list of 64-bit integers.
  mutating func int64s(_ field: Field) throws -> [Int64] {
    try list(field, of: .int64) { try $0.cursor.readZigzag() }
  }

  /// Reads a list of byte strings.
  mutating func binaries(_ field: Field) throws -> [[UInt8]] {
    try list(field, of: .binary) { try $0.binary() }
  }

  /// Reads a list of booleans, one byte each. Some writers give their type as 1, some as 2.
  mutating func bools(_ field: Field) throws -> [Bool] {
    try list(field, of: .boolFalse) { try $0.cursor.readByte() == 1 }
  }

  /// Reads a boolean, which lies in the field's type.
  mutating func bool(_ field: Field) throws -> Bool {
    try expect(field.type == .boolTrue || field.type == .boolFalse, field, "a boolean")
    return field.type == .boolTrue
  }

  /// Reads a byte.
  mutating func int8(_ field: Field) throws -> Int8 {
    try expect(field.type == .int8, field, "a byte")
    return Int8(bitPattern: try cursor.readByte())
  }

  /// Reads an integer of at most 32 bits.
  mutating func int32(_ field: Field) throws -> Int32 {
    try expect(field.type == .int32 || field.type == .int16, field, "a 32-bit integer")
    return try int32()
  }

  /// Reads an integer of at most 64 bits.
  mutating func int64(_ field: Field) throws -> Int64 {
    try expect(field.type == .int64 || field.type == .int32, field, "a 64-bit integer")
    return try cursor.readZigzag()
  }

  /// Reads a byte string.
  mutating func binary(_ field: Field) throws -> [UInt8] {
    try expect(field.type == .binary, field, "a byte string")
    return try binary()
  }

  /// Reads text. Ill-formed UTF-8 is repaired: names only.
  mutating func string(_ field: Field) throws -> String {
    String(decoding: try binary(field), as: UTF8.self)
  }

  /// Skips the value of `field`.
  mutating func skip(_ field: Field) throws {
    try skip(field.type, isElement: false)
  }
}

extension CompactReader {
  private mutating func fieldHeader(after last: Int16) throws -> Field? {
    let byte = try cursor.readByte()
    if byte == 0 { return nil }
    guard let type = CompactType(rawValue: byte & 0x0f) else { throw unknown(byte & 0x0f) }
    let delta = Int16(byte >> 4)
    if delta == 0 {
      guard let id = Int16(exactly: try cursor.readZigzag()) else {
        throw Failure.malformedInput("thrift field number out of range at offset \(offset)")
      }
      return Field(id: id, type: type)
    }
    let (id, overflows) = last.addingReportingOverflow(delta)
    guard !overflows else { throw Failure.malformedInput("thrift field number out of range at offset \(offset)") }
    return Field(id: id, type: type)
  }

  private mutating func list<Element>(
    _ field: Field, of wanted: CompactType, _ body: (inout CompactReader) throws -> Element
  ) throws -> [Element] {
    try expect(field.type == .list || field.type == .set, field, "a list")
    let (type, count) = try listHeader()
    let isBool = wanted == .boolFalse && type == .boolTrue
    guard type == wanted || isBool || count == 0 else {
      throw Failure.malformedInput("thrift field \(field.id): list of \(type) instead of \(wanted)")
    }
    elementsLeft -= count
    guard elementsLeft >= 0 else { throw Failure.limitExceeded("too many elements of thrift lists") }
    var elements: [Element] = []
    for _ in 0..<count { elements.append(try body(&self)) }
    return elements
  }

  private mutating func listHeader() throws -> (CompactType, Int) {
    let byte = try cursor.readByte()
    let count = byte >> 4 == 15 ? try cursor.readVarint() : UInt64(byte >> 4)
    guard let type = CompactType(rawValue: byte & 0x0f) else {
      guard count == 0 else { throw unknown(byte & 0x0f) }
      return (.boolFalse, 0)
    }
    // Every element takes at least a byte.
    guard count <= UInt64(cursor.remaining) else {
      throw Failure.malformedInput("thrift list of \(count) elements in \(cursor.remaining) bytes")
    }
    return (type, Int(count))
  }

  private mutating func int32() throws -> Int32 {
    guard let value = Int32(exactly: try cursor.readZigzag()) else {
      throw Failure.malformedInput("thrift integer out of 32 bits at offset \(offset)")
    }
    return value
  }

  private mutating func binary() throws -> [UInt8] {
    let length = try cursor.readVarint()
    guard length <= UInt64(cursor.remaining) else {
      throw Failure.malformedInput("thrift byte string of \(length) bytes in \(cursor.remaining)")
    }
    return [UInt8](try cursor.readBytes(Int(length)))
  }

  private mutating func skip(_ type: CompactType, isElement: Bool) throws {
    switch type {
    case .boolTrue, .boolFalse: if isElement { try cursor.skip(1) }
    case .int8: try cursor.skip(1)
    case .int16, .int32, .int64: _ = try cursor.readVarint()
    case .double: try cursor.skip(8)
    case .uuid: try cursor.skip(16)
    case .binary: _ = try binary()
    case .structure: try structure { try $0.skip($1) }
    case .list, .set: try skipList()
    case .map: try skipMap()
    }
  }

  private mutating func skipList() throws {
    let (type, count) = try listHeader()
    try nested { reader in for _ in 0..<count { try reader.skip(type, isElement: true) } }
  }

  private mutating func skipMap() throws {
    let count = try cursor.readVarint()
    if count == 0 { return }
    let types = try cursor.readByte()
    guard let key = CompactType(rawValue: types >> 4), let value = CompactType(rawValue: types & 0x0f) else {
      throw unknown(types)
    }
    guard count <= UInt64(cursor.remaining) else { throw Failure.malformedInput("thrift map of \(count) entries") }
    try nested { reader in
      for _ in 0..<count {
        try reader.skip(key, isElement: true)
        try reader.skip(value, isElement: true)
      }
    }
  }

  private mutating func nested(_ body: (inout CompactReader) throws -> Void) throws {
    depth += 1
    guard depth <= maximumDepth else { throw Failure.limitExceeded("thrift nested deeper than \(maximumDepth)") }
    try body(&self)
    depth -= 1
  }

  private func expect(_ holds: Bool, _ field: Field, _ wanted: String) throws {
    guard holds else {
      throw Failure.malformedInput("thrift field \(field.id) at offset \(offset) is \(field.type), not \(wanted)")
    }
  }

  private func unknown(_ type: UInt8) -> Failure {
    .malformedInput("thrift type \(type) at offset \(offset) does not exist")
  }
}
