import Avro

/// Avro from bytes that may be anything.
enum AvroFuzzing {
  private static let limits = AvroLimits(
    schemaBytes: 1 << 16, metadataEntries: 100, blockBytes: 1 << 20, depth: 64, emptyValues: 1000)

  /// Skips and reads all records; what was read must survive being written.
  static func read(_ bytes: [UInt8]) throws {
    let file = try AvroFileReader(bytes, limits: limits)
    attempt { try file.forEachRecord { try $0.skip($0.schema.root) } }
    let values = try file.values()
    var writer = try AvroFileWriter(schema: file.schema, codec: .null, sync: [UInt8](0..<16))
    for value in values { try writer.append(value) }
    let again = try AvroFileReader(writer.finish()).values()
    promise(again.count == values.count, "\(values.count) records became \(again.count)")
  }
}
