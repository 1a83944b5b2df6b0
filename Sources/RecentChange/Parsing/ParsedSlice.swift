internal import CSimdjson
internal import Columns

/// A batch that the C++ parser has filled, and its way into columns.
///
/// Invariant: `batch` was made by `rc_parse` for `rowCount` rows and is freed once, here. It is not changed after it was made, so
/// that threads may read it.
final class ParsedSlice: @unchecked Sendable {
  private let batch: OpaquePointer
  let rowCount: Int

  init(owning batch: OpaquePointer, rowCount: Int) {
    self.batch = batch
    self.rowCount = rowCount
  }

  deinit { rc_free(batch) }

  private func parts(_ field: Int) -> rc_column { rc_column_of(batch, rc_field(UInt32(field))) }

  private static func rowCount(_ slices: [ParsedSlice]) -> Int { slices.reduce(0) { $0 + $1.rowCount } }

  /// The column `field` of all slices, one after the other.
  static func column(_ field: Int, of slices: [ParsedSlice]) -> Column {
    switch rc_kind_of(rc_field(UInt32(field))) {
    case RC_INT64: .int64(primitive(field, slices))
    case RC_INT32: .int32(primitive(field, slices))
    case RC_BOOL: .bool(primitive(field, slices))
    default: .binary(binary(field, slices))
    }
  }

  static func primitive<Value>(_ field: Int, _ slices: [ParsedSlice]) -> PrimitiveColumn<Value> {
    let values = [Value](unsafeUninitializedCapacity: rowCount(slices)) { target, count in
      count = copy(slices, into: UnsafeMutableRawBufferPointer(target)) { slice in
        UnsafeRawBufferPointer(start: slice.parts(field).values, count: slice.rowCount * MemoryLayout<Value>.stride)
      }
      count /= MemoryLayout<Value>.stride
    }
    return PrimitiveColumn(values, validity: validity(field, slices))
  }

  static func binary(_ field: Int, _ slices: [ParsedSlice]) -> BinaryColumn {
    let parts = slices.map { $0.parts(field) }
    let byteCount = parts.reduce(0) { $0 + $1.byte_count }
    let bytes = [UInt8](unsafeUninitializedCapacity: byteCount) { target, count in
      count = copy(slices, into: UnsafeMutableRawBufferPointer(target)) { slice in
        let parts = slice.parts(field)
        return UnsafeRawBufferPointer(start: parts.values, count: parts.byte_count)
      }
    }
    return BinaryColumn(offsets: offsets(field, slices), bytes: bytes, validity: validity(field, slices))
  }

  private static func offsets(_ field: Int, _ slices: [ParsedSlice]) -> [Int] {
    [Int](unsafeUninitializedCapacity: rowCount(slices) + 1) { target, count in
      target.initializeElement(at: 0, to: 0)
      count = 1
      var base = 0
      for slice in slices {
        let parts = slice.parts(field)
        let source = UnsafeBufferPointer(start: parts.offsets, count: slice.rowCount + 1)
        for row in 1..<max(source.count, 1) {
          target.initializeElement(at: count, to: base + Int(source[row]))
          count += 1
        }
        base += parts.byte_count
      }
    }
  }

  private static func validity(_ field: Int, _ slices: [ParsedSlice]) -> [Bool]? {
    guard slices.contains(where: { $0.parts(field).null_count > 0 }) else { return nil }
    return [Bool](unsafeUninitializedCapacity: rowCount(slices)) { target, count in
      count = copy(slices, into: UnsafeMutableRawBufferPointer(target)) { slice in
        UnsafeRawBufferPointer(start: slice.parts(field).valid, count: slice.rowCount)
      }
    }
  }

  /// Copies a part of each slice into `target`, which has room for all; returns the bytes copied.
  private static func copy(
    _ slices: [ParsedSlice], into target: UnsafeMutableRawBufferPointer, part: (ParsedSlice) -> UnsafeRawBufferPointer
  ) -> Int {
    var position = 0
    for slice in slices {
      let source = part(slice)
      UnsafeMutableRawBufferPointer(rebasing: target[position...]).copyMemory(from: source)
      position += source.count
    }
    return position
  }

  /// What is wrong, by row.
  func failures() -> [RecentChangeFailure] {
    var count = 0
    guard let first = rc_failures(batch, &count), count > 0 else { return [] }
    let problems = UnsafeBufferPointer(start: first, count: count)
    // U+0000 is looked for at the end: put it to its row. The order of a row's problems is kept.
    let order = problems.indices.sorted { (problems[$0].row, $0) < (problems[$1].row, $1) }
    var result: [RecentChangeFailure] = []
    var position = 0
    while position < order.count {
      let row = problems[order[position]].row
      let end = order[position...].firstIndex { problems[$0].row != row } ?? order.endIndex
      let group = order[position..<end].map { problems[$0] }
      result.append(
        RecentChangeFailure(row: row, reasons: group.map(words), kind: group[0].severity))
      position = end
    }
    return result
  }

  private func words(_ problem: rc_failure) -> String { problem.words(text: rc_text(batch)) }
}
