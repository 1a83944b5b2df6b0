/// Timestamps of twelve bytes: nanoseconds of the day, then a Julian day number, both little-endian.
///
/// Deprecated, but written by old Impala, Hive and Spark:
/// https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift (`INT96`)
enum Int96 {
  /// The Julian day number of 1970-01-01.
  private static let epoch: Int64 = 2_440_588
  private static let microsADay: Int64 = 86_400_000_000

  /// Microseconds since 1970 of the values at `offsets`; an empty slot gives 0.
  static func micros(_ bytes: [UInt8], _ offsets: [Int]) -> [Int64] {
    var result: [Int64] = []
    result.reserveCapacity(offsets.count)
    for slot in 0..<offsets.count - 1 {
      guard offsets[slot + 1] - offsets[slot] == 12 else {
        result.append(0)
        continue
      }
      let nanos = Int64(bitPattern: load(bytes, offsets[slot], 8))
      let day = Int64(Int32(truncatingIfNeeded: load(bytes, offsets[slot] + 8, 4)))
      let (quotient, remainder) = nanos.quotientAndRemainder(dividingBy: 1000)
      // Spark's own sum overflows for times after the year 287,000, and wrapping back gives the time that was meant.
      result.append((day - epoch) &* microsADay &+ (remainder < 0 ? quotient - 1 : quotient))
    }
    return result
  }

  private static func load(_ bytes: [UInt8], _ start: Int, _ count: Int) -> UInt64 {
    bytes[start..<start + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
