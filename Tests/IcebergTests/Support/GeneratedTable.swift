import Columns
import Hashing
import Iceberg

/// A schema with columns of any type and nesting, partitions by some of them, and rows, all from a seed.
struct GeneratedTable {
  let schema: Schema
  let spec: PartitionSpec
  /// The rows of each commit.
  let batches: [ColumnBatch]

  private static let primitives: [PrimitiveType] = [
    .boolean, .int, .long, .float, .double, .decimal(precision: 9, scale: 2), .decimal(precision: 18, scale: 0),
    .decimal(precision: 38, scale: 10), .date, .time, .timestamp, .timestamptz, .string, .uuid, .fixed(5), .binary,
  ]

  init(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let others = (0..<Int.random(in: 1...5, using: &generator)).map { position in
      Self.field("c\(position)", Self.type(depth: 0, &generator), &generator)
    }
    let all = [NestedField(id: 1, name: "id", type: .long, isRequired: true)] + others
    var ids = Int32(100)
    schema = try Schema(fields: all.map { Self.numbered($0, &ids) }).assigningFreshIDs()
    var by: [(name: String, transform: Transform)] = []
    for field in schema.fields where Int.random(in: 0..<3, using: &generator) == 0 && by.count < 2 {
      let fitting = Self.transforms(of: field.type)
      if let transform = fitting.randomElement(using: &generator) { by.append((field.name, transform)) }
    }
    spec = try PartitionSpec(schema: schema, by: by)
    var first: Int64 = 0
    var batches: [ColumnBatch] = []
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      let rows = GeneratedRows(schema: schema)
      // PyIceberg cannot make an empty table with a nested UUID: there is always a row.
      let count = Int64([first == 0 ? 2 : 0, 1, 7, 30][Int.random(in: 0..<4, using: &generator)])
      batches.append(try rows.batch(rows.rows(first..<first + count)))
      first += count
    }
    self.batches = batches
  }

  /// All rows.
  func rows() throws -> ColumnBatch {
    var all = ColumnBatch(empty: try schema.columnSchema())
    for batch in batches { try all.append(contentsOf: batch) }
    return all
  }

  private static func type(depth: Int, _ generator: inout SplitMix64) -> IcebergType {
    guard depth < 3, Int.random(in: 0..<3, using: &generator) == 0 else {
      return .primitive(primitives.randomElement(using: &generator) ?? .long)
    }
    let inner = type(depth: depth + 1, &generator)
    let isRequired = Bool.random(using: &generator) || inner.repeatsStructures
    switch Int.random(in: 0..<3, using: &generator) {
    case 0: return .list(ListType(elementID: 0, element: inner, isElementRequired: isRequired))
    case 1:
      let key: IcebergType = Bool.random(using: &generator) ? .string : .long
      return .map(MapType(keyID: 0, key: key, valueID: 0, value: inner, isValueRequired: isRequired))
    default:
      return .structure(
        StructType([
          field("x", inner, &generator), field("y", type(depth: depth + 1, &generator), &generator),
        ]))
    }
  }

  /// PyIceberg reads a null list or map of structures as an empty one: these are never null.
  private static func field(_ name: String, _ type: IcebergType, _ generator: inout SplitMix64) -> NestedField {
    NestedField(id: 0, name: name, type: type, isRequired: type.repeatsStructures || Bool.random(using: &generator))
  }

  /// The field with other ids, none of them twice.
  private static func numbered(_ field: NestedField, _ next: inout Int32) -> NestedField {
    next += 1
    let id = next
    return NestedField(
      id: id, name: field.name, type: numbered(field.type, &next), isRequired: field.isRequired)
  }

  private static func numbered(_ type: IcebergType, _ next: inout Int32) -> IcebergType {
    switch type {
    case .primitive: return type
    case .structure(let record): return .structure(StructType(record.fields.map { numbered($0, &next) }))
    case .list(let list):
      next += 1
      return .list(
        ListType(
          elementID: next, element: numbered(list.element, &next), isElementRequired: list.isElementRequired))
    case .map(let map):
      next += 2
      return .map(
        MapType(
          keyID: next - 1, key: map.key, valueID: next, value: numbered(map.value, &next),
          isValueRequired: map.isValueRequired))
    }
  }

  /// Transforms that all engines agree about.
  private static func transforms(of type: IcebergType) -> [Transform] {
    switch type.primitive {
    case .int, .long: [.identity, .bucket(3), .truncate(10)]
    case .string: [.identity, .bucket(3), .truncate(6)]
    case .date: [.identity, .day, .month, .year]
    case .timestamp, .timestamptz: [.day, .hour, .month]
    case .boolean: [.identity]
    default: []
    }
  }
}

extension IcebergType {
  /// Whether this is a list or map with structures inside.
  fileprivate var repeatsStructures: Bool {
    switch self {
    case .primitive, .structure: false
    case .list(let list): list.element.hasStructures
    case .map(let map): map.value.hasStructures
    }
  }

  private var hasStructures: Bool {
    if case .structure = self { return true }
    return children.contains { $0.type.hasStructures }
  }
}
