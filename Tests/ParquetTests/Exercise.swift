import Failures
import Parquet
import Testing

/// Limits that keep what damaged bytes can cost small.
let smallLimits: ReaderLimits = {
  var limits = ReaderLimits()
  limits.pageBytes = 1 << 20
  limits.columnValues = 100_000
  limits.columnBytes = 1 << 20
  return limits
}()

/// Reads everything there is in `bytes`, which may be damaged: failures are fine, other errors are not, and a trap would
/// end the process.
func exercise(_ bytes: [UInt8], checksCRC: Bool = true) {
  var limits = smallLimits
  limits.checksCRC = checksCRC
  attempt {
    let file = try reader(bytes, limits)
    _ = file.metadata.columnMetrics()
    for group in file.metadata.rowGroups.indices.prefix(2) {
      for column in file.schema.fields.indices {
        attempt { _ = try file.read(rowGroup: group, columns: [column]) }
        attempt { _ = try file.read(rowGroup: group, columns: [column], rows: [2..<4, 15..<16]) }
        attempt { _ = try file.pageIndex(rowGroup: group, column: column) }
      }
      for leaf in file.schema.leaves.indices {
        attempt { _ = try file.pageIndex(rowGroup: group, leaf: leaf) }
        attempt { _ = try file.bloomFilter(rowGroup: group, leaf: leaf)?.mightContain([1, 2]) }
      }
    }
  }
}

private func attempt(_ body: () throws -> Void) {
  do {
    try body()
  } catch {
    #expect(error is Failure, "\(error)")
  }
}

/// `bytes` with a few of them replaced.
func damaged(_ bytes: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
  var damaged = bytes
  for _ in 0..<1 + random.below(8) {
    damaged[random.below(damaged.count)] = [0, 0x7F, 0x80, 0xFF, UInt8(random.below(256))][random.below(5)]
  }
  return damaged
}
