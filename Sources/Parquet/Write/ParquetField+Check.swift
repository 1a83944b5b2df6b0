import Columns
import Failures

extension ParquetField {
  /// Throws `.invalidArgument` when `column` is not of the field's physical type or has nulls that the field forbids.
  func check(_ column: Column) throws(Failure) {
    switch (type, column) {
    case (.boolean, .bool), (.int32, .int32), (.date, .int32), (.int64, .int64), (.timestampMicros, .int64),
      (.float, .float), (.double, .double), (.string, .binary), (.binary, .binary):
      break
    case (.list(let element), .list(let lists)):
      try element.check(lists.elements)
      try checkNullLists(lists)
    default: throw .invalidArgument("column \(name) does not hold \(type)")
    }
    if isRequired, let row = column.validity?.firstIndex(of: false) {
      throw .invalidArgument("column \(name) is required, row \(row) is null")
    }
  }

  private func checkNullLists(_ lists: ListColumn) throws(Failure) {
    guard let validity = lists.validity else { return }
    for row in validity.indices where !validity[row] && !lists.range(row).isEmpty {
      throw .invalidArgument("column \(name), row \(row): a null list with elements")
    }
  }
}
