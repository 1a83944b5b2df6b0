/// What the values of a field mean and, where the meaning leaves a choice, how they are stored.
///
/// https://github.com/apache/parquet-format/blob/master/LogicalTypes.md. The first group is written and read; the
/// others are read.
public indirect enum ParquetType: Sendable, Hashable {
  /// True or false; `Column.bool`.
  case boolean
  /// 32 bits, signed; `Column.int32`.
  case int32
  /// 64 bits, signed; `Column.int64`.
  case int64
  /// Single precision; `Column.float`.
  case float
  /// Double precision; `Column.double`.
  case double
  /// Days since 1970-01-01; `Column.int32`.
  case date
  /// Microseconds since 1970-01-01T00:00:00, in UTC or of an unknown zone; `Column.int64`.
  case timestampMicros(utc: Bool)
  /// UTF-8 text; `Column.binary`.
  case string
  /// Bytes; `Column.binary`.
  case binary
  /// A list whose elements are described by `element`; `Column.list`.
  case list(element: ParquetField)
  /// Microseconds of the day; `Column.int64`.
  case timeMicros(utc: Bool)
  /// A decimal; its unscaled value as `Column.int128`. One of more than 38 digits is only read, as `Column.binary`,
  /// big-endian two's complement.
  case decimal(precision: Int, scale: Int)
  /// Sixteen bytes, big-endian; `Column.binary`.
  case uuid
  /// Bytes of one length; `Column.binary`.
  case fixed(Int)
  /// Fields in a group; `Column.structure`.
  case group([ParquetField])
  /// A map; `Column.map`. One without values is read as a list of its keys.
  case map(key: ParquetField, value: ParquetField)

  /// 8 bits, signed; read as `Column.int32`.
  case int8
  /// 16 bits, signed; read as `Column.int32`.
  case int16
  /// 8 bits, unsigned; read as `Column.int32`.
  case uint8
  /// 16 bits, unsigned; read as `Column.int32`.
  case uint16
  /// 32 bits, unsigned; read as `Column.int64`.
  case uint32
  /// 64 bits, unsigned; read as `Column.int64` of the same bits.
  case uint64
  /// Half precision; read as `Column.float`.
  case float16
  /// Milliseconds; read as `Column.int64` of microseconds.
  case timestampMillis(utc: Bool)
  /// Nanoseconds; read as `Column.int64` of microseconds, rounded down.
  case timestampNanos(utc: Bool)
  /// Nanoseconds of the day and Julian day; read as `Column.int64` of microseconds since 1970, rounded down.
  case int96
  /// Milliseconds of the day; read as `Column.int64` of microseconds.
  case timeMillis(utc: Bool)
  /// Nanoseconds of the day; read as `Column.int64` of microseconds, rounded down.
  case timeNanos(utc: Bool)
  /// JSON text; read as `Column.binary`.
  case json
  /// BSON; read as `Column.binary`.
  case bson
  /// The text of an enumeration's case; read as `Column.binary`.
  case enumeration
}

extension ParquetType {
  /// The most digits that every number of 128 bits can have.
  static let int128Digits = 38
}
