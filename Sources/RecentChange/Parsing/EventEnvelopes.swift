public import Columns
internal import CSimdjson

/// What ingest has to know of events before they go to the log: identity, time and what the allowlist looks at. One row an event,
/// null where an event lacks it or has another type there.
public struct EventEnvelopes: Sendable {
  /// `meta.id`, the key of the record.
  public let id: BinaryColumn
  /// `meta.dt` in microseconds.
  public let time: PrimitiveColumn<Int64>
  /// `meta.domain`.
  public let domain: BinaryColumn
  /// `type`.
  public let type: BinaryColumn
  /// `title`.
  public let title: BinaryColumn
  /// `wiki`.
  public let wiki: BinaryColumn
  /// `comment`; of a categorize event it names the page.
  public let comment: BinaryColumn
  /// `namespace`.
  public let namespace: PrimitiveColumn<Int32>
  /// `timestamp` in seconds.
  public let timestamp: PrimitiveColumn<Int64>
  /// What is wrong with the fields above; ascending by row. Malformed events belong into the dead-letter topic.
  public let failures: [RecentChangeFailure]

  /// The number of events.
  public var count: Int { time.count }

  /// Whether the event is one that EventStreams sends to itself to see that it is alive: its domain is `canary`.
  ///
  /// Source: https://wikitech.wikimedia.org/wiki/Event_Platform/EventStreams_HTTP_Service#Canary_events
  public func isCanary(_ row: Int) -> Bool {
    domain.withUnsafeBytes(row: row) { $0.elementsEqual("canary".utf8) }
  }
}

extension RecentChangeParser {
  /// Parses what ingest needs of the events `rows` of `values` (all by default). Throws as `parse` does.
  public func envelopes(_ values: BinaryColumn, rows: Range<Int>? = nil) throws -> EventEnvelopes {
    let fields = [
      RC_META_ID, RC_META_DT, RC_META_DOMAIN, RC_TYPE, RC_TITLE, RC_WIKI, RC_COMMENT, RC_NAMESPACE, RC_TIMESTAMP,
    ]
    let slices = try parse(values, rows: rows, fields: fields.map { Int($0.rawValue) })
    func strings(_ field: rc_field) -> BinaryColumn { ParsedSlice.binary(Int(field.rawValue), slices) }
    return EventEnvelopes(
      id: strings(RC_META_ID), time: ParsedSlice.primitive(Int(RC_META_DT.rawValue), slices),
      domain: strings(RC_META_DOMAIN), type: strings(RC_TYPE), title: strings(RC_TITLE), wiki: strings(RC_WIKI),
      comment: strings(RC_COMMENT), namespace: ParsedSlice.primitive(Int(RC_NAMESPACE.rawValue), slices),
      timestamp: ParsedSlice.primitive(Int(RC_TIMESTAMP.rawValue), slices), failures: failures(slices))
  }
}
