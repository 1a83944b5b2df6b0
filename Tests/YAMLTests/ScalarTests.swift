import Testing
import YAML

@Suite struct ScalarTests {
  static let core: [(String, YAMLScalarValue)] = [
    ("", .null), ("~", .null), ("null", .null), ("NULL", .null), ("nULL", .string("nULL")),
    ("true", .boolean(true)), ("False", .boolean(false)), ("TRUE", .boolean(true)), ("tRUE", .string("tRUE")),
    ("yes", .string("yes")), ("no", .string("no")), ("on", .string("on")), ("off", .string("off")), ("y", .string("y")),
    ("0", .integer(0)), ("-12", .integer(-12)), ("+3", .integer(3)), ("010", .integer(10)), ("0o17", .integer(15)),
    ("0xFf", .integer(255)), ("0x", .string("0x")), ("0x-1", .string("0x-1")), ("0b1", .string("0b1")),
    ("9223372036854775807", .integer(.max)), ("9223372036854775808", .number(9_223_372_036_854_775_808)),
    ("1.5", .number(1.5)), ("-.5", .number(-0.5)), ("1e3", .number(1000)), ("1.", .number(1)), ("1e", .string("1e")),
    (".inf", .number(.infinity)), ("-.Inf", .number(-.infinity)), ("inf", .string("inf")), ("nan", .string("nan")),
    ("1_000", .string("1_000")), ("12:30:45", .string("12:30:45")), ("2026-01-28", .string("2026-01-28")),
    ("0x1p3", .string("0x1p3")), (".", .string(".")), ("-", .string("-")), ("e5", .string("e5")),
    ("1 2", .string("1 2")),
  ]

  @Test(arguments: core)
  func coreSchema(_ text: String, _ value: YAMLScalarValue) {
    #expect(YAMLScalar(text, isPlain: true).resolved == value)
    #expect(YAMLScalar(text, isPlain: false).resolved == .string(text))
  }

  @Test func notANumber() {
    guard case .number(let value) = YAMLScalar(".nan", isPlain: true).resolved else {
      Issue.record(".nan is no number")
      return
    }
    #expect(value.isNaN)
  }

  static let durations: [(String, Duration?)] = [
    ("10 min", .seconds(600)), ("10min", .seconds(600)), ("1 h", .seconds(3600)), ("30 s", .seconds(30)),
    ("90", .seconds(90)), ("7 d", .seconds(604_800)), ("250 ms", .milliseconds(250)), ("1.5 h", .seconds(5400)),
    ("-10 min", .seconds(-600)), ("0", .zero), ("2 hours", .seconds(7200)), ("0.000001", .microseconds(1)),
    ("", nil), ("min", nil), ("10 x", nil), ("10 Min", nil), ("1 h 30 min", nil), ("1e3", nil), ("10 min ", nil),
    ("9999999999999 d", nil), ("--1 s", nil), (".inf", nil), ("1.2.3 s", nil),
  ]

  @Test(arguments: durations)
  func duration(_ text: String, _ value: Duration?) {
    #expect(YAMLQuantity.duration(text) == value)
  }

  static let sizes: [(String, Int?)] = [
    ("64 MiB", 67_108_864), ("64MiB", 67_108_864), ("1024", 1024), ("1.5 GiB", 1_610_612_736), ("500 kB", 500_000),
    ("10 MB", 10_000_000), ("0", 0), ("2 TiB", 2_199_023_255_552), ("12 bytes", 12), ("1 B", 1),
    ("-1", nil), ("1 mb", nil), ("MiB", nil), ("", nil), ("99999999999 TiB", nil), ("1 MiB/s", nil),
  ]

  @Test(arguments: sizes)
  func byteCount(_ text: String, _ value: Int?) {
    #expect(YAMLQuantity.byteCount(text) == value)
  }
}
