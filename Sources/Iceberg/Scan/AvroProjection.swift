import Avro
import Columns
import Failures
import JSON

/// Makes a table's columns of Avro values, at every level by field id, as `ColumnProjection` does of Parquet's. Where a file has no ids, a
/// name mapping gives them.
struct AvroProjection {
  let schema: AvroSchema
  let constants: IdentityValues

  /// The fields of a record type, as columns. Where `validity` says so there is no record, and `records` holds nulls.
  func columns(
    of records: [AvroValue], _ type: AvroTypeID, _ wanted: StructType, _ names: NameMapping?, validity: [Bool]?
  ) throws -> [Column] {
    let stored = schema[type].fields
    return try wanted.fields.map { field in
      guard let position = stored.firstIndex(where: { Self.id(of: $0, names) == field.id }) else {
        return try constants.column(of: field, count: records.count, validity: validity)
      }
      let values = records.map { record in
        if case .record(let values) = record { values[position].unwrapped } else { AvroValue.null }
      }
      return try within("field \(field.name)") {
        try column(
          of: values, schema.unwrappingOptional(stored[position].type), field, names?.below(stored[position].name))
      }
    }
  }

  private static func id(of field: AvroField, _ names: NameMapping?) -> Int32? {
    names.map { $0.id(of: field.name) } ?? field.fieldID
  }

  private func column(
    of values: [AvroValue], _ type: AvroTypeID, _ field: NestedField, _ names: NameMapping?
  ) throws -> Column {
    switch field.type {
    case .primitive(let primitive):
      let literals = try values.map { value -> Literal? in
        if case .null = value { return nil }
        guard let literal = literal(value, schema[type], primitive) else {
          throw Failure.malformedInput("a value in the file is no \(primitive)")
        }
        return literal
      }
      return try Column(literals, type: primitive.columnType)
    case .structure(let record):
      let stored = schema[type].fields
      let isPresent = constants.makePresent(record) { id in stored.contains { Self.id(of: $0, names) == id } }
      let validity = isPresent ? nil : Self.validity(of: values)
      let columns = try columns(of: values, type, record, names, validity: validity)
      return .structure(StructColumn(columns: columns, count: values.count, validity: validity))
    case .list(let list): return .list(try self.list(of: values, type, list, names))
    case .map(let map): return .map(try self.map(of: values, type, map, names))
    }
  }

  private func list(
    of values: [AvroValue], _ type: AvroTypeID, _ list: ListType, _ names: NameMapping?
  ) throws -> ListColumn {
    guard case .array(let element) = schema[type].kind else { throw Failure.malformedInput("no list in the file") }
    var offsets = [0]
    var elements: [AvroValue] = []
    for value in values {
      if case .array(let items) = value { elements += items.map(\.unwrapped) }
      offsets.append(elements.count)
    }
    let column = try column(
      of: elements, schema.unwrappingOptional(element), list.elementField, names?.below("element"))
    return ListColumn(offsets: offsets, elements: column, validity: Self.validity(of: values))
  }

  /// A map with string keys is Avro's own; any other an array of records of key and value.
  private func map(
    of values: [AvroValue], _ type: AvroTypeID, _ map: MapType, _ names: NameMapping?
  ) throws -> MapColumn {
    var offsets = [0]
    var entries: [AvroValue] = []
    for value in values {
      switch value {
      case .map(let pairs): entries += pairs.map { .record([.string($0.key), $0.value]) }
      case .array(let records): entries += records.map(\.unwrapped)
      default: break
      }
      offsets.append(entries.count)
    }
    let parts = try parts(of: entries, type, map, names)
    return MapColumn(offsets: offsets, keys: parts[0], values: parts[1], validity: Self.validity(of: values))
  }

  private func parts(
    of entries: [AvroValue], _ type: AvroTypeID, _ map: MapType, _ names: NameMapping?
  ) throws -> [Column] {
    switch schema[type].kind {
    case .map(let valueType):
      let keys = entries.map { entry -> Literal? in
        if case .record(let pair) = entry, case .string(let key) = pair[0] { .text(key) } else { nil }
      }
      guard map.key == .string else { throw Failure.malformedInput("a map's keys are strings in the file") }
      let values = entries.map { entry in
        if case .record(let pair) = entry { pair[1].unwrapped } else { AvroValue.null }
      }
      return [
        try Column(keys, type: .string),
        try column(of: values, schema.unwrappingOptional(valueType), map.valueField, names?.below("value")),
      ]
    case .array(let record):
      return try columns(
        of: entries, schema.unwrappingOptional(record), StructType([map.keyField, map.valueField]), names, validity: nil
      )
    default: throw Failure.malformedInput("no map in the file")
    }
  }

  private static func validity(of values: [AvroValue]) -> [Bool]? {
    values.contains(.null) ? values.map { $0 != .null } : nil
  }

  private func literal(_ value: AvroValue, _ type: AvroType, _ wanted: PrimitiveType) -> Literal? {
    switch value {
    case .boolean(let value): return .boolean(value).converted(to: wanted)
    case .int(let value): return Literal(integer: Int64(value), type: wanted)
    case .long(let value):
      guard type.logicalType == "timestamp-millis" else { return Literal(integer: value, type: wanted) }
      let (micros, overflow) = value.multipliedReportingOverflow(by: 1000)
      return overflow ? nil : Literal(integer: micros, type: wanted)
    case .float(let value): return Literal.float(value).converted(to: wanted)
    case .double(let value): return Literal.double(value).converted(to: wanted)
    case .string(let text): return Literal(bytes: Array(text.utf8), type: wanted)
    case .bytes(let bytes), .fixed(let bytes):
      if case .decimal(_, let scale) = wanted, type.attributes["scale"]?.int ?? 0 != scale { return nil }
      return Literal(bytes: bytes, type: wanted)
    default: return nil
    }
  }
}
