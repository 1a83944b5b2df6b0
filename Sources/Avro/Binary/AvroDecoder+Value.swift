import Bytes
public import Failures

extension AvroDecoder {
  /// Reads one value of `type` with all that is inside it.
  public mutating func readValue(_ type: AvroTypeID) throws(Failure) -> AvroValue {
    if !schema.occupies[type.index] { try spend(1) }
    switch schema.types[type.index].kind {
    case .null: return .null
    case .boolean: return .boolean(try readBoolean())
    case .int: return .int(try readInt())
    case .long: return .long(try readLong())
    case .float: return .float(try readFloat())
    case .double: return .double(try readDouble())
    case .bytes: return .bytes(try readBytes())
    case .string: return .string(try readString())
    case .fixed(let size): return .fixed(try readFixed(size))
    case .enumeration(let symbols): return .enumeration(try readBranch(of: symbols.count))
    case .union, .record, .array, .map: return try readComposite(schema.types[type.index].kind)
    }
  }

  private mutating func readComposite(_ kind: AvroType.Kind) throws(Failure) -> AvroValue {
    try enter()
    defer { leave() }
    switch kind {
    case .union(let branches): return try readUnion(branches)
    case .record(let fields): return try readRecord(fields)
    case .array(let element): return try readElements(of: element)
    case .map(let value): return try readMap(of: value)
    default: throw .internalError("Avro: not a composite type")
    }
  }

  private mutating func readUnion(_ branches: [AvroTypeID]) throws(Failure) -> AvroValue {
    let branch = try readBranch(of: branches.count)
    return .union(branch, schema.isNull(branches[branch]) ? .null : try readValue(branches[branch]))
  }

  private mutating func readRecord(_ fields: [AvroField]) throws(Failure) -> AvroValue {
    var values: [AvroValue] = []
    values.reserveCapacity(fields.count)
    for field in fields { values.append(try readValue(field.type)) }
    return .record(values)
  }

  private mutating func readElements(of element: AvroTypeID) throws(Failure) -> AvroValue {
    var values: [AvroValue] = []
    while let block = try readBlockHeader() {
      try check(block.count, of: element)
      for _ in 0..<block.count { values.append(try readValue(element)) }
    }
    return .array(values)
  }

  private mutating func readMap(of type: AvroTypeID) throws(Failure) -> AvroValue {
    var entries: [AvroValue.MapEntry] = []
    while let block = try readBlockHeader() {
      try checkKeyed(block.count)
      for _ in 0..<block.count {
        let key = try readString()
        entries.append(AvroValue.MapEntry(key: key, value: try readValue(type)))
      }
    }
    return .map(entries)
  }
}
