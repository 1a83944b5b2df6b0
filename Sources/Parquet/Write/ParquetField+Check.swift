import Columns
import Failures

extension ParquetField {
  /// Throws `.invalidArgument` when `column` is not of the field's physical type or has values that the field forbids.
  /// `parent` says where the structure around it is there; elsewhere there must be nulls.
  func check(_ column: Column, parent: [Bool]? = nil) throws(Failure) {
    switch (type, column) {
    case (.boolean, .bool), (.int32, .int32), (.date, .int32), (.int64, .int64), (.timestampMicros, .int64),
      (.timeMicros, .int64), (.float, .float), (.double, .double), (.string, .binary), (.binary, .binary):
      break
    case (.decimal(let precision, _), .int128(let column)): try check(column, digits: precision)
    case (.uuid, .binary(let column)): try check(column, length: 16)
    case (.fixed(let length), .binary(let column)): try check(column, length: length)
    case (.group(let fields), .structure(let structure)): try check(fields, structure)
    case (.list(let element), .list(let lists)):
      try element.check(lists.elements)
      try checkNulls(lists.validity, lists.offsets, "list")
    case (.map(let key, let value), .map(let maps)):
      try key.check(maps.keys)
      try value.check(maps.values)
      try checkNulls(maps.validity, maps.offsets, "map")
    default: throw .invalidArgument("column \(name) does not hold \(type)")
    }
    try checkValidity(column.validity, parent)
  }

  private func checkValidity(_ validity: [Bool]?, _ parent: [Bool]?) throws(Failure) {
    if let parent {
      for row in parent.indices where !parent[row] && validity?[row] ?? true {
        throw .invalidArgument("column \(name), row \(row): a value inside a null structure")
      }
    }
    guard isRequired, let validity else { return }
    if parent == nil, !validity.contains(false) { return }
    for row in validity.indices where !validity[row] && parent?[row] ?? true {
      throw .invalidArgument("column \(name) is required, row \(row) is null")
    }
  }

  private func checkNulls(_ validity: [Bool]?, _ offsets: [Int], _ kind: String) throws(Failure) {
    guard let validity else { return }
    for row in validity.indices where !validity[row] && offsets[row] < offsets[row + 1] {
      throw .invalidArgument("column \(name), row \(row): a null \(kind) with elements")
    }
  }

  private func check(_ fields: [ParquetField], _ structure: StructColumn) throws(Failure) {
    guard fields.count == structure.columns.count else {
      throw .invalidArgument("column \(name): \(structure.columns.count) columns for \(fields.count) fields")
    }
    for (field, column) in zip(fields, structure.columns) { try field.check(column, parent: structure.validity) }
  }

  private func check(_ column: PrimitiveColumn<Int128>, digits: Int) throws(Failure) {
    let largest = ParquetType.largest(digits)
    for (row, value) in column.values.enumerated() where (value > largest || value < -largest) && column.isValid(row) {
      throw .invalidArgument("column \(name), row \(row): \(value) has more than \(digits) digits")
    }
  }

  private func check(_ column: BinaryColumn, length: Int) throws(Failure) {
    for row in 0..<column.count where column.offsets[row + 1] - column.offsets[row] != length && column.isValid(row) {
      throw .invalidArgument("column \(name), row \(row): not \(length) bytes")
    }
  }
}
