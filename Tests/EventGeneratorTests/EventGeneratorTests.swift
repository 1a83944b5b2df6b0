import Columns
import EventGenerator
import Hashing
import RecentChange
import Testing

private let ending: Int64 = 1_769_640_000_000_000

private func generate(_ count: Int, seed: UInt64 = 7, rate: Double = 46, limit: Int = 1_000) -> BinaryColumn {
  var generator = EventGenerator(count: count, seed: seed, ending: ending, eventsPerSecond: rate)
  var events = BinaryColumn()
  while generator.next(into: &events, limit: limit) > 0 {}
  return events
}

/// 30,000 events, made once.
private let sample = generate(12_000)
private let parsed = Result { try RecentChangeParser(.init(threads: 2)).parse(sample) }

private func share(_ column: BinaryColumn, _ value: String) -> Double {
  Double((0..<column.count).filter { column[$0].map { $0.elementsEqual(value.utf8) } ?? false }.count)
    / Double(column.count)
}

/// How often each value comes, the most frequent first.
private func frequencies(_ column: BinaryColumn) -> [Int] {
  var counts: [ArraySlice<UInt8>: Int] = [:]
  for row in 0..<column.count { if let value = column[row] { counts[value, default: 0] += 1 } }
  return counts.values.sorted(by: >)
}

private func quantile(_ values: [Int64], _ share: Double) -> Int64 {
  values.sorted()[Int(Double(values.count - 1) * share)]
}

@Suite struct EventGeneratorTests {
  @Test func theSameArgumentsGiveTheSameBytes() {
    let one = generate(800)
    #expect(one == generate(800))
    #expect(one == generate(800, limit: 7))
    #expect(one != generate(800, seed: 8))
    #expect(one != generate(800, rate: 47))
    #expect(one.count == 800)
  }

  /// The bytes are part of the contract: a replay of the same arguments is all duplicates, also by the next version.
  @Test func theBytesStayFromVersionToVersion() {
    #expect(XXHash64.hash(generate(1_000, seed: 1).bytes) == 3_784_750_685_385_167_972)
  }

  @Test func numbersThatAreNoneGiveNoEvents() {
    #expect(generate(0).count == 0)
    #expect(generate(-1).count == 0)
    #expect(generate(1).count == 1)
  }

  @Test func nearlyAllEventsAreParsedWithoutAReason() throws {
    let batch = try parsed.get()
    let failed = Double(batch.failures.count) / 12_000
    #expect(failed > 0.0005 && failed < 0.003)
    #expect(batch.failures.filter(\.isMalformed).count > 3)
    #expect(Set(batch.failures.map(\.reason)).count >= 6)
  }

  @Test func typesHaveTheirMeasuredShares() throws {
    let types = try parsed.get().columns.binaries("type")
    for (type, expected) in [("edit", 0.556), ("categorize", 0.336), ("log", 0.055), ("new", 0.053)] {
      #expect(abs(share(types, type) - expected) < 0.02)
    }
    #expect(share(types, "142") > 0)
    #expect(share(types, "external") > 0)
  }

  @Test func wikisUsersAndBotsHaveTheirMeasuredShares() throws {
    let columns = try parsed.get().columns
    let wikis = try columns.binaries("wiki")
    for (wiki, expected) in [("commonswiki", 0.37), ("wikidatawiki", 0.26), ("enwiki", 0.11)] {
      #expect(abs(share(wikis, wiki) - expected) < 0.05)
    }
    let bots = try columns.bools("bot")
    #expect(abs(Double(bots.values.filter { $0 }.count) / 12_000 - 0.3) < 0.06)
    let users = frequencies(try columns.binaries("user"))
    #expect(Double(users[0]) / 12_000 > 0.08)
    #expect(Double(users.prefix(10).reduce(0, +)) / 12_000 > 0.3)
    #expect(users.count > 1_200)
    let titles = frequencies(try columns.binaries("title"))
    #expect(Double(titles.filter { $0 == 1 }.count) / Double(titles.count) > 0.75)
    #expect(titles[0] > 120)
  }

  @Test func sizesAreThoseMeasured() throws {
    let columns = try parsed.get().columns
    let mean = Double(sample.bytes.count) / 12_000
    #expect(mean > 1_050 && mean < 1_400)
    let old = try columns.int32s("length_old")
    let new = try columns.int32s("length_new")
    let deltas = (0..<12_000).compactMap { row in old[row].flatMap { old in new[row].map { Int64($0 - old) } } }
    #expect(abs(quantile(deltas, 0.5) - 100) < 60)
    #expect(quantile(deltas, 0.99) > 1_500 && quantile(deltas, 0.99) < 5_000)
    #expect(quantile(deltas, 0.01) < -300)
    let comments = try columns.binaries("comment")
    let lengths = (0..<12_000).compactMap { comments[$0].map { Int64($0.count) } }
    #expect(quantile(lengths, 0.5) > 40 && quantile(lengths, 0.5) < 110)
  }

  @Test func timesEndWhereToldAndComeInBurstsOutOfOrder() throws {
    let generator = EventGenerator(count: 12_000, seed: 7, ending: ending)
    let sent = (0..<12_000).map { generator.sendingTime($0) }
    #expect(sent == sent.sorted())
    #expect(sent.last == ending)
    let seconds = Double(ending - (sent.first ?? 0)) / 1e6
    #expect(abs(12_000 / seconds - 46) < 2)
    var counts = [Int](repeating: 0, count: Int(seconds))
    for time in sent.dropFirst() where Int((ending - time) / 1_000_000) < counts.count {
      counts[Int((ending - time) / 1_000_000)] += 1
    }
    let mean = Double(counts.reduce(0, +)) / Double(counts.count)
    let variance = counts.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(counts.count)
    #expect(variance > 2 * mean)

    let times = try parsed.get().columns.int64s("meta_dt")
    let stamps = try parsed.get().columns.int64s("timestamp")
    var largest: Int64 = 0
    var behind = 0
    var apart = 0
    for row in 0..<12_000 {
      guard let time = times[row], let stamp = stamps[row] else { continue }
      if time > ending + 1_000_000 || abs(time / 1_000_000 - stamp) > 2 { apart += 1 }
      if stamp < largest { behind += 1 } else { largest = stamp }
    }
    #expect(apart == 0)
    #expect(behind > 5_000 && behind < 9_600)
  }

  @Test func someEventsComeTwice() throws {
    let ids = try parsed.get().columns.binaries("meta_id")
    let repeated = frequencies(ids).filter { $0 > 1 }.count
    #expect(repeated > 10 && repeated < 45)
    #expect(frequencies(sample).filter { $0 > 1 }.count < repeated)
  }

  @Test func accountsOfAllKindsEdit() throws {
    let users = try parsed.get().columns.binaries("user")
    let names = (0..<12_000).compactMap { users.string($0) }
    #expect(names.filter { $0.hasPrefix("~2026-") }.count > 250)
    #expect(
      names.filter { $0.split(separator: ".").count == 4 && $0.allSatisfy { $0.isNumber || $0 == "." } }.count > 50)
    #expect(names.filter { $0.hasPrefix("2A02:") }.count > 50)
  }

  @Test func vandalismStandsOut() throws {
    let columns = try parsed.get().columns
    let (titles, users, comments) = try (
      columns.binaries("title"), columns.binaries("user"), columns.binaries("comment")
    )
    var pages: [String: Int] = [:]
    var repairs = 0
    var deals: Set<String> = []
    for row in 0..<12_000 {
      guard let title = titles.string(row), let user = users.string(row), let comment = comments.string(row) else {
        continue
      }
      if title == "Lionel Messi"  // the page of this seed
      {
        pages[title, default: 0] += 1
        if ["rv", "Rev", "Und", "Deshecha", "Restored"].contains(where: { comment.contains($0) }) { repairs += 1 }
      }
      if user.hasPrefix("Deals Team") { deals.insert(title) }
    }
    #expect((pages.values.max() ?? 0) > 25)
    #expect(repairs > 10)
    #expect(deals.count > 15)
  }

  @Test func revertsNameTheirVictimInManyLanguages() throws {
    let comments = try parsed.get().columns.binaries("comment")
    let texts = (0..<12_000).compactMap { comments.string($0) }
    for words in [
      "Undid revision", "Reverted edits by", "rückgängig gemacht", "Annulation de", "Deshecha la", "отмена правки",
    ] {
      #expect(texts.contains { $0.contains(words) })
    }
    #expect(!texts.contains { $0.contains("{v}") || $0.contains("{r}") })
  }

  @Test func canariesAndLogsWithoutIDsAreThere() throws {
    let columns = try parsed.get().columns
    #expect(share(try columns.binaries("meta_domain"), "canary") > 0)
    let (types, ids) = try (columns.binaries("type"), columns.int64s("wikimedia_id"))
    let logs = (0..<12_000).filter { types.string($0) == "log" }
    let without = logs.filter { ids[$0] == nil }
    #expect(Double(without.count) / Double(logs.count) > 0.4)
    #expect(try columns.binaries("log_params").nullCount < 12_000)
  }
}
