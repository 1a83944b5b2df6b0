import Compression
import Failures

extension WriterOptions {
  /// Throws `.invalidArgument` for options out of range and for columns that `schema` does not have.
  func check(_ schema: ParquetSchema) throws(Failure) {
    let sizes = [
      ("page bytes", pageBytes), ("page rows", pageRows), ("row group rows", rowGroupRows),
      ("row group bytes", rowGroupBytes), ("dictionary bytes", dictionaryBytes), ("statistics bytes", statisticsBytes),
      ("bloom filter bytes", bloomFilterBytes),
    ]
    for (name, size) in sizes where size < 1 { throw .invalidArgument("\(name): \(size)") }
    // Sizes of pages have 32 bits, and a page may end one value late.
    guard pageBytes <= 1 << 30 else { throw .invalidArgument("page bytes: \(pageBytes)") }
    guard bloomFilterBytes <= BloomFilter.largestSize else {
      throw .invalidArgument("bloom filter bytes: \(bloomFilterBytes)")
    }
    guard bloomFilterFalsePositiveRate > 0, bloomFilterFalsePositiveRate < 1 else {
      throw .invalidArgument("false positive rate: \(bloomFilterFalsePositiveRate)")
    }
    guard codec.parquetCode != nil, codec != .lz4Hadoop else {
      throw .invalidArgument("Parquet files are not written with \(codec.rawValue)")
    }
    try checkColumns(schema)
  }

  private func checkColumns(_ schema: ParquetSchema) throws(Failure) {
    let leaves = Dictionary(
      schema.leaves.map { ($0.path.joined(separator: "."), $0.physicalType) }, uniquingKeysWith: { first, _ in first })
    for (name, encoding) in columnEncodings {
      guard let type = leaves[name] else { throw .invalidArgument("encoding of a column \(name) that is not there") }
      guard encoding.isWritable(type) else { throw .invalidArgument("column \(name): \(encoding) of \(type) values") }
    }
    for name in bloomFilterColumns {
      guard let type = leaves[name] else {
        throw .invalidArgument("bloom filter of a column \(name) that is not there")
      }
      guard type != .boolean else { throw .invalidArgument("column \(name): a bloom filter of booleans") }
    }
    for sorting in sortingColumns where !schema.leaves.indices.contains(sorting.leaf) {
      throw .invalidArgument("sorted by stored column \(sorting.leaf) of \(schema.leaves.count)")
    }
  }
}

extension PageEncoding {
  /// Whether a writer may encode values of `type` so instead of by dictionary.
  /// https://github.com/apache/parquet-format/blob/master/Encodings.md
  fileprivate func isWritable(_ type: PhysicalType) -> Bool {
    switch (self, type) {
    case (.plain, _), (.rle, .boolean), (.deltaBinaryPacked, .int32), (.deltaBinaryPacked, .int64),
      (.deltaLengthByteArray, .byteArray), (.deltaByteArray, .byteArray), (.deltaByteArray, .fixedLengthByteArray),
      (.byteStreamSplit, .int32), (.byteStreamSplit, .int64), (.byteStreamSplit, .float), (.byteStreamSplit, .double),
      (.byteStreamSplit, .fixedLengthByteArray):
      true
    default: false
    }
  }
}
