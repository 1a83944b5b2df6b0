import Columns
import Pipeline
import Testing

private let clock: Int64 = 1_700_000_000_000_000

private func slice(_ text: String) -> ArraySlice<UInt8> { Array(text.utf8)[...] }

private func row(_ log: String = "l", _ topic: String = "t", _ partition: Int32 = 0, _ offset: Int64 = 0)
  -> QuarantineBuilder.Row
{
  let origin = QuarantineBuilder.Origin(logID: slice(log), topic: slice(topic), partition: partition, offset: offset)
  return QuarantineBuilder.Row(origin: origin, failedChecks: ["first", "second"], original: slice("{}"))
}

private func batch(_ rows: [QuarantineBuilder.Row], _ id: String = "b-1") throws -> ColumnBatch {
  var builder = QuarantineBuilder(Tables.silverQuarantine, clock: clock, batchID: id)
  for row in rows { builder.append(row) }
  return try builder.finish()
}

@Suite struct QuarantineTests {
  @Test("Every column of a row")
  func everyColumn() throws {
    var refused = row("log-1", "topic", 3, 42)
    refused.metaID = slice("m")
    refused.eventTime = 7
    refused.wiki = slice("w")
    refused.entity = slice("w:T")
    refused.userName = slice("U")
    let rows = try batch([refused])
    let expected = [
      "row_id": QuarantineBuilder.rowID(layer: "silver", refused), "meta_id": "m", "quarantine_timestamp": "\(clock)",
      "quarantine_reason": "first",
      "quarantine_batch_id": "b-1", "failed_checks": "first,second", "original_record": "{}", "original_bytes": "nil",
      "kafka_cluster_id": "log-1",
      "kafka_topic": "topic", "kafka_partition": "3", "kafka_offset": "42", "event_time": "7", "wiki": "w",
      "entity": "w:T", "user_name": "U",
      "status": "open", "status_time": "\(clock)", "released_batch_id": "nil", "event_date": "19675",
    ]
    #expect(Set(expected.keys) == Set(rows.schema.fields.map(\.name)))
    for (name, value) in expected { #expect(try rows.cell(name, 0) == value, "\(name)") }
  }

  @Test("A row's identity is fixed for ever")
  func stableIdentity() {
    #expect(
      QuarantineBuilder.rowID(layer: "silver", row("log-1", "topic", 3, 42)) == "e7feec1092e954b933446a2a6a6fcc6b")
  }

  @Test("Identities differ in every part, and parts do not run together")
  func distinctIdentities() {
    let computed = { (key: [String]) in QuarantineBuilder.Row(key: key.map(slice), failedChecks: ["x"], original: nil) }
    let ids = [
      QuarantineBuilder.rowID(layer: "silver", row()), QuarantineBuilder.rowID(layer: "bronze", row()),
      QuarantineBuilder.rowID(layer: "silver", row("l2")), QuarantineBuilder.rowID(layer: "silver", row("l", "t2")),
      QuarantineBuilder.rowID(layer: "silver", row("l", "t", 1)),
      QuarantineBuilder.rowID(layer: "silver", row("l", "t", 0, 1)),
      QuarantineBuilder.rowID(layer: "silver", row("lt", "")),
      QuarantineBuilder.rowID(layer: "gold", computed(["a", "b"])),
      QuarantineBuilder.rowID(layer: "gold", computed(["ab"])),
      QuarantineBuilder.rowID(layer: "gold", computed(["ab", ""])),
    ]
    #expect(Set(ids).count == ids.count)
    #expect(ids.allSatisfy { $0.utf8.count == 32 })
  }

  @Test("What the check failed for does not change a row's identity")
  func identityOfOrigin() {
    var other = row()
    other.failedChecks = ["other"]
    other.original = nil
    #expect(QuarantineBuilder.rowID(layer: "silver", other) == QuarantineBuilder.rowID(layer: "silver", row()))
  }

  @Test("Computed rows have a key and no coordinates")
  func computedRow() throws {
    var builder = QuarantineBuilder(Tables.goldQuarantine, clock: clock, batchID: "g")
    builder.append(
      QuarantineBuilder.Row(
        key: [slice("entity"), slice("k")], failedChecks: ["bot_ratio_between"], original: slice("{\"a\":1}")))
    let rows = try builder.finish()
    for name in ["kafka_cluster_id", "kafka_topic", "kafka_partition", "kafka_offset", "event_time"] {
      #expect(try rows.cell(name, 0) == "nil")
    }
    #expect(try rows.cell("original_record", 0) == "{\"a\":1}")
  }

  @Test("A row that is refused again keeps what was decided about it")
  func keepingStatus() throws {
    let old = try QuarantineUpdate.marking(
      batch([row("l", "t", 0, 1), row("l", "t", 0, 2)]), .discarded, clock: 99, batchID: nil)
    var again = row("l", "t", 0, 2)
    again.failedChecks = ["third"]
    let rows = try QuarantineUpdate.keepingStatus(of: old, in: batch([row("l", "t", 0, 3), again], "b-2"))
    #expect(try rows.cells("status") == ["open", "discarded"])
    #expect(try rows.cells("status_time") == ["\(clock)", "99"])
    #expect(try rows.cells("failed_checks") == ["first,second", "third"])
    #expect(try rows.cells("quarantine_batch_id") == ["b-2", "b-2"])
    let none = try batch([row()])
    #expect(try QuarantineUpdate.keepingStatus(of: old, in: none) == none)
  }

  @Test("A release names its batch and time")
  func release() throws {
    let rows = try QuarantineUpdate.marking(batch([row(), row("m")]), .released, clock: 5, batchID: "silver-9")
    #expect(try rows.cells("status") == ["released", "released"])
    #expect(try rows.cells("released_batch_id") == ["silver-9", "silver-9"])
    #expect(try rows.cells("status_time") == ["5", "5"])
    #expect(try rows.cells("kafka_cluster_id") == ["l", "m"])
  }
}
