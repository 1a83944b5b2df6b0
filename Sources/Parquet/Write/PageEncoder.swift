import Bytes
import Columns
import Failures

/// Cuts a column into pages and decides between dictionary and PLAIN.
final class PageEncoder<Values: PageValues & ~Copyable> {
  private let leaf: LeafColumn
  private let isRequired: Bool
  private let options: WriterOptions
  private let compressor: PageCompressor
  private let wantsDictionary: Bool
  private var values: Values
  private var levels: PageLevels
  private var pages: [EncodedPage] = []
  private var finishedBytes = 0
  /// Whether a page of this row group refers to the dictionary.
  private var usesDictionary = false

  init(_ leaf: LeafColumn, _ field: ParquetField, _ options: WriterOptions, _ compressor: PageCompressor) {
    self.leaf = leaf
    isRequired = field.isRequired
    self.options = options
    self.compressor = compressor
    switch leaf.physicalType {
    case .boolean, .float, .double: wantsDictionary = false
    default: wantsDictionary = options.useDictionary && !options.columnsWithoutDictionary.contains(field.name)
    }
    values = Values(hasDictionary: wantsDictionary)
    levels = PageLevels(leaf)
  }

  var encodedBytes: Int { finishedBytes + values.encodedBytes + values.dictionaryBytes }

  func plainBytes(_ column: Column, _ rows: Range<Int>) -> Int {
    guard case .list(let lists) = column else { return Values.plainBytes(column, rows) }
    return rows.count + Values.plainBytes(lists.elements, Self.elements(lists, rows))
  }

  private static func elements(_ lists: ListColumn, _ rows: Range<Int>) -> Range<Int> {
    lists.offsets[rows.lowerBound]..<lists.offsets[rows.upperBound]
  }

  func append(_ column: Column, _ rows: Range<Int>) throws(Failure) {
    var row = rows.lowerBound
    while row < rows.upperBound {
      let end = cut(column, row, limit: min(rows.upperBound, row + options.pageRows - levels.rowCount))
      try appendToPage(column, row..<end)
      row = end
      reviewDictionary()
      if levels.rowCount >= options.pageRows || values.encodedBytes >= options.pageBytes { endPage() }
    }
  }

  private func appendToPage(_ column: Column, _ rows: Range<Int>) throws(Failure) {
    if case .list(let lists) = column {
      levels.append(lists, isRequired: isRequired, rows)
      try values.append(lists.elements, Self.elements(lists, rows))
    } else {
      levels.append(validity: column.validity, rows)
      try values.append(column, rows)
    }
  }

  /// The end of the rows from `start` that fill the page: the first at which their bytes reach what is left of it.
  private func cut(_ column: Column, _ start: Int, limit: Int) -> Int {
    let budget = values.hasDictionary ? options.pageBytes : max(1, options.pageBytes - values.plainBytes)
    var (low, high) = (start + 1, limit)
    while low < high {
      let middle = (low + high) / 2
      if plainBytes(column, start..<middle) >= budget { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// A dictionary that does not pay on the first page with values is abandoned, one that grows too large is not used any more.
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
    let encoded = values.endPage(into: &body)
    finishedBytes += body.count
    if encoded.encoding == .rleDictionary { usesDictionary = true }
    let task = PageTask(body, .data(slots: slotCount, encoding: encoded.encoding))
    pages.append(
      EncodedPage(task: task, values: encoded, rowCount: rowCount, slotCount: slotCount, nullCount: nullCount))
    compressor.submit(task)
  }

  func finish() -> EncodedChunk {
    endPage()
    let dictionary = values.endChunk(hasDictionary: wantsDictionary)
    if let dictionary { compressor.submit(dictionary) }
    defer {
      pages = []
      finishedBytes = 0
      usesDictionary = false
    }
    return EncodedChunk(leaf: leaf, dictionary: dictionary, pages: pages)
  }
}
