internal import Bytes
internal import Failures

/// Records packed one after the other, the unit that a segment stores, checks and compresses.
///
/// The body, all integers little-endian: the count (4 bytes), 1 where some key is null, else 0 (4); where each key ends (4 each),
/// where each value ends (4 each), whether each key is there (1 each, only with nulls); the keys; the values.
enum RecordBlock {
  /// Key and value of one record together; a body's offsets must fit 32 bits.
  static let maxRecordBytes = 256 << 20
  /// A body as written: one record of the largest size, or many small ones.
  static let maxBodyBytes = maxRecordBytes + (64 << 20)
}

/// Collects records into a body.
struct RecordBlockBuilder: ~Copyable {
  private var keyEnds: [UInt32] = []
  private var valueEnds: [UInt32] = []
  private var isPresent: [UInt8] = []
  private var keys = ByteBuffer(capacity: 1 << 14)
  private var values = ByteBuffer(capacity: 1 << 18)

  var count: Int { valueEnds.count }

  /// The bytes of keys and values so far.
  var byteCount: Int { keys.count + values.count }

  mutating func append(_ record: LogRecord) {
    if let key = record.key { keys.append(key) }
    values.append(record.value)
    isPresent.append(record.key == nil ? 0 : 1)
    keyEnds.append(UInt32(keys.count))
    valueEnds.append(UInt32(values.count))
  }

  /// Appends the body to `output` and starts anew.
  mutating func finish(into output: inout ByteBuffer) {
    let hasNulls = isPresent.contains(0)
    output.reserve(9 * count + 8 + byteCount)
    output.append(littleEndian: UInt32(count))
    output.append(littleEndian: UInt32(hasNulls ? 1 : 0))
    for end in keyEnds { output.append(littleEndian: end) }
    for end in valueEnds { output.append(littleEndian: end) }
    if hasNulls { output.append(isPresent) }
    keys.withUnsafeBytes { output.append($0) }
    values.withUnsafeBytes { output.append($0) }
    keyEnds.removeAll(keepingCapacity: true)
    valueEnds.removeAll(keepingCapacity: true)
    isPresent.removeAll(keepingCapacity: true)
    keys.removeAll()
    values.removeAll()
  }
}

/// A body taken apart, borrowing its bytes. Valid by construction: ends never fall and stay inside.
struct RecordBlockView {
  let count: Int
  private let keyEnds: UnsafeRawBufferPointer
  private let valueEnds: UnsafeRawBufferPointer
  private let isPresent: UnsafeRawBufferPointer?
  private let keys: UnsafeRawBufferPointer
  private let values: UnsafeRawBufferPointer

  /// Throws `.malformedInput` for bytes that are not a body.
  init(_ bytes: UnsafeRawBufferPointer) throws(Failure) {
    var cursor = ByteCursor(bytes)
    count = Int(try cursor.read(littleEndian: UInt32.self))
    let nulls = try cursor.read(littleEndian: UInt32.self)
    guard nulls <= 1 else { throw .malformedInput("block with flags \(nulls)") }
    keyEnds = try cursor.readBytes(4 * count)
    valueEnds = try cursor.readBytes(4 * count)
    isPresent = nulls == 1 ? try cursor.readBytes(count) : nil
    keys = try cursor.readBytes(try Self.checkedEnd(keyEnds, count))
    values = try cursor.readBytes(try Self.checkedEnd(valueEnds, count))
    guard cursor.isAtEnd else { throw .malformedInput("block with \(cursor.remaining) bytes too many") }
  }

  private static func checkedEnd(_ ends: UnsafeRawBufferPointer, _ count: Int) throws(Failure) -> Int {
    var last = 0
    for index in 0..<count {
      let end = Self.end(ends, index)
      guard end >= last else { throw .malformedInput("block whose record \(index) ends before it begins") }
      last = end
    }
    return last
  }

  private static func end(_ ends: UnsafeRawBufferPointer, _ index: Int) -> Int {
    Int(UInt32(littleEndian: ends.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)))
  }

  private static func start(_ ends: UnsafeRawBufferPointer, _ index: Int) -> Int {
    index == 0 ? 0 : end(ends, index - 1)
  }

  /// Those of the records `wanted` that fit into `bytes`; the first in any case if `needsOne`.
  func rows(_ wanted: Range<Int>, within bytes: Int, needsOne: Bool) -> Range<Int> {
    let keyStart = Self.start(keyEnds, wanted.lowerBound)
    let valueStart = Self.start(valueEnds, wanted.lowerBound)
    var last = wanted.lowerBound
    while last < wanted.upperBound {
      let size = Self.end(keyEnds, last) - keyStart + Self.end(valueEnds, last) - valueStart
      if size > bytes && !(needsOne && last == wanted.lowerBound) { break }
      last += 1
    }
    return wanted.lowerBound..<last
  }

  /// Appends records to columns; returns the bytes of their keys and values.
  func append(_ rows: Range<Int>, to assembler: inout RecordAssembler) -> Int {
    let keyRange = Self.start(keyEnds, rows.lowerBound)..<Self.start(keyEnds, rows.upperBound)
    let valueRange = Self.start(valueEnds, rows.lowerBound)..<Self.start(valueEnds, rows.upperBound)
    assembler.keys.append(rows.lazy.map { Self.end(keyEnds, $0) - keyRange.lowerBound }, keys[keyRange])
    assembler.values.append(rows.lazy.map { Self.end(valueEnds, $0) - valueRange.lowerBound }, values[valueRange])
    assembler.keys.append(validity: isPresent.map { UnsafeRawBufferPointer(rebasing: $0[rows]) }, count: rows.count)
    return keyRange.count + valueRange.count
  }
}
