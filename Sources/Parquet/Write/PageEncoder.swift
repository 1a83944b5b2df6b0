import Bytes
import Columns
import Failures

/// Cuts a column into pages and decides between dictionary and PLAIN.
final class PageEncoder<Values: PageValues & ~Copyable> {
  private let leaf: LeafColumn
  private let path: LeafPath
  private let options: WriterOptions
  private let compressor: PageCompressor
  private let wantsDictionary: Bool
  private var values: Values
  private var levels: PageLevels
  private var pages: [EncodedPage] = []
  private var finishedBytes = 0
  /// Of the row group's values, where a bloom filter is wanted.
  private var hashes: ValueHashes?
  /// Whether a page of this row group refers to the dictionary.
  private var usesDictionary = false

  init(_ leaf: LeafColumn, _ path: LeafPath, _ options: WriterOptions, _ compressor: PageCompressor) {
    self.leaf = leaf
    self.path = path
    self.options = options
    self.compressor = compressor
    let name = leaf.path.joined(separator: ".")
    let encoding = options.columnEncodings[name] ?? .plain
    switch leaf.physicalType {
    case .boolean, .float, .double: wantsDictionary = false
    default:
      wantsDictionary =
        options.useDictionary && encoding == .plain && !options.columnsWithoutDictionary.contains(leaf.path[0])
    }
    values = Values(leaf, encoding, hasDictionary: wantsDictionary)
    levels = PageLevels(leaf)
    hashes = options.bloomFilterColumns.contains(name) ? ValueHashes() : nil
  }

  var encodedBytes: Int { finishedBytes + values.encodedBytes + values.dictionaryBytes }

  func plainBytes(_ column: Column, _ rows: Range<Int>) throws(Failure) -> Int {
    plainBytes(try LeafView(column, path), rows)
  }

  private func plainBytes(_ view: LeafView, _ rows: Range<Int>) -> Int {
    (leaf.maxRepetitionLevel > 0 ? rows.count : 0) + values.plainBytes(view.values, view.slots(rows))
  }

  func append(_ column: Column, _ rows: Range<Int>) throws(Failure) {
    let view = try LeafView(column, path)
    var row = rows.lowerBound
    while row < rows.upperBound {
      let end = cut(view, row, limit: min(rows.upperBound, row + options.pageRows - levels.rowCount))
      try appendToPage(view, row..<end)
      row = end
      reviewDictionary()
      if levels.rowCount >= options.pageRows || values.encodedBytes >= options.pageBytes { endPage() }
    }
  }

  private func appendToPage(_ view: LeafView, _ rows: Range<Int>) throws(Failure) {
    if path.steps.isEmpty {
      levels.append(validity: view.values.validity, rows)
    } else {
      levels.append(view, isOptional: path.isLeafOptional, rows)
    }
    try values.append(view.values, view.slots(rows))
  }

  /// The end of the rows from `start` that fill the page: the first at which their bytes reach what is left of it.
  private func cut(_ view: LeafView, _ start: Int, limit: Int) -> Int {
    let budget = values.hasDictionary ? options.pageBytes : max(1, options.pageBytes - values.plainBytes)
    var (low, high) = (start + 1, limit)
    while low < high {
      let middle = (low + high) / 2
      if plainBytes(view, start..<middle) >= budget { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// A dictionary that does not pay on the first page with values is abandoned, one that grows too large is not used
  /// any more.
  private func reviewDictionary() {
    guard values.hasDictionary else { return }
    if !usesDictionary && values.plainBytes >= options.pageBytes && !dictionaryPays {
      values.abandonDictionary()
    } else if values.dictionaryBytes > options.dictionaryBytes {
      if !usesDictionary && !dictionaryPays {
        values.abandonDictionary()
      } else {
        endPage()
        values.freezeDictionary()
      }
    }
  }

  private var dictionaryPays: Bool { values.dictionaryBytes + values.encodedBytes < values.plainBytes }

  private func endPage() {
    guard levels.rowCount > 0 else { return }
    if values.hasDictionary && !usesDictionary && values.plainBytes > 0 && !dictionaryPays {
      values.abandonDictionary()
    }
    let (rowCount, slotCount, nullCount) = (levels.rowCount, levels.slotCount, levels.nullCount)
    var body = ByteBuffer(capacity: values.encodedBytes + slotCount / 4 + 64)
    levels.endPage(into: &body)
    let encoded = values.endPage(into: &body, &hashes)
    finishedBytes += body.count
    if encoded.encoding == .rleDictionary { usesDictionary = true }
    let task = PageTask(body, .data(slots: slotCount, encoding: encoded.encoding))
    pages.append(
      EncodedPage(task: task, values: encoded, rowCount: rowCount, slotCount: slotCount, nullCount: nullCount))
    compressor.submit(task)
  }

  func finish() -> EncodedChunk {
    endPage()
    let dictionary = values.endChunk(hasDictionary: wantsDictionary, &hashes)
    if let dictionary { compressor.submit(dictionary) }
    defer {
      pages = []
      finishedBytes = 0
      usesDictionary = false
      if hashes != nil { hashes = ValueHashes() }
    }
    let filter = hashes?.filter(
      falsePositiveRate: options.bloomFilterFalsePositiveRate, maximumBytes: options.bloomFilterBytes)
    return EncodedChunk(leaf: leaf, dictionary: dictionary, pages: pages, bloomFilter: filter)
  }
}
