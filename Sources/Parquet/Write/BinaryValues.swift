import Bytes
import Columns
import Failures
import Glibc

/// Strings and byte strings, of any length or of one.
struct BinaryValues: PageValues, ~Copyable {
  private var plain = ByteBuffer(capacity: 1024)
  private var indices: [UInt32] = []
  private var dictionary = BinaryDictionary()
  private var pageBytes = 0
  private var bounds: BinaryBounds
  private let encoding: PageEncoding
  /// The length of each value, where it is fixed and not stored.
  private let width: Int?
  /// The bytes of each value's length in PLAIN encoding.
  private let lengthBytes: Int
  private let isSigned: Bool
  private(set) var hasDictionary: Bool

  init(_ leaf: LeafColumn, _ encoding: PageEncoding, hasDictionary: Bool) {
    self.encoding = encoding
    self.hasDictionary = hasDictionary
    width = leaf.physicalType == .byteArray ? nil : leaf.typeLength
    lengthBytes = width == nil ? 4 : 0
    if case .decimal = leaf.type { isSigned = true } else { isSigned = false }
    bounds = BinaryBounds(isSigned: isSigned)
  }

  func plainBytes(_ column: Column, _ range: Range<Int>) -> Int {
    guard case .binary(let column) = column else { return 0 }
    return column.offsets[range.upperBound] - column.offsets[range.lowerBound] + lengthBytes * range.count
  }

  var dictionaryBytes: Int { dictionary.byteCount + lengthBytes * dictionary.count }
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
      pageBytes += lengthBytes + value.count
    }
  }

  private mutating func appendPlain(
    _ bytes: UnsafeRawBufferPointer, _ offsets: UnsafeBufferPointer<Int>, _ validity: [Bool]?, _ range: Range<Int>
  ) {
    plain.reserve(offsets[range.upperBound] - offsets[range.lowerBound] + lengthBytes * range.count)
    for row in range where validity?[row] ?? true {
      appendPlain(UnsafeRawBufferPointer(rebasing: bytes[offsets[row]..<offsets[row + 1]]))
    }
    bounds.keep()
  }

  /// https://github.com/apache/parquet-format/blob/master/Encodings.md#plain-plain--0
  private mutating func appendPlain(_ value: UnsafeRawBufferPointer) {
    if width == nil { plain.append(littleEndian: UInt32(truncatingIfNeeded: value.count)) }
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

  mutating func endPage(into body: inout ByteBuffer, _ hashes: inout ValueHashes?) -> EncodedValues {
    let isIndexed = hasDictionary && !indices.isEmpty
    if isIndexed {
      encodeIndices(indices, dictionaryCount: dictionary.count, into: &body)
      noteEntries()
    } else {
      plain.withUnsafeBytes {
        PlainByteArrays($0, width: width).encode(as: encoding, into: &body)
        hashes?.note(PlainByteArrays($0, width: width))
      }
    }
    let result = EncodedValues(encoding: isIndexed ? .rleDictionary : encoding, min: bounds.min, max: bounds.max)
    plain.removeAll()
    indices.removeAll(keepingCapacity: true)
    pageBytes = 0
    bounds = BinaryBounds(isSigned: isSigned)
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

  mutating func endChunk(hasDictionary: Bool, _ hashes: inout ValueHashes?) -> PageTask? {
    defer {
      self.hasDictionary = hasDictionary
      dictionary = BinaryDictionary()
    }
    guard dictionary.count > 0 else { return nil }
    var page = ByteBuffer(capacity: dictionaryBytes)
    dictionary.forEach { value in
      if width == nil { page.append(littleEndian: UInt32(truncatingIfNeeded: value.count)) }
      page.append(value)
    }
    page.withUnsafeBytes { hashes?.note(PlainByteArrays($0, width: width)) }
    return PageTask(page, .dictionary(count: dictionary.count))
  }
}

/// The smallest and the largest of byte strings, by unsigned bytes, or as numbers of one length in two's complement.
///
/// Values noted are borrowed until `keep()` copies the two that are left: one copy a batch, not one a value.
private struct BinaryBounds {
  private(set) var min: [UInt8]?
  private(set) var max: [UInt8]?
  private var low: UnsafeRawBufferPointer?
  private var high: UnsafeRawBufferPointer?
  private let isSigned: Bool

  init(isSigned: Bool) { self.isSigned = isSigned }

  mutating func note(_ value: UnsafeRawBufferPointer) {
    guard let low, let high else {
      self.low = value
      self.high = value
      return
    }
    if isLess(value, low) {
      self.low = value
    } else if isLess(high, value) {
      self.high = value
    }
  }

  /// Takes over what was noted. The memory of the noted values must still be there.
  mutating func keep() {
    guard let low, let high else { return }
    if min.map({ old in old.withUnsafeBytes { isLess(low, $0) } }) ?? true { min = Array(low) }
    if max.map({ old in old.withUnsafeBytes { isLess($0, high) } }) ?? true { max = Array(high) }
    self.low = nil
    self.high = nil
  }

  private func isLess(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> Bool {
    if isSigned, let left = first.first, let right = second.first, left != right {
      return Int8(bitPattern: left) < Int8(bitPattern: right)
    }
    let common = Swift.min(first.count, second.count)
    if common > 0, let left = first.baseAddress, let right = second.baseAddress {
      let order = memcmp(left, right, common)
      if order != 0 { return order < 0 }
    }
    return first.count < second.count
  }
}
