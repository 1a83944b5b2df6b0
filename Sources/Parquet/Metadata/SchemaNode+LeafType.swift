import Failures

extension SchemaNode {
  /// Physical and logical type of a leaf.
  ///
  /// An annotation that does not fit the physical type is ignored, as other readers do; one that is newer than this
  /// version too. https://github.com/apache/parquet-format/blob/master/LogicalTypes.md
  func leafType() throws -> (physicalType: PhysicalType, length: Int, type: ParquetType) {
    guard let code = element.type, let physical = PhysicalType(rawValue: code) else {
      throw Failure.malformedInput("schema element \(name): type \(element.type ?? -1) does not exist")
    }
    var length = 0
    if physical == .fixedLengthByteArray {
      length = Int(element.typeLength ?? 0)
      guard length > 0 else { throw Failure.malformedInput("schema element \(name): length \(length)") }
    }
    return (physical, length, annotated(physical, length) ?? Self.bare(physical, length))
  }

  private static func bare(_ physical: PhysicalType, _ length: Int) -> ParquetType {
    switch physical {
    case .boolean: .boolean
    case .int32: .int32
    case .int64: .int64
    case .int96: .int96
    case .float: .float
    case .double: .double
    case .byteArray: .binary
    case .fixedLengthByteArray: .fixed(length)
    }
  }

  private func annotated(_ physical: PhysicalType, _ length: Int) -> ParquetType? {
    guard let logical = element.logicalType ?? converted else { return nil }
    switch (logical, physical) {
    case (.string, .byteArray): return .string
    case (.json, .byteArray): return .json
    case (.bson, .byteArray): return .bson
    case (.enumeration, .byteArray): return .enumeration
    case (.date, .int32): return .date
    case (.time(let utc, .millis), .int32): return .timeMillis(utc: utc)
    case (.time(let utc, .micros), .int64): return .timeMicros(utc: utc)
    case (.time(let utc, .nanos), .int64): return .timeNanos(utc: utc)
    case (.timestamp(let utc, .millis), .int64): return .timestampMillis(utc: utc)
    case (.timestamp(let utc, .micros), .int64): return .timestampMicros(utc: utc)
    case (.timestamp(let utc, .nanos), .int64): return .timestampNanos(utc: utc)
    case (.integer(let bits, let isSigned), .int32), (.integer(let bits, let isSigned), .int64):
      return Self.integer(bits: bits, isSigned: isSigned, physical)
    case (.uuid, .fixedLengthByteArray) where length == 16: return .uuid
    case (.float16, .fixedLengthByteArray) where length == 2: return .float16
    case (.decimal(let scale, let precision), .int32), (.decimal(let scale, let precision), .int64):
      return Self.decimal(scale, precision, limit: ParquetType.int128Digits)
    case (.decimal(let scale, let precision), .byteArray), (.decimal(let scale, let precision), .fixedLengthByteArray):
      return Self.decimal(scale, precision, limit: .max)
    default: return nil
    }
  }

  private static func decimal(_ scale: Int32, _ precision: Int32, limit: Int) -> ParquetType? {
    guard precision >= 1, precision <= limit, scale >= 0, scale <= precision else { return nil }
    return .decimal(precision: Int(precision), scale: Int(scale))
  }

  private static func integer(bits: Int8, isSigned: Bool, _ physical: PhysicalType) -> ParquetType? {
    switch (bits, isSigned, physical) {
    case (8, true, .int32): .int8
    case (16, true, .int32): .int16
    case (32, true, .int32): .int32
    case (64, true, .int64): .int64
    case (8, false, .int32): .uint8
    case (16, false, .int32): .uint16
    case (32, false, .int32): .uint32
    case (64, false, .int64): .uint64
    default: nil
    }
  }

  /// The logical type of a converted type.
  /// https://github.com/apache/parquet-format/blob/master/LogicalTypes.md (each "compatibility" paragraph)
  private var converted: LogicalType? {
    switch element.convertedType {
    case 0: .string
    case 4: .enumeration
    case 5: .decimal(scale: element.scale ?? 0, precision: element.precision ?? 0)
    case 6: .date
    case 7: .time(utc: true, .millis)
    case 8: .time(utc: true, .micros)
    case 9: .timestamp(utc: true, .millis)
    case 10: .timestamp(utc: true, .micros)
    case 11: .integer(bits: 8, isSigned: false)
    case 12: .integer(bits: 16, isSigned: false)
    case 13: .integer(bits: 32, isSigned: false)
    case 14: .integer(bits: 64, isSigned: false)
    case 15: .integer(bits: 8, isSigned: true)
    case 16: .integer(bits: 16, isSigned: true)
    case 17: .integer(bits: 32, isSigned: true)
    case 18: .integer(bits: 64, isSigned: true)
    case 19: .json
    case 20: .bson
    default: nil
    }
  }
}
