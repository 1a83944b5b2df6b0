import Iceberg
import Testing

@Suite struct LiteralTests {
  static let ascending: [(Literal, Literal)] = [
    (.boolean(false), .boolean(true)), (.int(-1), .int(0)), (.long(.min), .long(.max)), (.float(-1), .float(0.5)),
    (.double(1), .double(.infinity)), (.decimal(-5), .decimal(3)), (.date(-1), .date(1)), (.time(0), .time(1)),
    (.timestamp(-1), .timestamp(0)), (.timestamptz(-1), .timestamptz(0)), (.text("a"), .text("aa")),
    (.text("Z"), .text("a")), (.text("\u{ffff}"), .text("\u{10000}")), (.binary([1]), .binary([0x80])),
    (.fixed([0, 1]), .fixed([1, 0])), (.uuid(1), .uuid(1 << 127)),
  ]

  @Test(arguments: ascending) func order(smaller: Literal, larger: Literal) {
    #expect(smaller.isLess(than: larger) == true && larger.isLess(than: smaller) == false)
    #expect(smaller.isLess(than: smaller) == false && smaller == smaller && smaller != larger)
  }

  @Test func whatCannotBeCompared() {
    #expect(Literal.int(1).isLess(than: .long(2)) == nil)
    #expect(Literal.text("a").isLess(than: .binary([1])) == nil)
    #expect(Literal.double(.nan).isLess(than: .double(1)) == false && Literal.double(.nan).isNaN)
    #expect(Literal.double(0.0) == Literal.double(-0.0))
  }

  static let conversions: [(Literal, PrimitiveType, Literal?)] = [
    (.int(5), .long, .long(5)), (.long(5), .int, .int(5)), (.long(1 << 40), .int, nil), (.int(5), .date, .date(5)),
    (.date(5), .int, .int(5)), (.long(5), .timestamptz, .timestamptz(5)), (.long(5), .timestamp, .timestamp(5)),
    (.timestamptz(5), .long, nil), (.timestamptz(5), .timestamp, nil), (.float(0.5), .double, .double(0.5)),
    (.double(0.5), .float, .float(0.5)), (.double(0.1), .float, nil), (.double(1), .long, nil),
    (.text("a"), .string, .text("a")),
    (.text("a"), .binary, nil), (.binary([1, 2]), .fixed(2), .fixed([1, 2])), (.binary([1]), .fixed(2), nil),
    (.fixed([1]), .fixed(2), nil), (.boolean(true), .int, nil),
  ]

  @Test(arguments: conversions) func conversion(value: Literal, type: PrimitiveType, expected: Literal?) {
    #expect(value.converted(to: type) == expected)
  }
}
