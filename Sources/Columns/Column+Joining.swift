import Failures

extension Column {
  /// The rows of columns of one physical type one after the other, copied once. Throws `.invalidArgument` on different types.
  ///
  /// Precondition: there is at least one.
  public init(joining parts: [Column]) throws {
    switch parts[0] {
    case .bool:
      self = .bool(PrimitiveColumn(joining: try Self.all(parts) { if case .bool(let part) = $0 { part } else { nil } }))
    case .int32:
      self = .int32(
        PrimitiveColumn(joining: try Self.all(parts) { if case .int32(let part) = $0 { part } else { nil } }))
    case .int64:
      self = .int64(
        PrimitiveColumn(joining: try Self.all(parts) { if case .int64(let part) = $0 { part } else { nil } }))
    case .int128:
      self = .int128(
        PrimitiveColumn(joining: try Self.all(parts) { if case .int128(let part) = $0 { part } else { nil } }))
    case .float:
      self = .float(
        PrimitiveColumn(joining: try Self.all(parts) { if case .float(let part) = $0 { part } else { nil } }))
    case .double:
      self = .double(
        PrimitiveColumn(joining: try Self.all(parts) { if case .double(let part) = $0 { part } else { nil } }))
    case .binary:
      self = .binary(
        BinaryColumn(joining: try Self.all(parts) { if case .binary(let part) = $0 { part } else { nil } }))
    case .list, .structure, .map:
      self = try parts.dropFirst().reduce(into: parts[0]) { try $0.append(contentsOf: $1) }
    }
  }

  private static func all<Part>(_ parts: [Column], _ part: (Column) -> Part?) throws -> [Part] {
    try parts.map { column in
      guard let part = part(column) else {
        throw Failure.invalidArgument("columns of different types cannot be joined")
      }
      return part
    }
  }
}

extension PrimitiveColumn {
  fileprivate init(joining parts: [Self]) {
    self.init(joinedArrays(parts.map(\.values)), validity: joinedValidity(parts.map { ($0.validity, $0.count) }))
  }
}

extension BinaryColumn {
  fileprivate init(joining parts: [Self]) {
    let offsets = [Int](unsafeUninitializedCapacity: parts.reduce(1) { $0 + $1.count }) { target, count in
      target.initializeElement(at: 0, to: 0)
      count = 1
      var base = 0
      for part in parts {
        for row in 0..<part.count { target.initializeElement(at: count + row, to: base + part.offsets[row + 1]) }
        count += part.count
        base += part.bytes.count
      }
    }
    self.init(
      offsets: offsets, bytes: joinedArrays(parts.map(\.bytes)),
      validity: joinedValidity(parts.map { ($0.validity, $0.count) }))
  }
}

/// Arrays one after the other in one that is made as large as needed.
private func joinedArrays<Element: BitwiseCopyable>(_ parts: [[Element]]) -> [Element] {
  [Element](unsafeUninitializedCapacity: parts.reduce(0) { $0 + $1.count }) { target, count in
    for part in parts {
      count = UnsafeMutableBufferPointer(rebasing: target[count...]).update(fromContentsOf: part) + count
    }
  }
}

/// Whether each row of columns is there, from that of each and its number of rows; nil where all of all are.
private func joinedValidity(_ parts: [(validity: [Bool]?, count: Int)]) -> [Bool]? {
  guard parts.contains(where: { $0.validity != nil }) else { return nil }
  return joinedArrays(parts.map { $0.validity ?? [Bool](repeating: true, count: $0.count) })
}
