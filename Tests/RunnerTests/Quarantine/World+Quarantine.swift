import Columns
import Iceberg
import JobState
import Pipeline
import RecentChange
import Runner
import Testing

extension World {
  /// What an operator's process does about quarantined rows.
  func decisions(
    _ state: any JobState, waiving: Set<String> = [], settings: JobSettings? = nil, faults: Faults = Faults(),
    isStopping: @escaping @Sendable () -> Bool = { false }
  ) throws -> QuarantineDecisions {
    QuarantineDecisions(
      workspace: workspace(state, faults: faults, isStopping: isStopping), settings: try settings ?? .test(),
      options: .strict(waiving))
  }

  /// Drains jobs with nothing waived, so that old events go to quarantine.
  func drainStrictly(_ state: any JobState, _ jobs: [JobName] = JobName.allCases) throws {
    for job in jobs { _ = try runner(state).run(job, options: .strict(), drain: true) }
  }

  /// Rows of Silver's quarantine by status.
  func statuses(_ definition: TableDefinition = Tables.silverQuarantine) throws -> [String: Int] {
    Dictionary(try strings(definition, "status").map { ($0, 1) }, uniquingKeysWith: +)
  }

  /// Silver's events, each once.
  func expectSilver(_ count: Int, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let ids = try strings(Tables.silverEvents, "meta_id")
    #expect(ids.count == count && Set(ids).count == count, sourceLocation: sourceLocation)
  }

  /// Events hours old, which the freshness check refuses.
  static func stale(_ numbers: Range<Int>) -> [String] {
    numbers.map { Event(number: $0, time: noon - 14_000 + Int64($0) * 300, title: "P\($0 % 3)").json }
  }

  /// A dead letter of ingest.
  static func deadLetter(_ record: String) -> String {
    String(decoding: DeadLetter(errors: ["not understood"], record: Array(record.utf8)).encoded, as: UTF8.self)
  }
}

extension RunOptions {
  /// Nothing waived but `waivers`.
  static func strict(_ waivers: Set<String> = []) -> RunOptions {
    RunOptions(waivers: waivers, configuration: RunOptions.test.configuration)
  }
}

extension QuarantineSelection {
  /// Open rows that failed `check`.
  static func failing(_ check: String) -> QuarantineSelection {
    var selection = QuarantineSelection()
    selection.checks = [check]
    return selection
  }
}
