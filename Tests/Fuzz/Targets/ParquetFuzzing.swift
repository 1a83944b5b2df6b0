import Bytes
import Columns
import Parquet

/// Parquet from bytes that may be anything.
enum ParquetFuzzing {
  /// Small limits, so that what a few bytes may cost is small too.
  private static let limits: ReaderLimits = {
    var limits = ReaderLimits()
    limits.pageBytes = 1 << 20
    limits.columnValues = 1 << 16
    limits.columnBytes = 1 << 20
    limits.checksCRC = false  // no mutation would pass
    return limits
  }()

  /// Reads all of a file, by rows and by pages, and what tells readers what to leave out.
  static func readFile(_ bytes: [UInt8]) throws {
    let file = try ParquetReader(source: MemorySource(bytes), limits: limits)
    _ = file.metadata.columnMetrics()
    for group in file.metadata.rowGroups.indices.prefix(2) {
      for column in file.schema.fields.indices.prefix(32) {
        _ = file.statistics(rowGroup: group, column: column)
        attempt { _ = try file.pageIndex(rowGroup: group, column: column) }
        attempt { try read(file, group, column, nil) }
        attempt { try read(file, group, column, [0..<1, 5..<9]) }
      }
      for leaf in file.schema.leaves.indices.prefix(32) {
        attempt { _ = try file.bloomFilter(rowGroup: group, leaf: leaf)?.mightContain([1, 0, 0, 0]) }
        attempt { _ = try file.pages(rowGroup: group, leaf: leaf) }
      }
    }
  }

  private static func read(_ file: ParquetReader, _ group: Int, _ column: Int, _ rows: [Range<Int>]?) throws {
    let result = try file.read(rowGroup: group, columns: [column], rows: rows)
    let wanted = rows?.reduce(0) { $0 + $1.count } ?? Int(file.metadata.rowGroups[group].rowCount)
    promise(result.count == 1 && result[0].count == wanted, "a column of \(result[0].count) rows instead of \(wanted)")
  }

  /// Reads a footer, to which the frame of a file is added.
  static func readFooter(_ footer: [UInt8]) throws {
    let length = (0..<4).map { UInt8(truncatingIfNeeded: footer.count >> (8 * $0)) }
    let magic = Array("PAR1".utf8)
    let file = try ParquetReader(source: MemorySource(magic + footer + length + magic), limits: limits)
    _ = file.metadata.columnMetrics()
    _ = file.metadata.rowGroups.indices.first.map { file.statistics(rowGroup: $0, column: 0) }
  }
}
