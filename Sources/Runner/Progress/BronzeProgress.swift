import Failures
import JSON

/// How far Bronze has taken in a log: the next offset of each partition of each topic.
///
/// Its text is canonical (topics and partitions in order), so that progress is compared as text.
public struct BronzeProgress: Sendable, Hashable {
  /// The log's id.
  public var log: String
  /// The next offset by topic and partition.
  public var offsets: [String: [Int32: Int64]]

  /// Progress in a log.
  public init(log: String, offsets: [String: [Int32: Int64]] = [:]) {
    self.log = log
    self.offsets = offsets
  }

  /// Reads what `text` wrote. Throws `.malformedInput`.
  public init(text: String) throws {
    let object = try JSONValue.object(parsing: text, as: "Bronze's progress")
    log = try object.string("log")
    offsets = [:]
    for (topic, partitions) in try object.object("topics").members {
      for (partition, offset) in partitions.object?.members ?? [] {
        guard let number = Int32(partition), let next = offset.int64 else {
          throw Failure.malformedInput("Bronze's progress has no offset for partition \(partition) of \(topic)")
        }
        offsets[topic, default: [:]][number] = next
      }
    }
  }

  /// The canonical text.
  public var text: String {
    var topics = JSONObject()
    for (topic, partitions) in offsets.sorted(by: { $0.key < $1.key }) {
      let members = partitions.sorted { $0.key < $1.key }.map { (String($0.key), JSONValue.integer($0.value)) }
      topics.append(topic, .object(JSONObject(members)))
    }
    return JSONValue.object(["log": .string(log), "topics": .object(topics)]).text
  }
}
