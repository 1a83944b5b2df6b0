internal import Hashing

/// Vandalism that goes on for a few minutes of the stream, so that there is something to find: a page that anonymous users deface and
/// others repair, and a new account that puts the same link into pages of many wikis.
struct Scenario: Sendable {
  /// What an event of a scenario is.
  enum Part { case defacement(Page), repair(Page), spam(user: [UInt8]) }

  private static let period = 12_000
  private static let length = 6_000

  /// Pages that attract it; some are on the watch list.
  private static let pages = [
    Page(wiki: Wiki.english, title: "Elon Musk", length: 172_000),
    Page(wiki: Wiki.english, title: "Climate change", length: 130_500),
    Page(wiki: 3, title: "Angela Merkel", length: 98_000),
    Page(wiki: Wiki.english, title: "Donald Trump", length: 181_000),
    Page(wiki: Wiki.english, title: "Wikipedia", length: 71_000),
    Page(wiki: 4, title: "Emmanuel Macron", length: 89_000),
    Page(wiki: Wiki.english, title: "Taylor Swift", length: 101_000),
    Page(wiki: 5, title: "Lionel Messi", length: 110_000),
  ]

  private let seed: UInt64

  init(seed: UInt64) { self.seed = seed }

  /// The part that the event at `position` has, mostly none.
  func part(_ position: Int, _ random: inout Xoshiro256StarStar) -> Part? {
    let (number, offset) = position.quotientAndRemainder(dividingBy: Self.period)
    let draw = random.next(below: 240)
    let mixed = UInt64(number) &+ seed
    if draw < 2, offset >= 300, offset < 300 + Self.length {
      let page = Self.pages[Int(mixed % UInt64(Self.pages.count))]
      return random.next(below: 100) < 60 ? .defacement(page) : .repair(page)
    }
    if draw == 2, offset >= 3_000, offset < 3_000 + Self.length {
      return .spam(user: Array("Deals Team \(mixed % 9_000)".utf8))
    }
    return nil
  }
}
