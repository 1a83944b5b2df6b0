import Columns
import Glibc
import Pipeline
import Quality
import RecentChange
import Testing

/// Events recorded by others, where they are on this machine.
@Suite struct RecordedEventsTests {

  /// The lines of a file beside the package, decompressed; nil (and said so) where it is not there.
  private func rows(_ name: String) throws -> BronzeRows? {
    let directory = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let candidates = ["/\(directory)/../shared/data/\(name)", "/\(directory)/../../shared/data/\(name)"]
    guard let path = candidates.first(where: { access($0, R_OK) == 0 }) else {
      print("skipped: no recorded events \(name) beside the package")
      return nil
    }
    guard let pipe = popen("gzip -cdf '\(path)'", "r") else { return nil }
    defer { pclose(pipe) }
    var rows = BronzeRows()
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    while true {
      let count = getline(&line, &capacity, pipe)
      guard count > 0, let line else { break }
      let bytes = UnsafeRawBufferPointer(start: line, count: count).prefix { $0 != 0x0a }
      rows.append(Array(bytes)[...], ingestion: 1_674_700_000_000_000)
    }
    return rows
  }

  private func run(_ rows: BronzeRows) throws -> SilverResult {
    let plan = SilverTransform.Plan(clock: 1_800_000_000_000_000, batchID: "b", waived: ["freshness"])
    let transform = try SilverTransform(plan, allowlist: Allowlist())
    let candidates = try transform.parse(bronze: [rows.batch])
    return try transform.finish(candidates, known: [Bool](repeating: false, count: candidates.rows.rowCount))
  }

  @Test("Of 11,987 recorded events the 20 true duplicates are dropped, the rest is there in order")
  func recording() throws {
    guard let rows = try rows("recentchange-2023-01-25-11987.jsonl.gz") else { return }
    let result = try run(rows)
    #expect(result.counts.total == 11_987)
    #expect(result.counts.duplicates == 20)
    let check = BatchChecks.silver.checks[0]
    var metrics = try BatchMetrics(.silver)
    try metrics.add(result.events)
    #expect(metrics.value(of: check) == 1)
    let reasons = Set(try result.quarantine.cells("quarantine_reason"))
    #expect(reasons.isSubset(of: ["event_type_in"]), "\(reasons)")
    let times = try result.events.int64s("event_time").values
    #expect(zip(times, times.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(result.windows.count == 2)
    let reverts = try result.events.bools("is_revert").values.filter(\.self).count
    #expect(reverts > 50 && reverts < 200)
  }

  @Test("The newest recording parses whole, temporary accounts and all")
  func newest() throws {
    guard let rows = try rows("recentchange-2026-01-28-217-raw.jsonl") else { return }
    let result = try run(rows)
    #expect(result.checks[0] == CheckCount(name: "parse", checked: 217, failed: 0))
    #expect(result.counts.passed >= 210)
    #expect(try result.events.cells("user_kind").contains("temporary"))
  }
}
