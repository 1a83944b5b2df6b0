import Failures

/// An element of the footer's flattened schema, as it is on the wire.
///
/// https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift (`SchemaElement`)
struct SchemaElement: Equatable {
  enum Repetition: Int32 {
    case required = 0
    case optional = 1
    case repeated = 2
  }

  var name = ""
  var type: Int32?
  var typeLength: Int32?
  var repetition: Repetition?
  var childCount: Int32?
  var convertedType: Int32?
  var scale: Int32?
  var precision: Int32?
  var fieldID: Int32?
  var logicalType: LogicalType?

  init(_ name: String) { self.name = name }

  init(_ reader: inout CompactReader) throws {
    var repetitionCode: Int32?
    try reader.structure { reader, field in
      switch field.id {
      case 1: type = try reader.int32(field)
      case 2: typeLength = try reader.int32(field)
      case 3: repetitionCode = try reader.int32(field)
      case 4: name = try reader.string(field)
      case 5: childCount = try reader.int32(field)
      case 6: convertedType = try reader.int32(field)
      case 7: scale = try reader.int32(field)
      case 8: precision = try reader.int32(field)
      case 9: fieldID = try reader.int32(field)
      case 10: logicalType = try LogicalType(&reader, field)
      default: try reader.skip(field)
      }
    }
    guard let repetitionCode else { return }
    guard let repetition = Repetition(rawValue: repetitionCode) else {
      throw Failure.malformedInput("schema element \(name): repetition \(repetitionCode) does not exist")
    }
    self.repetition = repetition
  }

  func write(to writer: inout CompactWriter) {
    if let type { writer.field(1, int32: type) }
    if let typeLength { writer.field(2, int32: typeLength) }
    if let repetition { writer.field(3, int32: repetition.rawValue) }
    writer.field(4, string: name)
    if let childCount { writer.field(5, int32: childCount) }
    if let convertedType { writer.field(6, int32: convertedType) }
    if let scale { writer.field(7, int32: scale) }
    if let precision { writer.field(8, int32: precision) }
    if let fieldID { writer.field(9, int32: fieldID) }
    if let logicalType { writer.field(10, structure: { logicalType.write(to: &$0) }) }
  }
}
