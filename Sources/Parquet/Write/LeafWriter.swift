import Bytes
import Columns
import Failures

/// Encodes one stored column of a row group. Used by one thread at a time.
protocol LeafWriter: AnyObject {
  /// The bytes of the row group's pages so far, the unfinished one included, before compression.
  var encodedBytes: Int { get }
  /// About how many bytes rows take in PLAIN encoding.
  func plainBytes(_ column: Column, _ rows: Range<Int>) throws(Failure) -> Int
  /// Adds rows of the top-level field's column and submits the pages that they fill.
  func append(_ column: Column, _ rows: Range<Int>) throws(Failure)
  /// Submits what is left and begins the next row group.
  func finish() -> EncodedChunk
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

/// Makes the writer of a leaf.
func makeLeafWriter(
  _ leaf: LeafColumn, _ path: LeafPath, _ options: WriterOptions, _ compressor: PageCompressor
) -> any LeafWriter {
  switch leaf.physicalType {
  case .boolean: PageEncoder<BoolValues>(leaf, path, options, compressor)
  case .int32: PageEncoder<FixedValues<Int32>>(leaf, path, options, compressor)
  case .int64: PageEncoder<FixedValues<Int64>>(leaf, path, options, compressor)
  case .float: PageEncoder<FixedValues<Float>>(leaf, path, options, compressor)
  case .double: PageEncoder<FixedValues<Double>>(leaf, path, options, compressor)
  case .byteArray, .fixedLengthByteArray, .int96:
    PageEncoder<BinaryValues>(leaf, path, options, compressor)
  }
}
