import Columns
import Failures

/// Divides the rows of a batch by partition.
struct PartitionSplitter {
  /// The rows of one partition, ascending.
  struct Part {
    let partition: PartitionValues
    let rows: [Int]
  }

  private let fields: [(path: ColumnPath?, transform: Transform, type: PrimitiveType)]

  /// A splitter for rows of `schema`. Throws `.unsupported` for a transform that is not known.
  init(_ spec: PartitionSpec, schema: Schema) throws {
    fields = try spec.fields.map { field in
      // A void field gives nulls, and may have lost its column.
      if field.transform == .void { return (nil, .void, .int) }
      guard let path = schema.columnPath(of: field.sourceID),
        let type = schema.field(id: field.sourceID)?.type.primitive, field.transform.resultType(of: type) != nil,
        // Engines disagree about partitions of NaN, infinities and zeros.
        !type.isFloatingPoint
      else { throw Failure.unsupported("writing a table that is partitioned by \(field.name) (\(field.transform))") }
      return (path, field.transform, type)
    }
  }

  /// The partitions of the rows of `columns`, in the order in which they first occur.
  func split(_ columns: [Column], rowCount: Int) throws -> [Part] {
    let groups = try fields.map { field in
      guard let path = field.path else { return GroupedColumn(nulls: rowCount) }
      guard let column = path.column(in: columns) else {
        throw Failure.internalError("a column that divides the table is missing")
      }
      return try GroupedColumn(column, field.transform, field.type)
    }
    // The number of each row's partition so far: by the first field, then by the first two…
    var numbers = [Int](repeating: 0, count: rowCount)
    var firstRows = rowCount > 0 ? [0] : []
    for group in groups { firstRows = Self.refine(&numbers, by: group.ids) }
    var rows = [[Int]](repeating: [], count: firstRows.count)
    for (row, number) in numbers.enumerated() { rows[number].append(row) }
    return zip(firstRows, rows).map { first, rows in
      Part(partition: PartitionValues(groups.map { $0.values[$0.ids[first]] }), rows: rows)
    }
  }

  /// Divides partitions by one more field; returns the first row of each.
  private static func refine(_ numbers: inout [Int], by ids: [Int]) -> [Int] {
    struct Pair: Hashable {
      let number: Int
      let id: Int
    }
    var known: [Pair: Int] = [:]
    var firstRows: [Int] = []
    var last: (pair: Pair, result: Int)?
    for row in numbers.indices {
      let pair = Pair(number: numbers[row], id: ids[row])
      if let last, last.pair == pair {
        numbers[row] = last.result
        continue
      }
      let number = known[pair] ?? firstRows.count
      if number == firstRows.count {
        known[pair] = number
        firstRows.append(row)
      }
      numbers[row] = number
      last = (pair, number)
    }
    return firstRows
  }
}

/// The distinct results of a transform on a column, and which of them each row has.
private struct GroupedColumn {
  private(set) var ids: [Int] = []
  private(set) var values: [Literal?] = []

  init(nulls count: Int) {
    ids = [Int](repeating: 0, count: count)
    values = [nil]
  }

  init(_ column: Column, _ transform: Transform, _ type: PrimitiveType) throws {
    ids.reserveCapacity(column.count)
    switch column {
    case .bool(let column): try group(column.count, transform) { column[$0].map { .boolean($0) } }
    case .int32(let column): try groupRuns(column, transform) { type == .date ? .date($0) : .int($0) }
    case .int64(let column): try groupRuns(column, transform) { Literal(microseconds: $0, type) }
    case .int128(let column): try groupRuns(column, transform) { .decimal($0) }
    case .float(let column): try groupRuns(column, transform) { .float($0) }
    case .double(let column): try groupRuns(column, transform) { .double($0) }
    case .binary(let column):
      try group(column.count, transform) { row in
        try column[row].map { try Literal(singleValue: Array($0), type: type) }
      }
    case .list, .structure, .map:
      throw Failure.invalidArgument("lists, structures and maps cannot divide a table")
    }
  }

  /// Looks a value up only where it differs from the row before: batches are mostly sorted.
  private mutating func groupRuns<Value>(
    _ column: PrimitiveColumn<Value>, _ transform: Transform, _ literal: (Value) -> Literal
  ) throws {
    var known: [Literal?: Int] = [:]
    for row in 0..<column.count {
      if row > 0, column.isValid(row) == column.isValid(row - 1), column.values[row] == column.values[row - 1] {
        ids.append(ids[row - 1])
      } else {
        try add(column[row].map(literal), transform, &known)
      }
    }
  }

  private mutating func group(_ count: Int, _ transform: Transform, _ value: (Int) throws -> Literal?) throws {
    var known: [Literal?: Int] = [:]
    for row in 0..<count { try add(try value(row), transform, &known) }
  }

  private mutating func add(_ value: Literal?, _ transform: Transform, _ known: inout [Literal?: Int]) throws {
    let result = try transform.apply(value)
    if let id = known[result] { return ids.append(id) }
    known[result] = values.count
    ids.append(values.count)
    values.append(result)
  }
}

extension Literal {
  /// A 64-bit value of a column of `type`.
  fileprivate init(microseconds value: Int64, _ type: PrimitiveType) {
    switch type {
    case .timestamptz: self = .timestamptz(value)
    case .timestamp: self = .timestamp(value)
    case .time: self = .time(value)
    default: self = .long(value)
    }
  }
}
