import Bytes
import Columns
import Failures

/// Numbers of one type.
struct FixedValues<Value: WrittenValue>: PageValues, ~Copyable {
  private var values: [Value] = []
  private var indices: [UInt32] = []
  private var dictionary: FixedDictionary<Value>
  private let encoding: PageEncoding
  private(set) var hasDictionary: Bool

  init(_ leaf: LeafColumn, _ encoding: PageEncoding, hasDictionary: Bool) {
    self.encoding = encoding
    self.hasDictionary = hasDictionary
    dictionary = FixedDictionary()
  }

  func plainBytes(_ column: Column, _ range: Range<Int>) -> Int { range.count * MemoryLayout<Value>.size }

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

  mutating func endPage(into body: inout ByteBuffer, _ hashes: inout ValueHashes?) -> EncodedValues {
    let isIndexed = hasDictionary && !indices.isEmpty
    if isIndexed {
      encodeIndices(indices, dictionaryCount: dictionary.entries.count, into: &body)
    } else {
      encode(into: &body)
      values.withUnsafeBytes { hashes?.note($0, width: MemoryLayout<Value>.size) }
    }
    let (range, nanCount) = Value.bounds(values)
    values.removeAll(keepingCapacity: true)
    indices.removeAll(keepingCapacity: true)
    return EncodedValues(
      encoding: isIndexed ? .rleDictionary : encoding, min: range?.min.plainBytes, max: range?.max.plainBytes,
      nanCount: nanCount)
  }

  private func encode(into body: inout ByteBuffer) {
    switch encoding {
    case .deltaBinaryPacked: Value.appendDeltas(of: values, to: &body)
    case .byteStreamSplit:
      values.withUnsafeBytes { ByteStreamSplit.encode($0, width: MemoryLayout<Value>.size, into: &body) }
    default: values.withUnsafeBytes { body.append($0) }
    }
  }

  mutating func endChunk(hasDictionary: Bool, _ hashes: inout ValueHashes?) -> PageTask? {
    defer {
      self.hasDictionary = hasDictionary
      dictionary = FixedDictionary()
    }
    guard !dictionary.entries.isEmpty else { return nil }
    var plain = ByteBuffer(capacity: dictionary.byteCount)
    dictionary.entries.withUnsafeBytes {
      plain.append($0)
      hashes?.note($0, width: MemoryLayout<Value>.size)
    }
    return PageTask(plain, .dictionary(count: dictionary.entries.count))
  }
}
