internal import CSimdjson
internal import Failures

/// Adds `_metadata {ingestion_timestamp, source, version, canonical_entity}` to events by splicing it in before the last brace; all
/// other bytes stay as they came.
public struct EventStamp: Sendable {
  /// `","source":…,"version":…,"canonical_entity":`, the same for every event.
  private let middle: [UInt8]

  /// A stamp. `source` names where the events come from (`eventstreams`, `replay`, `generator`), `version` this program.
  public init(source: String, version: String) {
    var middle = Array(#"","source":"#.utf8)
    Self.appendQuoted(Array(source.utf8), to: &middle)
    middle += Array(#","version":"#.utf8)
    Self.appendQuoted(Array(version.utf8), to: &middle)
    middle += Array(#","canonical_entity":"#.utf8)
    self.middle = middle
  }

  /// Appends `event` with its metadata to `output`. `ingestionTime` is in microseconds, `canonicalEntity` is UTF-8 or nil for null.
  /// An event that has `_metadata` gets this one instead. Throws `.malformedInput` when the event does not end in a brace.
  public func append(
    _ event: UnsafeRawBufferPointer, ingestionTime: Int64, canonicalEntity: UnsafeRawBufferPointer?,
    to output: inout [UInt8]
  ) throws {
    if let old = Self.metadata(of: event) {
      output += event[..<old.lowerBound]
      appendValue(ingestionTime, canonicalEntity, to: &output)
      output += event[old.upperBound...]
      return
    }
    guard let last = event.lastIndex(where: { !JSONScanner.isSpace($0) }), event[last] == UInt8(ascii: "}"),
      let before = event[..<last].lastIndex(where: { !JSONScanner.isSpace($0) })
    else { throw Failure.malformedInput("the event is no JSON object") }
    output += event[..<last]
    if event[before] != UInt8(ascii: "{") { output.append(UInt8(ascii: ",")) }
    output += Array(#""_metadata":"#.utf8)
    appendValue(ingestionTime, canonicalEntity, to: &output)
    output += event[last...]
  }

  /// Where the value of the event's own `_metadata` is.
  private static func metadata(of event: UnsafeRawBufferPointer) -> Range<Int>? {
    let key: StaticString = "_metadata"
    // Nearly no event has it, and this search costs a tenth of a scan.
    let bytes = event.assumingMemoryBound(to: UInt8.self).baseAddress
    guard rc_mentions(bytes, event.count, key.utf8Start, key.utf8CodeUnitCount),
      var scanner = JSONScanner(event, in: 0..<event.count)
    else { return nil }
    while let member = scanner.next() {
      if scanner.holds(member.key, key) { return member.value }
    }
    return nil
  }

  private func appendValue(_ time: Int64, _ entity: UnsafeRawBufferPointer?, to output: inout [UInt8]) {
    output += Array(#"{"ingestion_timestamp":""#.utf8)
    EventTime.append(microseconds: time, fractionDigits: 6, to: &output)
    output += middle
    if let entity {
      Self.appendQuoted(entity, to: &output)
    } else {
      output += Array("null".utf8)
    }
    output.append(UInt8(ascii: "}"))
  }

  /// A JSON string of UTF-8.
  ///
  /// Source: https://www.rfc-editor.org/rfc/rfc8259#section-7
  private static func appendQuoted(_ text: some Sequence<UInt8>, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        output.append(UInt8(ascii: "\\"))
        output.append(byte)
      case 0..<0x20:
        let digits = Array("0123456789abcdef".utf8)
        output += Array(#"\u00"#.utf8)
        output.append(digits[Int(byte >> 4)])
        output.append(digits[Int(byte & 15)])
      default: output.append(byte)
      }
    }
    output.append(UInt8(ascii: "\""))
  }
}
