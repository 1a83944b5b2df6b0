import Bytes
import Columns
import Failures

/// Encodes one stored column of a row group. Used by one thread at a time.
///
/// An enumeration over concrete encoders: behind an existential the methods of a generic class are not specialized, and
/// an appended number cost ten times as much.
enum LeafWriter {
  case bool(PageEncoder<BoolValues>)
  case int32(PageEncoder<FixedValues<Int32>>)
  case int64(PageEncoder<FixedValues<Int64>>)
  case float(PageEncoder<FixedValues<Float>>)
  case double(PageEncoder<FixedValues<Double>>)
  case binary(PageEncoder<BinaryValues>)

  init(_ leaf: LeafColumn, _ path: LeafPath, _ options: WriterOptions, _ compressor: PageCompressor) {
    switch leaf.physicalType {
    case .boolean: self = .bool(PageEncoder(leaf, path, options, compressor))
    case .int32: self = .int32(PageEncoder(leaf, path, options, compressor))
    case .int64: self = .int64(PageEncoder(leaf, path, options, compressor))
    case .float: self = .float(PageEncoder(leaf, path, options, compressor))
    case .double: self = .double(PageEncoder(leaf, path, options, compressor))
    case .byteArray, .fixedLengthByteArray, .int96: self = .binary(PageEncoder(leaf, path, options, compressor))
    }
  }

  /// The bytes of the row group's pages so far, the unfinished one included, before compression.
  var encodedBytes: Int {
    switch self {
    case .bool(let encoder): encoder.encodedBytes
    case .int32(let encoder): encoder.encodedBytes
    case .int64(let encoder): encoder.encodedBytes
    case .float(let encoder): encoder.encodedBytes
    case .double(let encoder): encoder.encodedBytes
    case .binary(let encoder): encoder.encodedBytes
    }
  }

  /// About how many bytes rows take in PLAIN encoding.
  func plainBytes(_ column: Column, _ rows: Range<Int>) throws(Failure) -> Int {
    switch self {
    case .bool(let encoder): try encoder.plainBytes(column, rows)
    case .int32(let encoder): try encoder.plainBytes(column, rows)
    case .int64(let encoder): try encoder.plainBytes(column, rows)
    case .float(let encoder): try encoder.plainBytes(column, rows)
    case .double(let encoder): try encoder.plainBytes(column, rows)
    case .binary(let encoder): try encoder.plainBytes(column, rows)
    }
  }

  /// Adds rows of the top-level field's column and submits the pages that they fill.
  func append(_ column: Column, _ rows: Range<Int>) throws(Failure) {
    switch self {
    case .bool(let encoder): try encoder.append(column, rows)
    case .int32(let encoder): try encoder.append(column, rows)
    case .int64(let encoder): try encoder.append(column, rows)
    case .float(let encoder): try encoder.append(column, rows)
    case .double(let encoder): try encoder.append(column, rows)
    case .binary(let encoder): try encoder.append(column, rows)
    }
  }

  /// Submits what is left and begins the next row group.
  func finish() -> EncodedChunk {
    switch self {
    case .bool(let encoder): encoder.finish()
    case .int32(let encoder): encoder.finish()
    case .int64(let encoder): encoder.finish()
    case .float(let encoder): encoder.finish()
    case .double(let encoder): encoder.finish()
    case .binary(let encoder): encoder.finish()
    }
  }
}

/// A column chunk whose pages are encoded, perhaps not yet compressed.
struct EncodedChunk {
  let leaf: LeafColumn
  let dictionary: PageTask?
  let pages: [EncodedPage]
  /// The values' filter, where one is wanted.
  let bloomFilter: BloomFilter?
}

/// A data page and what is known of its values.
struct EncodedPage {
  let task: PageTask
  let values: EncodedValues
  let rowCount: Int
  let slotCount: Int
  let nullCount: Int
}
