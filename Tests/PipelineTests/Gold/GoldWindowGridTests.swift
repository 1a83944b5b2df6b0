import Pipeline
import Testing

@Suite struct GoldWindowGridTests {
  static let width = GoldWindowGrid.width

  @Test(
    arguments: [
      (0, 0), (1, 0), (599_999_999, 0), (600_000_000, 600_000_000), (-1, -600_000_000), (-600_000_000, -600_000_000),
      (-600_000_001, -1_200_000_000),
    ] as [(Int64, Int64)]) func startsAreFloors(time: Int64, start: Int64)
  {
    #expect(GoldWindowGrid.start(of: time) == start)
    #expect(GoldWindowGrid.end(of: start) == start + Self.width)
  }

  @Test(arguments: [(0, 0, 0), (86_399_999_999, 0, 23), (86_400_000_000, 1, 0), (-1, -1, 23), (-86_400_000_000, -1, 0)])
  func daysAndHours(time: Int64, day: Int32, hour: Int) {
    #expect(GoldWindowGrid.day(of: time) == day)
    #expect(GoldWindowGrid.hour(of: time) == hour)
  }

  @Test func theEndsOfTimeDoNotTrap() {
    for time in [Int64.min, .max] {
      _ = GoldWindowGrid.start(of: time)
      _ = GoldWindowGrid.end(of: time)
      _ = GoldWindowGrid.day(of: time)
      #expect((0..<24).contains(GoldWindowGrid.hour(of: time)))
    }
  }

  @Test func theWatermarkNeverRunsAheadOfTheClock() {
    #expect(
      GoldWindowGrid.watermark(largestEventTime: 9_000_000, clock: 99_000_000, allowedLatenessSeconds: 2) == 7_000_000)
    #expect(
      GoldWindowGrid.watermark(largestEventTime: 99_000_000, clock: 9_000_000, allowedLatenessSeconds: 0) == 9_000_000)
  }

  @Test func aWindowIsFinalWhenTheWatermarkReachesItsEnd() {
    #expect(!GoldWindowGrid.isFinal(window: 0, watermark: Self.width - 1))
    #expect(GoldWindowGrid.isFinal(window: 0, watermark: Self.width))
  }

  @Test func windowsPassedBetweenTwoWatermarks() {
    let starts = [0, 1, 2, 3].map { $0 * Self.width }
    #expect(GoldWindowGrid.passed(after: Self.width, upTo: 3 * Self.width, in: starts) == [Self.width, 2 * Self.width])
    #expect(GoldWindowGrid.passed(after: nil, upTo: 2 * Self.width, in: starts) == [0, Self.width])
    #expect(GoldWindowGrid.passed(after: 9 * Self.width, upTo: 2 * Self.width, in: starts) == [])
  }
}
