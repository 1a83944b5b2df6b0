import Bytes
import Columns
import Failures

/// The values of the page that a column is writing, and the column's dictionary as long as it has one.
///
/// Values are appended without nulls. While `hasDictionary`, the page is encoded as indices.
protocol PageValues: ~Copyable {
  init(_ leaf: LeafColumn, _ encoding: PageEncoding, hasDictionary: Bool)
  /// The bytes that the values of `range` take in PLAIN encoding, nulls perhaps counted too. Grows with the range.
  func plainBytes(_ column: Column, _ range: Range<Int>) -> Int
  /// Whether values are looked up in the dictionary.
  var hasDictionary: Bool { get }
  /// The bytes of the dictionary's values.
  var dictionaryBytes: Int { get }
  /// The bytes of the page's values in PLAIN encoding.
  var plainBytes: Int { get }
  /// The bytes of the page's values as they will be encoded.
  var encodedBytes: Int { get }
  /// Adds the values of `range` that are not null.
  mutating func append(_ column: Column, _ range: Range<Int>) throws(Failure)
  /// Forgets the dictionary, which no page has used yet: the page's values become PLAIN.
  mutating func abandonDictionary()
  /// Keeps the dictionary for the pages that used it: the next page is PLAIN.
  ///
  /// Precondition: the page is empty.
  mutating func freezeDictionary()
  /// Writes the page's values and begins a new page. A page without values needs no dictionary.
  /// Values that are not in the dictionary are noted in `hashes`.
  mutating func endPage(into body: inout ByteBuffer, _ hashes: inout ValueHashes?) -> EncodedValues
  /// The dictionary page, nil when no page used one. Its entries are noted in `hashes`. The values are as new
  /// afterwards.
  mutating func endChunk(hasDictionary: Bool, _ hashes: inout ValueHashes?) -> PageTask?
}

/// What is known of the values of a page that was encoded.
struct EncodedValues {
  let encoding: PageEncoding
  let min: [UInt8]?
  let max: [UInt8]?
  var nanCount = 0
}

extension PageValues where Self: ~Copyable {
  /// A column of another physical type than the schema's, which `ParquetField.check` has ruled out.
  static func mismatch() -> Failure { .internalError("a column of another type reached the writer") }
}

/// Appends dictionary indices as a data page has them: their bit width, then runs.
///
/// https://github.com/apache/parquet-format/blob/master/Encodings.md#dictionary-encoding-plain_dictionary--2-and-rle_dictionary--8.
/// One bit for a dictionary of one value: not all readers take none.
func encodeIndices(_ indices: [UInt32], dictionaryCount: Int, into body: inout ByteBuffer) {
  let width = indexWidth(dictionaryCount)
  body.append(UInt8(width))
  indices.withUnsafeBufferPointer { RLEBitPackedHybrid.encode($0, bitWidth: width, into: &body) }
}

/// The bits of an index into a dictionary of `count` values.
func indexWidth(_ count: Int) -> Int { max(1, RLEBitPackedHybrid.bitWidth(max(0, count - 1))) }
