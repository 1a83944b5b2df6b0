import Failures

/// What a partition or sort field computes from its column (specification, "Partition Transforms":
/// <https://iceberg.apache.org/spec/#partition-transforms>).
public enum Transform: Sendable, Hashable {
  /// The value itself.
  case identity
  /// A hash modulo this number.
  case bucket(Int32)
  /// The value cut to this width.
  case truncate(Int32)
  /// Years since 1970.
  case year
  /// Months since 1970-01.
  case month
  /// Days since 1970-01-01.
  case day
  /// Hours since 1970-01-01T00.
  case hour
  /// Always null: a field that was dropped.
  case void
  /// One that this version does not know; files are read, but nothing is pruned by it and nothing written.
  case unknown(String)

  /// Parses `identity`, `bucket[16]`, `day`….
  public init(parsing text: String) throws {
    switch text {
    case "identity": self = .identity
    case "year": self = .year
    case "month": self = .month
    case "day": self = .day
    case "hour": self = .hour
    case "void": self = .void
    default:
      if let width = Self.parameter(of: text, named: "bucket") {
        self = .bucket(width)
      } else if let width = Self.parameter(of: text, named: "truncate") {
        self = .truncate(width)
      } else if text.hasPrefix("bucket[") || text.hasPrefix("truncate[") {
        throw Failure.malformedInput("transform \(text) has no positive number")
      } else {
        self = .unknown(text)
      }
    }
  }

  private static func parameter(of text: String, named name: String) -> Int32? {
    guard text.hasPrefix(name + "["), text.hasSuffix("]") else { return nil }
    guard let number = Int32(text.dropFirst(name.count + 1).dropLast()), number > 0 else { return nil }
    return number
  }

  /// The type of the result on a column of `type`; nil where the transform does not apply.
  public func resultType(of type: PrimitiveType) -> PrimitiveType? {
    switch (self, type) {
    case (.identity, _), (.void, _): type
    case (.bucket, .boolean), (.bucket, .float), (.bucket, .double): nil
    case (.bucket, _): .int
    case (.truncate, .int), (.truncate, .long), (.truncate, .string), (.truncate, .binary), (.truncate, .decimal): type
    case (.year, .date), (.year, .timestamp), (.year, .timestamptz): .int
    case (.month, .date), (.month, .timestamp), (.month, .timestamptz): .int
    case (.day, .date), (.day, .timestamp), (.day, .timestamptz): .date
    case (.hour, .timestamp), (.hour, .timestamptz): .int
    default: nil
    }
  }

  /// Whether order is kept: a ≤ b gives transform(a) ≤ transform(b), so that ranges can be pruned by it.
  public var isMonotonic: Bool {
    switch self {
    case .identity, .truncate, .year, .month, .day, .hour: true
    case .bucket, .void, .unknown: false
    }
  }

  /// The name of a partition field over `column`, as Java gives it.
  public func partitionName(of column: String) -> String {
    switch self {
    case .identity: column
    case .bucket: column + "_bucket"
    case .truncate: column + "_trunc"
    case .year: column + "_year"
    case .month: column + "_month"
    case .day: column + "_day"
    case .hour: column + "_hour"
    case .void: column + "_null"
    case .unknown(let name): column + "_" + name
    }
  }
}

extension Transform: CustomStringConvertible {
  /// The specification's notation.
  public var description: String {
    switch self {
    case .identity: "identity"
    case .bucket(let count): "bucket[\(count)]"
    case .truncate(let width): "truncate[\(width)]"
    case .year: "year"
    case .month: "month"
    case .day: "day"
    case .hour: "hour"
    case .void: "void"
    case .unknown(let text): text
    }
  }
}
