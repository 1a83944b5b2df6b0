import Columns
import Pipeline
import Testing

/// The same events through DuckDB.
@Suite struct GoldSQLTests {
  @Test func countsAndRatiosAreDuckDBs() throws {
    guard let sql = GoldSQL(for: "Gold's counts against DuckDB") else { return }
    var generator = GoldEventGenerator(seed: 42, first: -3_000_000_000, windows: 8)
    let events = (0..<5_000).map { _ in generator.event(withMissingKeys: true) }
    let failed = (0..<300).map { _ in generator.failedRow() }
    let windows = try GoldBatch.windows(events, failed: failed)
    let theirs = try sql.rows(of: events, failed: failed)
    for (table, ours) in [
      ("entity", windows.map(\.entities.rows)), ("user", windows.map(\.users.rows)),
      ("global", windows.map(\.globals.rows)),
    ] {
      let expected = try #require(theirs[table])
      let names = try #require(expected.first?.keys).sorted()
      let ours = Set(ours.flatMap(\.goldRows).map { row in names.map { row[$0]?.description ?? "no column" } })
      let missing = expected.map { row in names.map { row[$0] ?? "" } }.filter { !ours.contains($0) }
      #expect(missing.isEmpty, "\(table): \(missing.count) rows differ, first \(missing.first ?? [])")
      #expect(ours.count == expected.count)
      #expect(names.count > 15)
    }
  }
}
