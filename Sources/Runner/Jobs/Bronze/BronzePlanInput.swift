import Failures
import JSON

/// What a Bronze batch reads: ranges of offsets of one log.
struct BronzePlanInput: Sendable, Hashable {
  /// Offsets [start, end) of one partition.
  struct Slice: Sendable, Hashable {
    var topic: String
    var partition: Int32
    var start: Int64
    var end: Int64
    /// The first offset that was asked for, where the head of the range was gone and `on_missing: skip` let it go.
    var lostFrom: Int64?
    /// Where the range holds no records.
    var gaps = OffsetGaps()
  }

  /// The log's id.
  var log: String
  /// Slices by topic and partition.
  var slices: [Slice]
  /// Whether the one record goes to quarantine unseen.
  var isPoison = false

  /// The number of offsets.
  var rows: Int64 { slices.reduce(0) { $0 + $1.end - $1.start } }

  init(log: String, slices: [Slice], isPoison: Bool = false) {
    self.log = log
    self.slices = slices
    self.isPoison = isPoison
  }

  /// Reads what `text` wrote. Throws `.malformedInput`.
  init(text: String) throws {
    let object = try JSONValue.object(parsing: text, as: "Bronze's input")
    log = try object.string("log")
    isPoison = try object.optionalBool("poison") ?? false
    slices = try object.array("slices").compactMap(\.object).map { slice in
      Slice(
        topic: try slice.string("topic"), partition: try slice.int32("partition"), start: try slice.int64("start"),
        end: try slice.int64("end"), lostFrom: try slice.optionalInt64("lost_from"), gaps: try OffsetGaps(of: slice))
    }
  }

  var text: String {
    var object: JSONObject = ["log": .string(log), "rows": .integer(rows), "slices": .array(slices.map(\.json))]
    let missing = slices.reduce(0) { $0 + $1.gaps.count }
    if missing > 0 { object["missing"] = .integer(missing) }
    if isPoison { object["poison"] = true }
    return JSONValue.object(object).text
  }
}

extension BronzePlanInput.Slice {
  fileprivate var json: JSONValue {
    var object: JSONObject = [
      "topic": .string(topic), "partition": .integer(Int64(partition)), "start": .integer(start), "end": .integer(end),
    ]
    if let lostFrom { object["lost_from"] = .integer(lostFrom) }
    gaps.add(to: &object)
    return .object(object)
  }
}
