import Columns
import Hashing
import Pipeline
import Quality
import RecentChange
import Testing

/// A row of the model: what decides its fate.
private struct ModelRow {
  var id: Int
  var topic: String
  var partition: Int32
  var offset: Int64
  var second: Int
  var isBroken: Bool
  var isMalformed: Bool

  var coordinates: (String, Int32, Int64) { (topic, partition, offset) }

  var json: String {
    if isMalformed { return "{" }
    let event = EventJSON("m-\(id)", time: "2023-11-14T22:13:\(second)Z")
    return (isBroken ? event.with("wiki", nil) : event).json
  }
}

private func modelRows(_ random: inout SplitMix64) -> [ModelRow] {
  (0..<Int.random(in: 0...60, using: &random)).map { offset in
    ModelRow(
      id: Int.random(in: 0..<25, using: &random), topic: ["a", "b"].randomElement(using: &random) ?? "a",
      partition: Int32.random(in: 0...2, using: &random), offset: Int64(offset),
      second: Int.random(in: 10...20, using: &random),
      isBroken: Int.random(in: 0..<6, using: &random) == 0, isMalformed: Int.random(in: 0..<15, using: &random) == 0)
  }.shuffled(using: &random)
}

@Suite struct SilverPropertyTests {
  @Test("Deduplication, checks and order agree with a naive model, on one thread or more", arguments: 1...40)
  func agreesWithModel(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let model = modelRows(&random)
    let known = Set((0..<5).map { _ in Int.random(in: 0..<25, using: &random) })
    var rows = BronzeRows()
    for row in model { rows.append(row.json, topic: row.topic, partition: row.partition, offset: row.offset) }

    let refused = model.filter { $0.isMalformed || ($0.isBroken && !known.contains($0.id)) }
    let sound = model.filter { !$0.isMalformed && !$0.isBroken && !known.contains($0.id) }.sorted {
      $0.coordinates < $1.coordinates
    }
    var seen: Set<Int> = []
    let added = sound.filter { seen.insert($0.id).inserted }
      .sorted { ($0.second, $0.topic, $0.partition, $0.offset) < ($1.second, $1.topic, $1.partition, $1.offset) }

    for threads in [1, 2] {
      let plan = SilverTransform.Plan(clock: EventJSON.ingestion, batchID: "b")
      let transform = try SilverTransform(plan, allowlist: Allowlist(), threads: threads)
      let candidates = try transform.parse(bronze: [rows.batch])
      let ids = try candidates.rows.cells("meta_id")
      let result = try transform.finish(candidates, known: ids.map { id in known.contains { "m-\($0)" == id } })
      #expect(try result.events.cells("kafka_offset") == added.map { "\($0.offset)" })
      #expect(try result.quarantine.cells("kafka_offset") == refused.map { "\($0.offset)" })
      #expect(
        result.counts
          == QualityCounts(
            total: model.count, passed: added.count, failed: refused.count,
            duplicates: model.count - added.count - refused.count))
      #expect(Set(try result.quarantine.cells("row_id")).count == refused.count)
    }
  }
}
