import Failures

/// Applies changes to a partition spec.
struct PartitionEvolution {
  private var fields: [PartitionField]
  private let schema: Schema
  private let specs: [PartitionSpec]
  /// The largest field id given out.
  private(set) var lastFieldID: Int32

  init(_ spec: PartitionSpec, schema: Schema, specs: [PartitionSpec], lastFieldID: Int32) {
    fields = spec.fields
    self.schema = schema
    self.specs = specs
    self.lastFieldID = lastFieldID
  }

  /// The spec that came of it: one that the table had before, or a new one.
  func spec() throws -> (spec: PartitionSpec, isNew: Bool) {
    if let same = specs.first(where: { $0.fields == fields }) { return (same, false) }
    let newest = specs.map(\.id).max() ?? -1
    guard newest < Int32.max else { throw Failure.limitExceeded("no partition spec id is left") }
    return (PartitionSpec(id: newest + 1, fields: fields), true)
  }

  mutating func apply(_ change: PartitionChange) throws {
    switch change {
    case .addField(let column, let transform, let name): try add(column, transform, name)
    case .dropField(let name): fields.remove(at: try position(of: name))
    case .renameField(let name, let newName):
      let position = try position(of: name)
      let old = fields[position]
      try check(newName, old.sourceID, old.transform)
      fields[position] = PartitionField(
        sourceID: old.sourceID, fieldID: old.fieldID, name: newName, transform: old.transform)
    }
  }

  private mutating func add(_ column: String, _ transform: Transform, _ name: String?) throws {
    guard let source = schema.field(at: column) else {
      throw Failure.notFound("no column \(column) to partition by")
    }
    guard let type = source.type.primitive, transform.resultType(of: type) != nil else {
      throw Failure.invalidArgument("column \(column) cannot be partitioned by \(transform)")
    }
    guard !fields.contains(where: { $0.sourceID == source.id && $0.transform == transform }) else {
      throw Failure.invalidArgument("the table is partitioned by \(transform) of \(column) already")
    }
    let name = name ?? transform.partitionName(of: column)
    try check(name, source.id, transform)
    fields.append(
      PartitionField(
        sourceID: source.id, fieldID: try fieldID(source.id, transform), name: name, transform: transform))
  }

  /// The id that the same field had before, so that its values in old and new files are one; else a fresh one.
  private mutating func fieldID(_ sourceID: Int32, _ transform: Transform) throws -> Int32 {
    let before = specs.lazy.flatMap(\.fields).first { $0.sourceID == sourceID && $0.transform == transform }
    if let before { return before.fieldID }
    guard lastFieldID < Int32.max else { throw Failure.limitExceeded("no partition field id is left") }
    lastFieldID += 1
    return lastFieldID
  }

  /// A partition field may be called like a column only when it has the column's values.
  private func check(_ name: String, _ sourceID: Int32, _ transform: Transform) throws {
    guard !fields.contains(where: { $0.name == name }) else {
      throw Failure.invalidArgument("there is a partition field \(name) already")
    }
    if let column = schema.field(named: name), column.id != sourceID || transform != .identity {
      throw Failure.invalidArgument("partition field \(name) has the name of a column")
    }
  }

  private func position(of name: String) throws -> Int {
    guard let position = fields.firstIndex(where: { $0.name == name }) else {
      throw Failure.notFound("the table has no partition field \(name)")
    }
    return position
  }
}
