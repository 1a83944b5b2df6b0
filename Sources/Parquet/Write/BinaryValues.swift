import Bytes
import Columns
import Failures
import Glibc

/// Strings and byte strings.
struct BinaryValues: PageValues, ~Copyable {
  private var plain = ByteBuffer(capacity: 1024)
  private var indices: [UInt32] = []
  private var dictionary = BinaryDictionary()
  private var pageBytes = 0
  private var bounds = BinaryBounds()
  private(set) var hasDictionary: Bool

  init(hasDictionary: Bool) { self.hasDictionary = hasDictionary }

  static func plainBytes(_ column: Column, _ range: Range<Int>) -> Int {
    guard case .binary(let column) = column else { return 0 }
    return column.offsets[range.upperBound] - column.offsets[range.lowerBound] + 4 * range.count
  }

  var dictionaryBytes: Int { dictionary.byteCount }
  var plainBytes: Int { pageBytes }
  var encodedBytes: Int { hasDictionary ? indices.count * indexWidth(dictionary.count) / 8 : plain.count }

  mutating func append(_ column: Column, _ range: Range<Int>) throws(Failure) {
    guard case .binary(let column) = column else { throw Self.mismatch() }
    column.bytes.withUnsafeBytes { bytes in
      column.offsets.withUnsafeBufferPointer { offsets in
        if hasDictionary {
          appendIndices(bytes, offsets, column.validity, range)
        } else {
          appendPlain(bytes, offsets, column.validity, range)
        }
      }
    }
  }

  private mutating func appendIndices(
    _ bytes: UnsafeRawBufferPointer, _ offsets: UnsafeBufferPointer<Int>, _ validity: [Bool]?, _ range: Range<Int>
  ) {
    indices.reserveCapacity(indices.count + range.count)
    for row in range where validity?[row] ?? true {
      let value = UnsafeRawBufferPointer(rebasing: bytes[offsets[row]..<offsets[row + 1]])
      indices.append(dictionary.index(of: value))
      pageBytes += 4 + value.count
    }
  }

  private mutating func appendPlain(
    _ bytes: UnsafeRawBufferPointer, _ offsets: UnsafeBufferPointer<Int>, _ validity: [Bool]?, _ range: Range<Int>
  ) {
    plain.reserve(offsets[range.upperBound] - offsets[range.lowerBound] + 4 * range.count)
    for row in range where validity?[row] ?? true {
      appendPlain(UnsafeRawBufferPointer(rebasing: bytes[offsets[row]..<offsets[row + 1]]))
    }
    bounds.keep()
  }

  /// https://github.com/apache/parquet-format/blob/master/Encodings.md#plain-plain--0
  private mutating func appendPlain(_ value: UnsafeRawBufferPointer) {
    plain.append(littleEndian: UInt32(truncatingIfNeeded: value.count))
    plain.append(value)
    pageBytes = plain.count
    bounds.note(value)
  }

  mutating func abandonDictionary() {
    hasDictionary = false
    pageBytes = 0
    let old = dictionary
    for index in indices {
      old.withEntry(index) {
        appendPlain($0)
        bounds.keep()
      }
    }
    indices.removeAll()
    dictionary = BinaryDictionary()
  }

  mutating func freezeDictionary() { hasDictionary = false }

  mutating func endPage(into body: inout ByteBuffer) -> EncodedValues {
    let isIndexed = hasDictionary && !indices.isEmpty
    if isIndexed {
      encodeIndices(indices, dictionaryCount: dictionary.count, into: &body)
      noteEntries()
    } else {
      plain.withUnsafeBytes { body.append($0) }
    }
    let result = EncodedValues(encoding: isIndexed ? .rleDictionary : .plain, min: bounds.min, max: bounds.max)
    plain.removeAll()
    indices.removeAll(keepingCapacity: true)
    pageBytes = 0
    bounds = BinaryBounds()
    return result
  }

  /// Bounds over the entries that the page uses, each looked at once.
  private mutating func noteEntries() {
    let entries = dictionary
    var seen = [Bool](repeating: false, count: entries.count)
    for index in indices where !seen[Int(index)] {
      seen[Int(index)] = true
      entries.withEntry(index) {
        bounds.note($0)
        bounds.keep()
      }
    }
  }

  mutating func endChunk(hasDictionary: Bool) -> PageTask? {
    defer {
      self.hasDictionary = hasDictionary
      dictionary = BinaryDictionary()
    }
    guard dictionary.count > 0 else { return nil }
    var page = ByteBuffer(capacity: dictionary.byteCount)
    for entry in 0..<dictionary.count {
      dictionary.withEntry(UInt32(truncatingIfNeeded: entry)) { value in
        page.append(littleEndian: UInt32(truncatingIfNeeded: value.count))
        page.append(value)
      }
    }
    return PageTask(page, .dictionary(count: dictionary.count))
  }
}

/// The smallest and the largest of byte strings, by unsigned bytes.
///
/// Values noted are borrowed until `keep()` copies the two that are left: one copy a batch, not one a value.
private struct BinaryBounds {
  private(set) var min: [UInt8]?
  private(set) var max: [UInt8]?
  private var low: UnsafeRawBufferPointer?
  private var high: UnsafeRawBufferPointer?

  mutating func note(_ value: UnsafeRawBufferPointer) {
    guard let low, let high else {
      self.low = value
      self.high = value
      return
    }
    if Self.isLess(value, low) {
      self.low = value
    } else if Self.isLess(high, value) {
      self.high = value
    }
  }

  /// Takes over what was noted. The memory of the noted values must still be there.
  mutating func keep() {
    guard let low, let high else { return }
    if min.map({ old in old.withUnsafeBytes { Self.isLess(low, $0) } }) ?? true { min = Array(low) }
    if max.map({ old in old.withUnsafeBytes { Self.isLess($0, high) } }) ?? true { max = Array(high) }
    self.low = nil
    self.high = nil
  }

  private static func isLess(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> Bool {
    let common = Swift.min(first.count, second.count)
    if common > 0, let left = first.baseAddress, let right = second.baseAddress {
      let order = memcmp(left, right, common)
      if order != 0 { return order < 0 }
    }
    return first.count < second.count
  }
}
