import Ingest
import Testing

@Suite struct BackoffTests {
  private func backoff(jitter: Double = 0) -> Backoff {
    Backoff(firstMilliseconds: 1000, longestMilliseconds: 10_000, jitter: jitter)
  }

  @Test func waitsDoubleUpToTheLongest() {
    var backoff = backoff()
    let waits = (0..<6).map { _ in backoff.next(minimum: 0) { 0 } }
    #expect(waits == [1000, 2000, 4000, 8000, 10_000, 10_000])
  }

  @Test func aWorkingConnectionMakesTheNextWaitShort() {
    var backoff = backoff()
    for _ in 0..<5 { _ = backoff.next(minimum: 0) { 0 } }
    backoff.reset()
    #expect(backoff.next(minimum: 0) { 0 } == 1000)
  }

  @Test(
    "Chance only shortens", arguments: [(UInt64.min, Int64(1000)), (UInt64.max, Int64(500)), (1 << 63, Int64(750))])
  func jitter(_ random: UInt64, _ expected: Int64) {
    var backoff = backoff(jitter: 0.5)
    #expect(backoff.next(minimum: 0) { random } == expected)
  }

  @Test func theServersWishIsAMinimum() {
    var backoff = backoff(jitter: 0.5)
    #expect(backoff.next(minimum: 2500) { .max } == 2500)
    #expect(backoff.next(minimum: 500) { 0 } == 2000)
  }

  @Test func neitherManyFailuresNorLongWaitsOverflow() {
    var backoff = Backoff(firstMilliseconds: .max / 2, longestMilliseconds: .max / 4, jitter: 0)
    for _ in 0..<100 { #expect(backoff.next(minimum: 0) { 0 } > 0) }
  }
}
