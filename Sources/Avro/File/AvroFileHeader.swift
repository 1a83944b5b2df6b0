import Bytes
import Failures
import JSON

/// The beginning of an object container file (specification, "Object Container Files":
/// <https://avro.apache.org/docs/1.12.0/specification/#object-container-files>).
struct AvroFileHeader {
  static let magic: [UInt8] = [0x4f, 0x62, 0x6a, 0x01]
  static let syncLength = 16
  static let schemaKey = "avro.schema"
  static let codecKey = "avro.codec"

  let schema: AvroSchema
  let codec: AvroCodec
  let metadata: [(key: String, value: [UInt8])]
  let sync: [UInt8]

  /// Reads a header; the cursor is left at the first block.
  init(reading cursor: inout ByteCursor, limits: AvroLimits) throws(Failure) {
    guard cursor.remaining >= 4, try cursor.readBytes(4).elementsEqual(Self.magic) else {
      throw .malformedInput("not an Avro file: it does not begin with Obj and 1")
    }
    metadata = try Self.readMetadata(&cursor, limits: limits)
    sync = [UInt8](try cursor.readBytes(Self.syncLength))
    let codecName = metadata.last { $0.key == Self.codecKey }.map { String(decoding: $0.value, as: UTF8.self) }
    guard let codec = AvroCodec(rawValue: codecName ?? "null") else {
      throw .unsupported("Avro codec \(codecName ?? "")")
    }
    self.codec = codec
    guard let text = metadata.last(where: { $0.key == Self.schemaKey })?.value else {
      throw .malformedInput("Avro header without \(Self.schemaKey)")
    }
    guard text.count <= limits.schemaBytes else {
      throw .limitExceeded("Avro schema of \(text.count) bytes, more than the limit of \(limits.schemaBytes)")
    }
    schema = try AvroSchema(parsing: text)
  }

  /// The header's map, a schema of its own.
  private static func readMetadata(
    _ cursor: inout ByteCursor, limits: AvroLimits
  ) throws(Failure) -> [(key: String, value: [UInt8])] {
    var entries: [(key: String, value: [UInt8])] = []
    while true {
      var count = try cursor.readZigzag()
      if count == 0 { return entries }
      if count < 0 {
        _ = try cursor.readZigzag()
        count = count == .min ? .max : -count
      }
      guard count <= Int64(limits.metadataEntries - entries.count) else {
        throw .limitExceeded("Avro header with more than \(limits.metadataEntries) entries")
      }
      for _ in 0..<count {
        let key = String(decoding: try readBytes(&cursor), as: UTF8.self)
        entries.append((key: key, value: [UInt8](try readBytes(&cursor))))
      }
    }
  }

  private static func readBytes(_ cursor: inout ByteCursor) throws(Failure) -> UnsafeRawBufferPointer {
    let length = try cursor.readZigzag()
    guard let length = Int(exactly: length), length >= 0 else { throw .malformedInput("Avro header: length \(length)") }
    return try cursor.readBytes(length)
  }

  /// A header as bytes.
  static func write(
    schema: AvroSchema, codec: AvroCodec, metadata: [(key: String, value: [UInt8])], sync: [UInt8],
    into buffer: inout ByteBuffer
  ) {
    let own = [(key: schemaKey, value: schema.json.serialized()), (key: codecKey, value: Array(codec.rawValue.utf8))]
    buffer.append(magic)
    buffer.append(zigzag: Int64(own.count + metadata.count))
    for entry in own + metadata {
      buffer.append(zigzag: Int64(entry.key.utf8.count))
      buffer.append(utf8: entry.key)
      buffer.append(zigzag: Int64(entry.value.count))
      buffer.append(entry.value)
    }
    buffer.append(zigzag: 0)
    buffer.append(sync)
  }
}
