import Columns
import Parquet

/// Numbers from a seed, the same on every run.
struct SeededRandom {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1 }

  /// SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}

/// How values of a column are chosen.
struct Shape: Sendable {
  /// Nulls in a hundred rows; nil for a required column.
  var nullPercent: Int?
  /// How many different values there are; few make a dictionary pay.
  var distinct: Int
}

/// Columns of any type from a seed.
struct ColumnGenerator {
  var random: SeededRandom

  init(seed: UInt64) { random = SeededRandom(seed) }

  mutating func validity(_ count: Int, _ shape: Shape) -> [Bool]? {
    guard let percent = shape.nullPercent else { return nil }
    let validity = (0..<count).map { _ in random.below(100) >= percent }
    return validity.contains(false) ? validity : nil
  }

  mutating func column(_ type: ParquetType, _ count: Int, _ shape: Shape) -> Column {
    let validity = validity(count, shape)
    return column(type, count, validity, shape)
  }

  private mutating func column(_ type: ParquetType, _ count: Int, _ validity: [Bool]?, _ shape: Shape) -> Column {
    switch type {
    case .list, .map, .group: return nested(type, count, validity, shape)
    case .boolean: return .bool(primitive(count, validity, false) { $0 & 1 == 1 })
    case .int32, .date: return .int32(primitive(count, validity, 0) { Int32(truncatingIfNeeded: $0) }.limited(shape))
    case .float: return .float(primitive(count, validity, 0) { Self.floats[Int($0 % 9)] + Float($0 % 50) })
    case .double: return .double(primitive(count, validity, 0) { Self.doubles[Int($0 % 9)] + Double($0 % 50) })
    case .decimal(let precision, _): return .int128(decimals(count, validity, precision).limited(shape))
    case .timeMicros: return .int64(primitive(count, validity, 0) { Int64($0 % 86_400_000_000) }.limited(shape))
    case .uuid: return .binary(fixed(count, validity, 16, shape))
    case .fixed(let length): return .binary(fixed(count, validity, length, shape))
    case .string, .binary: return .binary(binary(count, validity, shape, isText: type == .string))
    default: return .int64(primitive(count, validity, 0) { Int64(bitPattern: $0) }.limited(shape))
    }
  }

  static let floats: [Float] = [
    0, -0.0, .infinity, -.infinity, .greatestFiniteMagnitude, .leastNonzeroMagnitude, 1, -1, 3.5,
  ]
  static let doubles: [Double] = [
    0, -0.0, .infinity, -.infinity, .greatestFiniteMagnitude, .leastNonzeroMagnitude, 1, -1, 3.5,
  ]

  private mutating func primitive<Value>(
    _ count: Int, _ validity: [Bool]?, _ zero: Value, _ make: (UInt64) -> Value
  ) -> PrimitiveColumn<Value> {
    let values = (0..<count).map { row in
      let bits = random.next()
      return validity?[row] ?? true ? make(bits) : zero
    }
    return PrimitiveColumn(values, validity: validity)
  }

  private mutating func binary(_ count: Int, _ validity: [Bool]?, _ shape: Shape, isText: Bool) -> BinaryColumn {
    var column = BinaryColumn()
    for row in 0..<count {
      guard validity?[row] ?? true else {
        column.appendNull()
        continue
      }
      let choice = random.below(shape.distinct)
      if isText {
        column.append("\(choice) Ünï𝄞 " + String(repeating: "x", count: choice % 40))
      } else {
        let bytes = (0..<choice % 23).map { UInt8(truncatingIfNeeded: choice &* 31 &+ $0 &* 97) }
        column.append(bytes[...])
      }
    }
    return column
  }

  private mutating func decimals(_ count: Int, _ validity: [Bool]?, _ precision: Int) -> PrimitiveColumn<Int128> {
    let limit = (0..<precision).reduce(Int128(1)) { product, _ in product * 10 }
    var other = random
    defer { random = other }
    return primitive(count, validity, 0) { high in
      let bits = UInt128(high) << 64 | UInt128(other.next())
      return high % 7 == 0 ? (high % 2 == 0 ? limit - 1 : 1 - limit) : Int128(truncatingIfNeeded: bits) % limit
    }
  }

  private mutating func fixed(_ count: Int, _ validity: [Bool]?, _ length: Int, _ shape: Shape) -> BinaryColumn {
    var column = BinaryColumn()
    for row in 0..<count {
      guard validity?[row] ?? true else {
        column.appendNull()
        continue
      }
      let choice = random.below(shape.distinct)
      column.append((0..<length).map { UInt8(truncatingIfNeeded: (choice &* 31) >> ($0 % 8) &+ $0 &* 97) }[...])
    }
    return column
  }
}

extension ColumnGenerator {
  fileprivate mutating func nested(
    _ type: ParquetType, _ count: Int, _ validity: [Bool]?, _ shape: Shape
  ) -> Column {
    if case .group(let fields) = type {
      let columns = fields.map { field in
        let own = field.isRequired ? nil : self.validity(count, shape.below)
        let joint = validity.map { parent in parent.indices.map { parent[$0] && own?[$0] ?? true } } ?? own
        return column(field.type, count, joint, shape.below)
      }
      return .structure(StructColumn(columns: columns, count: count, validity: validity))
    }
    let lengths = (0..<count).map { validity?[$0] ?? true ? random.below(5) : 0 }
    var offsets = [0]
    for length in lengths { offsets.append((offsets.last ?? 0) + length) }
    let total = offsets.last ?? 0
    if case .map(let key, let value) = type {
      let (keys, offsets) = distinct(column(key.type, total, shape.below(key)), offsets)
      let values = column(value.type, keys.count, shape.below(value))
      return .map(MapColumn(offsets: offsets, keys: keys, values: values, validity: validity))
    }
    guard case .list(let element) = type else { return .bool(PrimitiveColumn()) }
    let elements = column(element.type, total, shape.below(element))
    return .list(ListColumn(offsets: offsets, elements: elements, validity: validity))
  }
}

/// Keys without those that a row has twice, which some readers drop and others keep.
private func distinct(_ keys: Column, _ offsets: [Int]) -> (keys: Column, offsets: [Int]) {
  var kept: [Int] = []
  var ends = [0]
  for (start, end) in zip(offsets, offsets.dropFirst()) {
    var seen: Set<String> = []
    kept += (start..<end).filter { seen.insert(canonicalText(keys.gathering([$0]))).inserted }
    ends.append(kept.count)
  }
  return (keys.gathering(kept), ends)
}

extension Shape {
  /// The shape of what lies inside a list, map or structure.
  fileprivate var below: Shape { Shape(nullPercent: 20, distinct: distinct) }

  fileprivate func below(_ field: ParquetField) -> Shape {
    Shape(nullPercent: field.isRequired ? nil : 20, distinct: distinct)
  }
}

extension PrimitiveColumn where Value: FixedWidthInteger {
  /// The values brought down to the number of different ones that the shape asks for.
  func limited(_ shape: Shape) -> Self {
    shape.distinct > 10_000 ? self : PrimitiveColumn(values.map { $0 % Value(shape.distinct) }, validity: validity)
  }
}
