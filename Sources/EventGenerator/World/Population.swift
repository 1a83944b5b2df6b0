internal import Hashing

/// The users: who is active where, and who is a bot.
struct Population: Sendable {
  /// A user of the stream.
  struct User: Sendable {
    let name: [UInt8]
    let wiki: Int
    let isBot: Bool
  }

  private let ranks: Zipf
  private let users: [User]

  /// Makes the users of a seed. Homes and bots are dealt out in the order of activity to whom is furthest below its share, so that the
  /// shares of the wikis and of bots (30 %) hold whoever is drawn.
  init(seed: UInt64) {
    ranks = Zipf(count: 20_000, root: 9)
    var random = Xoshiro256StarStar(seed: seed ^ 0x7573_6572_73)
    var deficits = [Double](repeating: 0, count: Wiki.all.count)
    var botDeficit = 0.0
    var made: [User] = []
    made.reserveCapacity(ranks.count)
    for rank in 0..<ranks.count {
      let share = ranks.share(rank)
      let wiki = rank < 1_000 ? Self.neediest(share, &deficits) : Self.anyWiki(&random)
      // Bots are among the most active: nearly half of what those do makes 30 % of all.
      botDeficit += share * 0.46
      let isBot = rank < 400 && botDeficit >= share * 0.4
      if isBot { botDeficit -= share }
      made.append(User(name: Self.name(rank, isBot, Wiki.all[wiki].language, &random), wiki: wiki, isBot: isBot))
    }
    users = made
  }

  /// The wiki that is furthest below its share, which gets a user of this share.
  private static func neediest(_ share: Double, _ deficits: inout [Double]) -> Int {
    var neediest = 0
    for wiki in deficits.indices {
      deficits[wiki] += share * Double(Wiki.all[wiki].weight) / 1000
      if deficits[wiki] > deficits[neediest] { neediest = wiki }
    }
    deficits[neediest] -= share
    return neediest
  }

  private static func anyWiki(_ random: inout Xoshiro256StarStar) -> Int {
    var draw = random.next(below: 1000)
    for (wiki, site) in Wiki.all.enumerated() {
      draw -= site.weight
      if draw < 0 { return wiki }
    }
    return 0
  }

  /// A user, by activity.
  func next(_ random: inout Xoshiro256StarStar) -> User { users[ranks.next(&random)] }

  /// A registered user who is no bot, by activity.
  func nextPerson(_ random: inout Xoshiro256StarStar) -> User {
    for _ in 0..<16 {
      let user = next(&random)
      if !user.isBot { return user }
    }
    return users[users.count - 1]
  }

  private static func name(
    _ rank: Int, _ isBot: Bool, _ language: Language, _ random: inout Xoshiro256StarStar
  ) -> [UInt8] {
    let words = Vocabulary.words[random.next(below: 3) == 0 ? language.rawValue : 0]
    var name = words[random.next(below: words.count)]
    if isBot {
      // One bot in twenty does not say so in its name.
      name += Array((random.next(below: 20) == 0 ? "Robotic" : "Bot").utf8)
    } else {
      let separators = ["", " ", "-", " of "]
      name += Array(separators[random.next(below: separators.count)].utf8)
      name += words[random.next(below: words.count)]
    }
    // Ranks keep names apart.
    return rank < 5 ? name : name + Array("\(isBot ? " " : "")\(rank)".utf8)
  }

  /// A name that nobody has had: people who edit once.
  static func fresh(_ random: inout Xoshiro256StarStar) -> [UInt8] {
    let words = Vocabulary.words[0]
    var name = words[random.next(below: words.count)]
    name.append(UInt8(ascii: "."))
    Digits.append(random.next(below: 1_000_000_000), to: &name)
    return name
  }

  /// An account without registration: mostly temporary accounts, and addresses of wikis that have none yet.
  static func anonymous(year: [UInt8], _ random: inout Xoshiro256StarStar) -> [UInt8] {
    var name: [UInt8] = []
    switch random.next(below: 10) {
    case 0..<6:
      name.append(UInt8(ascii: "~"))
      name += year
      name.append(UInt8(ascii: "-"))
      Digits.append(random.next(below: 100_000), width: 5, to: &name)
      name.append(UInt8(ascii: "-"))
      Digits.append(random.next(below: 100), width: 2, to: &name)
    case 6..<8:
      for part in 0..<4 {
        if part > 0 { name.append(UInt8(ascii: ".")) }
        Digits.append(1 + random.next(below: 223), to: &name)
      }
    default:
      name += Array("2A02".utf8)
      for _ in 0..<7 {
        name.append(UInt8(ascii: ":"))
        Digits.appendHexadecimal(random.next(below: 65_536), to: &name)
      }
    }
    return name
  }
}
