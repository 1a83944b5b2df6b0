import CommandLine
import Hashing
import JSON
import Pipeline
import Runner

/// Everything about a quarantined row.
struct QuarantineRowOutput {
  let record: QuarantineRecord
  let original: QuarantineOriginal
  /// The checks that can be waived.
  let waivable: Set<String>

  /// For a person: what is known, how to release it, and the record, JSON indented.
  var text: String {
    var lines = TextTable([.init("", maximumWidth: 20), .init("", maximumWidth: 2000)])
    for (name, value) in facts { lines.add([name, value]) }
    return lines.text() + "\n" + body
  }

  private var facts: [(String, String)] {
    var facts = [
      ("row id", record.rowID), ("layer", record.layer.rawValue),
      ("quarantined", "\(TimeText.seconds(record.quarantined)) by \(record.batch)"),
      ("failed checks", record.failedChecks.joined(separator: ", ")), ("status", status),
    ]
    let known = [
      ("event", record.metaID), ("event time", record.eventTime.map(TimeText.seconds)), ("wiki", record.wiki),
      ("entity", record.entity), ("user", record.user),
    ]
    facts += known.compactMap { name, value in value.map { (name, $0) } }
    if let place = record.coordinates {
      facts.append(("record", "log \(place.log), \(place.topic)/\(place.partition) offset \(place.offset)"))
    }
    return facts + [("to release it", release)]
  }

  private var status: String {
    var text = record.status?.rawValue ?? "unknown"
    if record.status != .open, let time = record.statusTime { text += " since \(TimeText.seconds(time))" }
    return record.releasedBatch.map { "\(text), by \($0)" } ?? text
  }

  /// The command that takes the row into the main table, as far as what it failed can be waived.
  private var release: String {
    if record.layer == .gold { return "not at all: it is replaced when its window is computed again" }
    guard record.status != .released else { return "it is released" }
    let waivers = record.failedChecks.filter(waivable.contains).map { " --waive \($0)" }.joined()
    return "wikiguard-job quarantine release \(record.rowID)\(waivers)"
  }

  private var body: String {
    switch original {
    case .none: return "There is no record.\n"
    case .bytes(let bytes):
      return "\(Grouped.number(bytes.count)) bytes that are no UTF-8, in hexadecimal:\n\(hex(bytes))\n"
    case .text(let bytes):
      let value = try? JSONValue.parse(bytes)
      let shown = value.map { String(decoding: $0.serialized(.pretty), as: UTF8.self) }
      // A terminal obeys what is in a record, as far as it is not made harmless.
      return (shown ?? String(decoding: bytes, as: UTF8.self)).split(separator: "\n", omittingEmptySubsequences: false)
        .map { DisplayWidth.sanitized(String($0)) }.joined(separator: "\n") + "\n"
    }
  }

  /// 32 bytes a line.
  private func hex(_ bytes: [UInt8]) -> String {
    stride(from: 0, to: bytes.count, by: 32).map { first in
      Hexadecimal.encode(bytes[first..<min(first + 32, bytes.count)])
    }.joined(separator: "\n")
  }

  /// Rows as one document: what `list` says of each, and the record as `original_record` or, in hexadecimal, `original_bytes`.
  static func document(_ outputs: [QuarantineRowOutput]) -> String {
    let rows = outputs.map { output -> JSONValue in
      var object = fields(of: output.record)
      switch output.original {
      case .none: object["original_record"] = .null
      case .text(let bytes): object["original_record"] = .string(String(decoding: bytes, as: UTF8.self))
      case .bytes(let bytes): object["original_bytes"] = .string(Hexadecimal.encode(bytes))
      }
      return .object(object)
    }
    let result: JSONValue = ["version": 1, "rows": .array(rows)]
    return String(decoding: result.serialized(), as: UTF8.self) + "\n"
  }

  /// What is known of a row, the record aside.
  static func fields(of record: QuarantineRecord) -> JSONObject {
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    func time(_ value: Int64?) -> JSONValue { value.map { .integer($0) } ?? .null }
    let place = record.coordinates
    return [
      "layer": .string(record.layer.rawValue), "row_id": .string(record.rowID),
      "quarantined_us": .integer(record.quarantined), "batch": .string(record.batch), "reason": .string(record.reason),
      "failed_checks": .array(record.failedChecks.map { .string($0) }), "status": text(record.status?.rawValue),
      "status_time_us": time(record.statusTime), "released_batch": text(record.releasedBatch),
      "meta_id": text(record.metaID), "event_time_us": time(record.eventTime), "wiki": text(record.wiki),
      "entity": text(record.entity), "user": text(record.user), "log": text(place?.log), "topic": text(place?.topic),
      "partition": place.map { .integer(Int64($0.partition)) } ?? .null, "offset": time(place?.offset),
    ]
  }
}
