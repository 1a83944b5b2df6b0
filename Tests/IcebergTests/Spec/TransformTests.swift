import Failures
import Iceberg
import Testing

/// Vectors of the specification's appendix B, and what its text says of negative values.
@Suite struct TransformTests {
  static let hashes: [(Literal, Int32)] = [
    (.int(34), 2_017_239_379), (.long(34), 2_017_239_379), (.decimal(1420), -500_754_589),
    (.date(17_486), -653_330_422), (.time(81_068_000_000), -662_762_989),
    (.timestamp(1_510_871_468_000_000), -2_047_944_441), (.timestamptz(1_510_871_468_000_000), -2_047_944_441),
    (.timestamptz(1_510_871_468_000_001), -1_207_196_810), (.text("iceberg"), 1_210_000_089),
    (.uuid(0xf79c_3e09_677c_4bbd_a479_3f34_9cb7_85e7), 1_488_055_340), (.fixed([0, 1, 2, 3]), -188_683_207),
    (.binary([0, 1, 2, 3]), -188_683_207),
  ]

  @Test(arguments: hashes) func bucketHash(value: Literal, hash: Int32) throws {
    #expect(value.bucketHash == hash)
    #expect(try Transform.bucket(16).apply(value) == .int((hash & Int32.max) % 16))
  }

  static let results: [(Transform, Literal, Literal)] = [
    (.truncate(10), .int(1), .int(0)), (.truncate(10), .int(-1), .int(-10)), (.truncate(10), .long(-10), .long(-10)),
    (.truncate(50), .decimal(1065), .decimal(1050)), (.truncate(3), .text("iceberg"), .text("ice")),
    (.truncate(2), .text("é水x"), .text("é水")), (.truncate(2), .binary([1, 2, 3]), .binary([1, 2])),
    (.truncate(10), .int(.min), .int(2_147_483_646)),
    (.year, .date(-1), .int(-1)), (.month, .date(-1), .int(-1)), (.day, .date(-1), .date(-1)),
    (.year, .timestamptz(1_512_151_975_038_194), .int(47)), (.month, .timestamptz(1_512_151_975_038_194), .int(575)),
    (.day, .timestamptz(1_512_151_975_038_194), .date(17_501)),
    (.hour, .timestamptz(1_512_151_975_038_194), .int(420_042)), (.day, .timestamp(-1), .date(-1)),
    (.hour, .timestamptz(-1), .int(-1)), (.identity, .text("a"), .text("a")),
  ]

  @Test(arguments: results) func result(transform: Transform, value: Literal, expected: Literal) throws {
    #expect(try transform.apply(value) == expected)
    #expect(try transform.apply(nil) == nil)
    #expect(try Transform(parsing: transform.description) == transform)
  }

  @Test func whatDoesNotApply() throws {
    #expect(try Transform.void.apply(.int(1)) == nil)
    #expect(throws: Failure.self) { try Transform.hour.apply(.date(1)) }
    #expect(throws: Failure.self) { try Transform.unknown("zorder").apply(.int(1)) }
    #expect(throws: Failure.self) { try Transform(parsing: "bucket[0]") }
    #expect(try Transform(parsing: "zorder") == .unknown("zorder"))
    #expect(Transform.bucket(4).resultType(of: .double) == nil)
    #expect(Transform.day.resultType(of: .timestamptz) == .date)
  }

  @Test(arguments: [
    (-719_468, "0000-03-01"), (0, "1970-01-01"), (20_513, "2026-03-01"), (-1, "1969-12-31"), (11_016, "2000-02-29"),
  ])
  func civilDates(days: Int64, text: String) {
    #expect(CivilDate(daysSinceEpoch: days).text == text)
  }
}
