import Bytes
import Failures

/// `OffsetIndex` on the wire.
///
/// https://github.com/apache/parquet-format/blob/master/PageIndex.md
struct OffsetIndex {
  struct Location: Equatable {
    let offset: Int64
    let compressedSize: Int32
    let firstRow: Int64
  }

  let locations: [Location]

  init(locations: [Location]) { self.locations = locations }

  init(_ bytes: UnsafeRawBufferPointer) throws {
    var locations: [Location] = []
    var reader = CompactReader(bytes)
    try reader.structure { reader, field in
      if field.id == 1 {
        locations = try reader.structures(field) { try Location(&$0) }
      } else {
        try reader.skip(field)
      }
    }
    self.locations = locations
  }

  func encoded() -> ByteBuffer {
    var writer = CompactWriter(capacity: 32 + locations.count * 16)
    writer.structure {
      $0.field(1, structures: locations) { writer, location in
        writer.field(1, int64: location.offset)
        writer.field(2, int32: location.compressedSize)
        writer.field(3, int64: location.firstRow)
      }
    }
    return writer.finish()
  }
}

extension OffsetIndex.Location {
  init(_ reader: inout CompactReader) throws {
    var offset: Int64 = -1
    var size: Int32 = -1
    var firstRow: Int64 = -1
    try reader.structure { reader, field in
      switch field.id {
      case 1: offset = try reader.int64(field)
      case 2: size = try reader.int32(field)
      case 3: firstRow = try reader.int64(field)
      default: try reader.skip(field)
      }
    }
    guard offset >= 0, size >= 0, firstRow >= 0 else { throw Failure.malformedInput("offset index: negative number") }
    self.init(offset: offset, compressedSize: size, firstRow: firstRow)
  }
}

/// `ColumnIndex` on the wire.
///
/// https://github.com/apache/parquet-format/blob/master/PageIndex.md
struct ColumnIndex {
  var nullPages: [Bool] = []
  var minValues: [[UInt8]] = []
  var maxValues: [[UInt8]] = []
  var order = PageIndex.BoundaryOrder.unordered
  var nullCounts: [Int64]?

  init() {}

  init(_ bytes: UnsafeRawBufferPointer) throws {
    var reader = CompactReader(bytes)
    try reader.structure { reader, field in
      switch field.id {
      case 1: nullPages = try reader.bools(field)
      case 2: minValues = try reader.binaries(field)
      case 3: maxValues = try reader.binaries(field)
      case 4: order = PageIndex.BoundaryOrder(rawValue: try reader.int32(field)) ?? .unordered
      case 5: nullCounts = try reader.int64s(field)
      default: try reader.skip(field)
      }
    }
    let count = nullPages.count
    guard minValues.count == count, maxValues.count == count, nullCounts.map({ $0.count == count }) ?? true else {
      throw Failure.malformedInput("column index: lists of different length")
    }
  }

  func encoded() -> ByteBuffer {
    var writer = CompactWriter(capacity: 64 + nullPages.count * 32)
    writer.structure {
      $0.field(1, bools: nullPages)
      $0.field(2, binaries: minValues)
      $0.field(3, binaries: maxValues)
      $0.field(4, int32: order.rawValue)
      if let nullCounts { $0.field(5, int64s: nullCounts) }
    }
    return writer.finish()
  }
}
