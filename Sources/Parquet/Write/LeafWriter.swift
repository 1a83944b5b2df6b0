import Bytes
import Columns
import Failures

/// Encodes one stored column of a row group. Used by one thread at a time.
protocol LeafWriter: AnyObject {
  /// The bytes of the row group's pages so far, the unfinished one included, before compression.
  var encodedBytes: Int { get }
  /// About how many bytes rows take in PLAIN encoding.
  func plainBytes(_ column: Column, _ rows: Range<Int>) -> Int
  /// Adds rows and submits the pages that they fill.
  func append(_ column: Column, _ rows: Range<Int>) throws(Failure)
  /// Submits what is left and begins the next row group.
  func finish() -> EncodedChunk
}

/// A column chunk whose pages are encoded, perhaps not yet compressed.
struct EncodedChunk {
  let leaf: LeafColumn
  let dictionary: PageTask?
  let pages: [EncodedPage]
}

/// A data page and what is known of its values.
struct EncodedPage {
  let task: PageTask
  let values: EncodedValues
  let rowCount: Int
  let slotCount: Int
  let nullCount: Int
}

/// Makes the writer of a leaf.
func makeLeafWriter(
  _ leaf: LeafColumn, _ field: ParquetField, _ options: WriterOptions, _ compressor: PageCompressor
) -> any LeafWriter {
  switch leaf.physicalType {
  case .boolean: PageEncoder<BoolValues>(leaf, field, options, compressor)
  case .int32: PageEncoder<FixedValues<Int32>>(leaf, field, options, compressor)
  case .int64: PageEncoder<FixedValues<Int64>>(leaf, field, options, compressor)
  case .float: PageEncoder<FixedValues<Float>>(leaf, field, options, compressor)
  case .double: PageEncoder<FixedValues<Double>>(leaf, field, options, compressor)
  case .byteArray, .fixedLengthByteArray, .int96:
    PageEncoder<BinaryValues>(leaf, field, options, compressor)
  }
}
