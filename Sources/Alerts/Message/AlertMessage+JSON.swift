import Failures
public import JSON

extension Alert {
  /// The alert as a JSON object; `init(json:)` reads it.
  public var json: JSONObject {
    var object: JSONObject = ["cause": .string(cause)]
    if let occurrence { object["occurrence"] = .string(occurrence) }
    object["severity"] = .string(severity.rawValue)
    object["title"] = .string(title)
    object["detail"] = .string(detail)
    object["numbers"] = .array(numbers.map { ["name": .string($0.name), "value": .string($0.value)] })
    object["batch"] = batch.map { .string($0) } ?? .null
    object["command"] = .string(command)
    object["links"] = .array(links.map { ["title": .string($0.title), "url": .string($0.url)] })
    object["rank"] = JSONValue(rank)
    object["time"] = .string(AlertTime.text(time))
    object["time_us"] = .integer(time)
    return object
  }

  /// Reads what `json` wrote. Throws `.malformedInput`.
  public init(json object: JSONObject) throws {
    let name = try object.string("severity")
    guard let severity = Severity(rawValue: name) else { throw Failure.malformedInput("no severity is \"\(name)\"") }
    self.init(
      cause: try object.string("cause"), occurrence: try object.optionalString("occurrence"), severity: severity,
      title: try object.string("title"), detail: try object.string("detail"),
      numbers: try object.array("numbers").compactMap(\.object).map {
        Number(try $0.string("name"), try $0.string("value"))
      },
      batch: try object.optionalString("batch"), command: try object.string("command"),
      links: try object.array("links").compactMap(\.object).map {
        Link(try $0.string("title"), url: try $0.string("url"))
      },
      rank: Int(try object.int64("rank")), time: try object.int64("time_us"))
  }
}

extension AlertMessage {
  /// The version of the JSON form; docs/ALERTS.md describes it.
  public static let formatVersion: Int64 = 1

  /// The message as a JSON object; `init(json:)` reads it.
  public var json: JSONObject {
    [
      "version": .integer(Self.formatVersion), "id": .string(id), "kind": .string(kind.rawValue),
      "alert": .object(alert.json), "since": .string(AlertTime.text(since)), "since_us": .integer(since),
      "seen": JSONValue(seen), "time": .string(AlertTime.text(time)), "time_us": .integer(time),
      "text": .string(MessageTemplate(self).text),
    ]
  }

  /// Reads what `json` wrote. Throws `.malformedInput`, and `.unsupported` for another version's.
  public init(json object: JSONObject) throws {
    let version = try object.int64("version")
    guard version == Self.formatVersion else { throw Failure.unsupported("a message has version \(version)") }
    let name = try object.string("kind")
    guard let kind = Kind(rawValue: name) else { throw Failure.malformedInput("no kind of message is \"\(name)\"") }
    self.init(
      id: try object.string("id"), kind: kind, alert: try Alert(json: object.object("alert")),
      since: try object.int64("since_us"), seen: Int(try object.int64("seen")), time: try object.int64("time_us"))
  }
}
