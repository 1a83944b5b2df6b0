import Bytes
import Columns
import Failures

/// Numbers of one type.
struct FixedValues<Value: WrittenValue>: PageValues, ~Copyable {
  private var values: [Value] = []
  private var indices: [UInt32] = []
  private var dictionary: FixedDictionary<Value>
  private(set) var hasDictionary: Bool

  init(hasDictionary: Bool) {
    self.hasDictionary = hasDictionary
    dictionary = FixedDictionary()
  }

  static func plainBytes(_ column: Column, _ range: Range<Int>) -> Int { range.count * MemoryLayout<Value>.size }

  var dictionaryBytes: Int { dictionary.byteCount }
  var plainBytes: Int { values.count * MemoryLayout<Value>.size }
  var encodedBytes: Int {
    hasDictionary ? indices.count * indexWidth(dictionary.entries.count) / 8 : plainBytes
  }

  mutating func append(_ column: Column, _ range: Range<Int>) throws(Failure) {
    guard let column = Value.primitives(column) else { throw Self.mismatch() }
    let start = values.count
    if let validity = column.validity {
      for row in range where validity[row] { values.append(column.values[row]) }
    } else {
      values.append(contentsOf: column.values[range])
    }
    guard hasDictionary else { return }
    indices.reserveCapacity(values.count)
    for index in start..<values.count { indices.append(dictionary.index(of: values[index])) }
  }

  mutating func abandonDictionary() {
    hasDictionary = false
    indices.removeAll()
    dictionary = FixedDictionary()
  }

  mutating func freezeDictionary() { hasDictionary = false }

  mutating func endPage(into body: inout ByteBuffer) -> EncodedValues {
    let isIndexed = hasDictionary && !indices.isEmpty
    if isIndexed {
      encodeIndices(indices, dictionaryCount: dictionary.entries.count, into: &body)
    } else {
      values.withUnsafeBytes { body.append($0) }
    }
    let (range, nanCount) = Value.bounds(values)
    values.removeAll(keepingCapacity: true)
    indices.removeAll(keepingCapacity: true)
    return EncodedValues(
      encoding: isIndexed ? .rleDictionary : .plain, min: range?.min.plainBytes, max: range?.max.plainBytes,
      nanCount: nanCount)
  }

  mutating func endChunk(hasDictionary: Bool) -> PageTask? {
    defer {
      self.hasDictionary = hasDictionary
      dictionary = FixedDictionary()
    }
    guard !dictionary.entries.isEmpty else { return nil }
    var plain = ByteBuffer(capacity: dictionary.byteCount)
    dictionary.entries.withUnsafeBytes { plain.append($0) }
    return PageTask(plain, .dictionary(count: dictionary.entries.count))
  }
}
