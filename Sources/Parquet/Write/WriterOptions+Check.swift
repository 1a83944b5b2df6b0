import Compression
import Failures

extension WriterOptions {
  /// Throws `.invalidArgument` for options out of range.
  func check() throws(Failure) {
    let sizes = [
      ("page bytes", pageBytes), ("page rows", pageRows), ("row group rows", rowGroupRows),
      ("row group bytes", rowGroupBytes), ("dictionary bytes", dictionaryBytes), ("statistics bytes", statisticsBytes),
    ]
    for (name, size) in sizes where size < 1 { throw .invalidArgument("\(name): \(size)") }
    // Sizes of pages have 32 bits, and a page may end one value late.
    guard pageBytes <= 1 << 30 else { throw .invalidArgument("page bytes: \(pageBytes)") }
    guard codec.parquetCode != nil, codec != .lz4Hadoop else {
      throw .invalidArgument("Parquet files are not written with \(codec.rawValue)")
    }
  }
}
