import Columns
import Failures
import Glibc
import Parquet
import Testing

/// Generated files of any types, nesting, nulls, encodings, codecs, page and row group sizes: read again by us, by pyarrow, and
/// pyarrow's by us. `WIKIGUARD_SOAK=1` makes ten times as many.
@Suite(.serialized) struct PropertyTests {
  private static let rounds = getenv("WIKIGUARD_SOAK") == nil ? 1 : 10
  /// Files a round in each direction, of two to three columns each in the mean.
  private static let filesARound = 1500

  @Test func weReadWhatWeWrite() throws {
    for seed in 0..<UInt64(2000 * Self.rounds) {
      let sample = try PropertyCase(seed: seed)
      let bytes = try writtenFile(sample.schema, sample.batches, sample.options).bytes
      let file = try within("seed \(seed)") { try reader(bytes) }
      #expect(file.schema == sample.schema, "seed \(seed)")
      let read = try within("seed \(seed)") { try file.readAll(columns: Array(sample.schema.fields.indices)) }
      for (index, column) in read.enumerated() {
        let isEqual = isSame(column, try joined(sample.batches, index))
        #expect(isEqual, "seed \(seed), column \(index): \(sample.schema.fields[index])")
      }
      try within("seed \(seed)") { try checkRanges(file, seed) }
    }
  }

  /// Rows that are picked are the same rows, and no bloom filter denies a value that is there.
  private func checkRanges(_ file: ParquetReader, _ seed: UInt64) throws {
    guard let count = file.metadata.rowGroups.first.map({ Int($0.rowCount) }), count > 0 else { return }
    var random = SeededRandom(seed &+ 7)
    let start = random.below(count)
    let ranges = [0..<min(start, 1), start..<start + random.below(count - start + 1)].filter { !$0.isEmpty }
    let columns = Array(file.schema.fields.indices)
    let whole = try file.read(rowGroup: 0, columns: columns)
    let part = try file.read(rowGroup: 0, columns: columns, rows: ranges)
    for (all, some) in zip(whole, part) { #expect(isSame(some, all.gathering(ranges.flatMap { Array($0) }))) }
    for leaf in file.schema.leaves.indices {
      guard let min = file.statistics(rowGroup: 0, leaf: leaf), min.isMinExact, let value = min.min else { continue }
      guard file.schema.leaves[leaf].physicalType != .float, file.schema.leaves[leaf].physicalType != .double,
        let filter = try file.bloomFilter(rowGroup: 0, leaf: leaf)
      else { continue }
      #expect(filter.mightContain(value), "the filter of \(file.schema.leaves[leaf].path) denies the smallest value")
    }
  }

  @Test func pyarrowReadsWhatWeWrite() throws {
    guard let python = Python.find(for: "pyarrowReadsWhatWeWrite") else { return }
    for round in 0..<UInt64(Self.rounds) {
      try Python.withDirectory { directory in
        for number in 0..<UInt64(Self.filesARound) {
          let sample = try PropertyCase(seed: 1_000_000 + round * 100_000 + number)
          let (bytes, _) = try writtenFile(sample.schema, sample.batches, sample.options)
          try Python.write(bytes, to: "\(directory)/\(number).parquet")
          try Python.write(Array(try sample.text().utf8), to: "\(directory)/\(number).txt")
        }
        let (text, succeeded) = try Python.run(python, in: directory, ["verify", directory])
        #expect(succeeded && text == "\(Self.filesARound) files\n", "round \(round): \(text.prefix(2000))")
      }
    }
  }

  @Test func weReadWhatPyarrowWrites() throws {
    guard let python = Python.find(for: "weReadWhatPyarrowWrites") else { return }
    for round in 0..<Self.rounds {
      try Python.withDirectory { directory in
        let arguments = ["generate", directory, "\(round)", "\(Self.filesARound)"]
        let (text, succeeded) = try Python.run(python, in: directory, arguments)
        #expect(succeeded, "\(text.suffix(2000))")
        for number in 0..<Self.filesARound {
          let bytes = try Python.read("\(directory)/\(number).parquet")
          let expected = String(decoding: try Python.read("\(directory)/\(number).txt"), as: UTF8.self)
          do {
            try compare(try reader(bytes), expected, "round \(round), file \(number)")
          } catch {
            Issue.record("round \(round), file \(number): \(error)")
          }
        }
      }
    }
  }

  private func compare(_ file: ParquetReader, _ expected: String, _ label: String) throws {
    var text = ""
    let columns = try file.readAll(columns: Array(file.schema.fields.indices))
    for (field, column) in zip(file.schema.fields, columns) { text += "# \(field.name)\n" + canonicalText(column) }
    #expect(firstDifference(text, expected) == nil, "\(label): \(file.schema.fields)")
    try checkRanges(file, UInt64(text.utf8.count))
  }
}
