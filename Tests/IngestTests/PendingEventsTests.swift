import Columns
import Ingest
import Testing

@Suite struct PendingEventsTests {
  private func pending(events: Int = 100, bytes: Int = 1000, milliseconds: Int64 = 500) -> PendingEvents {
    PendingEvents(limits: .init(events: events, bytes: bytes, milliseconds: milliseconds))
  }

  @Test func nothingIsNeverDue() {
    #expect(!pending(milliseconds: 0).isDue(now: .max))
  }

  @Test func soManyEventsAreDue() {
    var pending = pending(events: 2)
    pending.append([1], id: [], now: 0)
    #expect(!pending.isDue(now: 0))
    pending.append([2], id: [], now: 0)
    #expect(pending.isDue(now: 0))
  }

  @Test func soManyBytesAreDue() {
    var pending = pending(bytes: 3)
    pending.append([1, 2, 3], id: [], now: 0)
    #expect(pending.isDue(now: 0))
  }

  @Test func theOldestEventsAgeCounts() {
    var pending = pending()
    pending.append([1], id: [], now: 100)
    pending.append([1], id: [], now: 550)
    #expect(!pending.isDue(now: 599))
    #expect(pending.isDue(now: 600))
    pending.removeAll()
    pending.append([1], id: [], now: 700)
    #expect(!pending.isDue(now: 1100))
  }

  @Test func theLastIDThatThereWasIsKept() {
    var pending = pending()
    pending.append([1], id: Array("x".utf8), now: 0)
    pending.append([2], id: [], now: 0)
    #expect(pending.id == "x")
    pending.removeAll()
    #expect(pending.id == nil)
    #expect(pending.events.count == 0)
  }
}
