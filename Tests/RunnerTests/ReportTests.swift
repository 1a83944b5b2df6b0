import Iceberg
import Pipeline
import Runner
import Testing

/// What a person is told of the tables.
struct ReportTests {
  private func report(_ world: World, _ state: MemoryJobState) throws -> PipelineReport {
    try ReportReader(workspace: world.workspace(state)).read()
  }

  private func events(_ numbers: Range<Int>, comment: String = "a word") -> [String] {
    numbers.map { Event(number: $0, time: World.noon - 300, title: "Page \($0 % 2)", comment: comment).json }
  }

  @Test func nothingIsReportedOfAnEmptyHome() throws {
    let report = try report(World(), MemoryJobState())
    #expect(report.records == 0 && report.duplicates == 0 && report.span == nil && report.activePages.isEmpty)
  }

  @Test func everyRecordIsAccountedFor() throws {
    let world = try World()
    let state = MemoryJobState()
    world.log.append(events(0..<5) + events(0..<2) + [Event(number: 9, time: World.noon - 300, namespace: nil).json])
    try world.runner(state).drainAll()
    let report = try report(world, state)
    #expect(report.records == 8 && report.duplicates == 2)
    #expect(report.quarantined.map(\.reason) == ["namespace_not_null"] && report.quarantined.map(\.count) == [1])
    #expect(report.rows.first { $0.table == "silver_events" }?.count == 5)
    #expect(report.activePages.map(\.name) == ["enwiki:Page 0", "enwiki:Page 1"])
    #expect(report.activePages.map(\.edits) == [3, 2])
  }

  @Test func batchesWhoseResultsAreNotWrittenYetCountToo() throws {
    let world = try World()
    let state = MemoryJobState()
    world.log.append(events(0..<5) + events(0..<2))
    for job in JobName.allCases { _ = try world.runner(state).run(job, options: .test) }
    #expect(try world.table(Tables.qualityMetrics).metadata.currentSnapshotID == nil)
    let report = try report(world, state)
    #expect(report.records == 7 && report.duplicates == 2)
  }
}
