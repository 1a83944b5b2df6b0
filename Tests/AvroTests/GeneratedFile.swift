import Avro
import JSON

/// A file of a schema with types of any kind and nesting, and records of it, all from a seed.
struct GeneratedFile {
  let schema: AvroSchema
  let records: [AvroValue]
  let bytes: [UInt8]

  init(seed: UInt64) throws {
    var types = TypeGenerator(seed: seed)
    let root = types.record(depth: 0)
    schema = try AvroSchema(root.json)
    var generator = SeededGenerator(seed: seed &+ 1)
    let count = [0, 1, 5, 40][Int.random(in: 0..<4, using: &generator)]
    records = (0..<count).map { _ in root.value(&generator) }
    let codec = AvroCodec.allCases[Int(seed % UInt64(AvroCodec.allCases.count))]
    var writer = try AvroFileWriter(
      schema: schema, metadata: [("who", Array("us".utf8))], codec: codec,
      sync: generator.bytes(16), blockBytes: [1, 100, 64_000][Int.random(in: 0..<3, using: &generator)])
    for record in records { try writer.append(record) }
    bytes = try writer.finish()
  }
}

/// A type of a schema with what its values look like.
indirect enum GeneratedType {
  case null, boolean, int, long, float, double, bytes, string
  case fixed(name: String, size: Int)
  case enumeration(name: String, symbols: Int)
  case record(name: String, fields: [GeneratedType])
  case array(GeneratedType)
  case map(GeneratedType)
  case union([GeneratedType])
  /// A type that was declared before, by its name.
  case again(name: String, GeneratedType)

  /// The type as a schema has it.
  var json: JSONValue {
    switch self {
    case .null: "null"
    case .boolean: "boolean"
    case .int: "int"
    case .long: "long"
    case .float: "float"
    case .double: "double"
    case .bytes: "bytes"
    case .string: "string"
    case .fixed(let name, let size): ["type": "fixed", "name": .string(name), "size": JSONValue(size)]
    case .enumeration(let name, let symbols):
      ["type": "enum", "name": .string(name), "symbols": .array((0..<symbols).map { .string("s\($0)") })]
    case .record(let name, let fields):
      [
        "type": "record", "name": .string(name),
        "fields": .array(
          fields.enumerated().map { ["name": .string("f\($0)"), "type": $1.json, "field-id": JSONValue($0 + 1)] }),
      ]
    case .array(let element): ["type": "array", "items": element.json]
    case .map(let value): ["type": "map", "values": value.json]
    case .union(let branches): .array(branches.map(\.json))
    case .again(let name, _): .string(name)
    }
  }

  /// A value of the type.
  func value(_ generator: inout SeededGenerator) -> AvroValue {
    let edge = Int.random(in: 0..<4, using: &generator)
    switch self {
    case .null: return .null
    case .boolean: return .boolean(Bool.random(using: &generator))
    case .int: return .int(edge == 0 ? .min : edge == 1 ? .max : Int32.random(in: -70...70, using: &generator))
    case .long:
      return .long(edge == 0 ? .min : edge == 1 ? .max : Int64(truncatingIfNeeded: generator.next()) >> 20)
    case .float: return .float(edge == 0 ? -.infinity : edge == 1 ? -0.0 : Float.random(in: -9...9, using: &generator))
    case .double:
      return .double(
        edge == 0 ? .infinity : edge == 1 ? .leastNonzeroMagnitude : .random(in: -9...9, using: &generator))
    case .bytes: return .bytes(generator.bytes(edge * 3))
    case .string: return .string(["", "ü𝄞\u{0}", "plain text", "\"quoted\"\n"][edge])
    case .fixed(_, let size): return .fixed(generator.bytes(size))
    case .enumeration(_, let symbols): return .enumeration(Int.random(in: 0..<symbols, using: &generator))
    case .record(_, let fields): return .record(fields.map { $0.value(&generator) })
    case .array(let element): return .array((0..<edge).map { _ in element.value(&generator) })
    case .map(let value): return .map((0..<edge).map { .init(key: "key \($0)", value: value.value(&generator)) })
    case .union(let branches):
      let branch = Int.random(in: 0..<branches.count, using: &generator)
      return .union(branch, branches[branch].value(&generator))
    case .again(_, let type): return type.value(&generator)
    }
  }

  /// What a value is in Python. A union has at most one branch of each, so that another writer finds the branch again; integers are
  /// numbers there too, and bytes a sequence of them.
  fileprivate var kindInPython: String {
    switch self {
    case .null: "None"
    case .boolean: "bool"
    case .int, .long, .float, .double: "number"
    case .string, .enumeration: "str"
    case .bytes, .fixed, .array: "sequence"
    case .record, .map: "dict"
    case .union: "union"
    case .again(_, let type): type.kindInPython
    }
  }
}

/// Makes types; names are given out once.
private struct TypeGenerator {
  private var generator: SeededGenerator
  private var names = 0
  private var declared: [(name: String, type: GeneratedType)] = []

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  private mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &generator) }

  mutating func record(depth: Int) -> GeneratedType {
    // A full name, so that what is inside has its own namespace and not that of the record.
    names += 1
    let name = "top.Record\(names)"
    return .record(name: name, fields: (0..<below(depth == 0 ? 5 : 3) + 1).map { _ in type(depth: depth + 1) })
  }

  private mutating func type(depth: Int) -> GeneratedType {
    guard depth < 5, below(2) == 0 else { return leaf() }
    switch below(4) {
    case 0: return .array(type(depth: depth + 1))
    case 1: return .map(type(depth: depth + 1))
    case 2: return record(depth: depth)
    default: return union(depth: depth)
    }
  }

  private mutating func leaf() -> GeneratedType {
    switch below(12) {
    case 0: return .null
    case 1: return .boolean
    case 2: return .int
    case 3: return .long
    case 4: return .float
    case 5: return .double
    case 6: return .bytes
    case 7: return .string
    case 8: return declare("Fixed") { .fixed(name: $0, size: $1) }
    case 9: return declare("Enum") { .enumeration(name: $0, symbols: $1) }
    default:
      guard let known = declared.randomElement(using: &generator) else { return .string }
      return .again(name: known.name, known.type)
    }
  }

  private mutating func declare(_ kind: String, _ make: (String, Int) -> GeneratedType) -> GeneratedType {
    names += 1
    let name = "top.\(kind)\(names)"
    let type = make(name, below(9) + 1)
    declared.append((name, type))
    return type
  }

  private mutating func union(depth: Int) -> GeneratedType {
    var branches: [GeneratedType] = []
    for _ in 0..<below(4) + 1 {
      let before = declared
      let next = below(3) == 0 ? type(depth: depth + 1) : leaf()
      let isNew = !branches.contains { $0.kindInPython == next.kindInPython }
      if isNew, next.kindInPython != "union" {
        branches.append(next)
      } else {
        declared = before  // what was declared inside is not part of the schema
      }
    }
    return .union(branches.isEmpty ? [.null] : branches)
  }
}
