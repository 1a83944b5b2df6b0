import Bytes
import Columns
import Failures
import JSON

/// The JSON text of some values of a column, one after the other.
struct RenderedColumn {
  private let text: [UInt8]
  private let ends: [Int]

  /// Writes the values of `rows` in the given form. Throws `.malformedInput` where a value has no such form.
  init(_ column: Column, _ form: ValueForm, rows: Range<Int>) throws {
    var buffer = ByteBuffer(capacity: rows.count * 8)
    var ends: [Int] = []
    ends.reserveCapacity(rows.count)
    func each(_ body: (Int, inout ByteBuffer) throws -> Void) rethrows {
      for row in rows {
        if column.isValid(row) { try body(row, &buffer) } else { buffer.append(utf8: "null") }
        ends.append(buffer.count)
      }
    }
    switch column {
    case .bool(let values): each { $1.append(utf8: values.values[$0] ? "true" : "false") }
    case .int32(let values): try each { try $1.append(integer: Int64(values.values[$0]), form) }
    case .int64(let values): try each { try $1.append(integer: values.values[$0], form) }
    case .int128(let values): try each { try $1.append(decimal: values.values[$0], form) }
    case .float(let values): each { $1.append(float: values.values[$0]) }
    case .double(let values): each { $1.append(float: values.values[$0]) }
    case .binary(let values):
      try each { row, buffer in
        try values.withUnsafeBytes(row: row) { try buffer.append(bytes: $0, form) }
      }
    case .list(let lists): try each { try $1.append(list: lists, $0, form) }
    case .map(let maps): try each { try $1.append(map: maps, $0, form) }
    case .structure(let structure):
      let members = try RenderedMembers(structure, form, rows: rows)
      each { $1.append(members, $0 - rows.lowerBound) }
    }
    text = buffer.bytes
    self.ends = ends
  }

  /// The text of the value at `index`, counted from the first that was written.
  subscript(index: Int) -> ArraySlice<UInt8> { text[(index == 0 ? 0 : ends[index - 1])..<ends[index]] }
}

extension ByteBuffer {
  fileprivate mutating func append(integer value: Int64, _ form: ValueForm) throws {
    switch form {
    case .date: append(quoted: DateText.date(days: value))
    case .time: append(quoted: DateText.time(microseconds: value))
    case .timestamp(let isUTC): append(quoted: DateText.timestamp(microseconds: value) + (isUTC ? "+00:00" : ""))
    case .unsigned: append(utf8: String(UInt64(bitPattern: value)))
    case .decimal(let scale): append(quoted: DecimalText.text(Int128(value), scale: scale))
    default: append(utf8: String(value))
    }
  }

  fileprivate mutating func append(decimal value: Int128, _ form: ValueForm) throws {
    guard case .decimal(let scale) = form else { throw Failure.internalError("a decimal is written as \(form)") }
    append(quoted: DecimalText.text(value, scale: scale))
  }

  fileprivate mutating func append(bytes: UnsafeRawBufferPointer, _ form: ValueForm) throws {
    switch form {
    case .text: append(text: bytes)
    case .uuid where bytes.count == 16: append(uuid: bytes)
    case .decimal(let scale):
      guard let value = DecimalText.value(bigEndian: bytes) else {
        throw Failure.unsupported("a decimal of \(bytes.count) bytes")
      }
      append(quoted: DecimalText.text(value, scale: scale))
    default:
      append(UInt8(ascii: "\""))
      append(hex: bytes)
      append(UInt8(ascii: "\""))
    }
  }

  fileprivate mutating func append(list: ListColumn, _ row: Int, _ form: ValueForm) throws {
    guard case .list(let element) = form else { throw Failure.internalError("a list is written as \(form)") }
    let elements = try RenderedColumn(list.elements, element, rows: list.range(row))
    append(UInt8(ascii: "["))
    for index in 0..<list.range(row).count {
      if index > 0 { append(UInt8(ascii: ",")) }
      append(elements[index])
    }
    append(UInt8(ascii: "]"))
  }
  fileprivate mutating func append(map: MapColumn, _ row: Int, _ form: ValueForm) throws {
    guard case .map(let key, let value) = form else { throw Failure.internalError("a map is written as \(form)") }
    let keys = try RenderedColumn(map.keys, key, rows: map.range(row))
    let values = try RenderedColumn(map.values, value, rows: map.range(row))
    let sorted = (0..<map.range(row).count).sorted { keys[$0].lexicographicallyPrecedes(keys[$1]) }
    append(UInt8(ascii: "["))
    for (position, entry) in sorted.enumerated() {
      append(utf8: position > 0 ? ",[" : "[")
      append(keys[entry])
      append(UInt8(ascii: ","))
      append(values[entry])
      append(UInt8(ascii: "]"))
    }
    append(UInt8(ascii: "]"))
  }

  fileprivate mutating func append(_ members: RenderedMembers, _ index: Int) {
    append(UInt8(ascii: "{"))
    for (position, member) in members.members.enumerated() {
      if position > 0 { append(UInt8(ascii: ",")) }
      append(member.key)
      append(UInt8(ascii: ":"))
      append(member.values[index])
    }
    append(UInt8(ascii: "}"))
  }
}

/// The JSON text of the fields of some structures.
private struct RenderedMembers {
  private(set) var members: [(key: [UInt8], values: RenderedColumn)] = []

  init(_ structure: StructColumn, _ form: ValueForm, rows: Range<Int>) throws {
    guard case .structure(let fields) = form, fields.count == structure.columns.count else {
      throw Failure.internalError("a structure is written as \(form)")
    }
    for (field, column) in zip(fields, structure.columns) {
      let key = JSONValue.string(field.name).serialized()
      members.append((key: key, values: try RenderedColumn(column, field.form, rows: rows)))
    }
  }
}
