import Bytes
public import Failures

extension AvroDecoder {
  /// Passes over one value of `type` without making it.
  public mutating func skip(_ type: AvroTypeID) throws(Failure) {
    if !schema.occupies[type.index] { try spend(1) }
    switch schema.types[type.index].kind {
    case .null: break
    case .boolean: try cursor.skip(1)
    case .int, .long, .enumeration: _ = try cursor.readZigzag()
    case .float: try cursor.skip(4)
    case .double: try cursor.skip(8)
    case .bytes, .string: _ = try readRawBytes()
    case .fixed(let size): try cursor.skip(size)
    case .union(let branches):
      let branch = branches[try readBranch(of: branches.count)]
      if !schema.isNull(branch) { try nested { (decoder) throws(Failure) in try decoder.skip(branch) } }
    case .record(let fields):
      try nested { (decoder) throws(Failure) in for field in fields { try decoder.skip(field.type) } }
    case .array(let element):
      try nested { (decoder) throws(Failure) in try decoder.skipBlocks(of: element, keyed: false) }
    case .map(let value):
      try nested { (decoder) throws(Failure) in try decoder.skipBlocks(of: value, keyed: true) }
    }
  }

  private mutating func nested(_ body: (inout AvroDecoder) throws(Failure) -> Void) throws(Failure) {
    try enter()
    try body(&self)
    leave()
  }

  private mutating func skipBlocks(of type: AvroTypeID, keyed: Bool) throws(Failure) {
    while let block = try readBlockHeader() {
      if let length = block.byteCount {
        try cursor.skip(length)
        continue
      }
      if keyed { try checkKeyed(block.count) } else { try check(block.count, of: type) }
      for _ in 0..<block.count {
        if keyed { _ = try readRawBytes() }
        try skip(type)
      }
    }
  }

  /// Refuses more entries of a map than there can be: a key takes a byte at least.
  mutating func checkKeyed(_ count: Int) throws(Failure) {
    guard count <= cursor.remaining else {
      throw .malformedInput("Avro: \(count) map entries in \(cursor.remaining) bytes at offset \(cursor.offset)")
    }
  }
}
