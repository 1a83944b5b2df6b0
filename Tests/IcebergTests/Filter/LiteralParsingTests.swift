import Failures
import Iceberg
import Testing

/// Constants in words.
@Suite struct LiteralParsingTests {
  @Test(arguments: [
    ("true", PrimitiveType.boolean, Literal.boolean(true)), ("FALSE", .boolean, .boolean(false)),
    ("-2147483648", .int, .int(.min)), ("9223372036854775807", .long, .long(.max)), ("1e10", .double, .double(1e10)),
    ("-Infinity", .float, .float(-.infinity)), ("1.50", .decimal(precision: 3, scale: 2), .decimal(150)),
    ("1.500", .decimal(precision: 3, scale: 2), .decimal(150)),
    ("-.5", .decimal(precision: 3, scale: 2), .decimal(-50)),
    ("+7.", .decimal(precision: 3, scale: 2), .decimal(700)),
    ("0009.99", .decimal(precision: 3, scale: 2), .decimal(999)),
    (
      "99999999999999999999999999999999999999", .decimal(precision: 38, scale: 0),
      .decimal(99_999_999_999_999_999_999_999_999_999_999_999_999)
    ),
    ("1970-01-01", .date, .date(0)), ("0001-01-01", .date, .date(-719_162)), ("9999-12-31", .date, .date(2_932_896)),
    ("2000-02-29", .date, .date(11_016)), ("-0001-12-31", .date, .date(-719_529)),
    ("+10000-01-01", .date, .date(2_932_897)),
    ("00:00", .time, .time(0)), ("23:59:59.999999", .time, .time(86_399_999_999)),
    ("12:00:00.5000000", .time, .time(43_200_500_000)),
    ("2024-01-31T12:00:00.000001", .timestamp, .timestamp(1_706_702_400_000_001)),
    ("2024-01-31 12:00", .timestamp, .timestamp(1_706_702_400_000_000)),
    ("1969-12-31", .timestamp, .timestamp(-86_400_000_000)),
    ("2024-01-31T12:00:00+00:00", .timestamptz, .timestamptz(1_706_702_400_000_000)),
    ("2024-01-31T12:00:00Z", .timestamptz, .timestamptz(1_706_702_400_000_000)),
    ("2024-01-31T14:30:00+02:30", .timestamptz, .timestamptz(1_706_702_400_000_000)),
    ("2024-01-31T07:00:00-05:00", .timestamptz, .timestamptz(1_706_702_400_000_000)),
    ("2024-01-31T12:00", .timestamptz, .timestamptz(1_706_702_400_000_000)), ("", .string, .string([])),
    ("F79C3E09-677c-4bbd-a479-3f349cb785e7", .uuid, .uuid(0xf79c_3e09_677c_4bbd_a479_3f34_9cb7_85e7)),
    ("", .binary, .binary([])), ("00ff", .fixed(2), .fixed([0, 255])),
  ])
  func values(text: String, type: PrimitiveType, expected: Literal) throws {
    #expect(try Literal(parsing: text, type: type) == expected)
  }

  @Test(arguments: [
    ("1", PrimitiveType.boolean), ("2147483648", .int), ("", .int), (" 1", .int), ("1.0", .long),
    ("9223372036854775808", .long),
    ("1e999", .double), ("", .double), ("1e39", .float), ("1.234", .decimal(precision: 9, scale: 2)),
    ("100", .decimal(precision: 4, scale: 2)), (".", .decimal(precision: 4, scale: 2)),
    ("1.2.3", .decimal(precision: 9, scale: 2)),
    ("1e2", .decimal(precision: 9, scale: 2)), ("--1", .decimal(precision: 9, scale: 2)),
    ("-", .decimal(precision: 9, scale: 2)),
    ("2023-02-29", .date), ("2023-00-01", .date), ("2023-13-01", .date), ("2023-1-1", .date), ("23-01-01", .date),
    ("2023-01-01x", .date), ("10000-01-01", .date), ("+9999999-01-01", .date), ("2023-01-32", .date), ("24:00", .time),
    ("12", .time), ("12:60", .time), ("12:00:60", .time), ("12:00:00.", .time), ("12:00:00.0000001", .time),
    ("2024-01-31T12:00:00Z", .timestamp), ("2024-01-31T", .timestamp), ("2024-01-31T12:00:00+2", .timestamptz),
    ("2024-01-31T12:00:00+24:00", .timestamptz), ("2024-01-31T12:00:00ZZ", .timestamptz),
    ("+300000-01-01", .timestamptz),
    ("f79c3e09677c4bbda4793f349cb785e7", .uuid), ("g79c3e09-677c-4bbd-a479-3f349cb785e7", .uuid), ("0", .binary),
    ("0x", .binary), ("00", .fixed(2)), ("000000", .fixed(2)), ("é", .binary),
  ])
  func whatIsNoneIsRefused(text: String, type: PrimitiveType) {
    let failure = #expect(throws: Failure.self) { try Literal(parsing: text, type: type) }
    #expect(failure?.kind == .invalidArgument && failure?.message == "'\(text)' is no \(type)")
  }

  /// Every day of four centuries and the far ends, against the other direction.
  @Test func daysGoBothWays() throws {
    for day in Array(stride(from: -150_000, through: 150_000, by: 7)) + [-2_147_483_648, 2_147_483_647] {
      let text = CivilDate(daysSinceEpoch: Int64(day)).text
      let signed = text.hasPrefix("-") || text.split(separator: "-")[0].utf8.count == 4 ? text : "+" + text
      let parsed = try? Literal(parsing: signed, type: .date)
      #expect(parsed == (abs(day) < 2_000_000_000 ? .date(Int32(day)) : nil), "\(signed)")
    }
  }
}
