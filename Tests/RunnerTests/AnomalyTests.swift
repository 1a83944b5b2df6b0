import EventLog
import Pipeline
import Runner
import Testing

/// What alerts read of batches and of the log.
struct AnomalyTests {
  /// Edits that all undo others' work, in the windows that begin at `starts`.
  private func reverts(_ starts: [Int64], title: String = "A/B c", numbers from: Int = 0) -> [String] {
    starts.enumerated().flatMap { window, start in
      (0..<6).map { number in
        Event(
          number: from + window * 6 + number, time: start + Int64(number) * 10, title: title,
          user: number.isMultiple(of: 2) ? "Alice" : "Bob", comment: "rvv"
        ).json
      }
    }
  }

  private func read(_ world: World, _ reports: [BatchReport], withEdits: Bool = true) throws -> [GoldAnomaly] {
    try AnomalyReader(workspace: world.workspace(MemoryJobState())).read(reports.map(\.plan), withEdits: withEdits)
      .sorted { ($0.windowStart, $0.scope.rawValue) < ($1.windowStart, $1.scope.rawValue) }
  }

  @Test func pagesAndWindowsThatStandOutAreFoundWithTheirNewestEdit() throws {
    let world = try World()
    let state = MemoryJobState()
    world.log.append(
      reverts([World.noon - 1200]) + (0..<20).map { Event(number: 100 + $0, time: World.noon - 600).json })
    for job in [JobName.bronze, .silver] { _ = try world.runner(state).run(job, options: .test) }
    let reports = try world.runner(state).run(.gold, options: .test, drain: true)
    let found = try read(world, reports)
    #expect(found.map(\.scope) == [.entity, .global])
    let page = try #require(found.first)
    #expect(page.name == "enwiki:A/B c" && page.wiki == "enwiki" && page.severity == "HIGH" && page.risk == 30)
    #expect(page.windowStart == (World.noon - 1200) * 1_000_000 && page.windowEnd == (World.noon - 600) * 1_000_000)
    #expect(page.types == "HIGH_REVERT" && page.explanation.contains("6 of 6") && page.batch == reports[0].plan.batch)
    let edit = try #require(page.newestEdit)
    #expect(edit.server == "https://en.wikipedia.org" && edit.title == "A/B c" && !edit.isAllowlisted)
    #expect(edit.revision == 11 && edit.user == "Bob")
    #expect(found[1].severity == "CRITICAL" && found[1].name.isEmpty && found[1].newestEdit == nil)
    #expect(try read(world, reports, withEdits: false).allSatisfy { $0.newestEdit == nil })
  }

  @Test func onlyTheWindowsOfTheBatchesCount() throws {
    let world = try World()
    let state = MemoryJobState()
    world.log.append(reverts([World.noon - 1200]))
    try world.runner(state).drainAll()
    world.log.append(reverts([World.noon - 3600], title: "Other", numbers: 50))
    for job in [JobName.bronze, .silver] { _ = try world.runner(state).run(job, options: .test) }
    let second = try world.runner(state).run(.gold, options: .test)
    #expect(try read(world, second).map(\.name) == ["enwiki:Other", ""])
    #expect(try read(world, []).isEmpty)
  }

  @Test func theNewestRecordIsThatOfAnyPartition() throws {
    let world = try World()
    let source = SourceReader(workspace: world.workspace(MemoryJobState()), topics: ["cleaned_events", "nothing"])
    #expect(try source.newestRecord() == nil)
    world.log.append(reverts([World.noon - 1200]), time: 5_000)
    #expect(try source.newestRecord() == 5_000_000)
    world.log.append([Event(number: 99, time: World.noon).json], time: 7_000)
    #expect(try source.newestRecord() == 7_000_000)
  }

  @Test func aPlanKnowsThatItPutsARecordAside() throws {
    let world = try World()
    world.log.append([Event(number: 1, time: World.noon).json])
    var plan = try #require(world.runner(MemoryJobState()).run(.bronze, options: .test).first).plan
    #expect(!plan.isPoison)
    for (input, expected) in [(#"{"poison":true}"#, true), (#"{"poison":false}"#, false), ("no JSON", false)] {
      plan.input = input
      #expect(plan.isPoison == expected)
    }
  }
}
