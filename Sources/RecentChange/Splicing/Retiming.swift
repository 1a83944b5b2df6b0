internal import Failures
internal import Hashing

/// Shifts recorded events in time: `meta.dt` and `timestamp` by whole seconds, and a new `meta.id` that is the same for the same id
/// and shift. All other bytes stay as they came, fractions of a second and offsets from UTC included.
///
/// A field that is missing or of another type stays as it is: an odd event stays as odd as it was.
public struct Retiming: Sendable {
  /// By how much events become later, in seconds.
  public let shiftSeconds: Int64

  /// A shift.
  public init(shiftSeconds: Int64) { self.shiftSeconds = shiftSeconds }

  /// Appends the shifted `event` to `output`; a shift of 0 appends it unchanged. Throws `.malformedInput` when it is no JSON object.
  public func append(_ event: UnsafeRawBufferPointer, to output: inout [UInt8]) throws {
    guard var scanner = JSONScanner(event, in: 0..<event.count) else {
      throw Failure.malformedInput("the event is no JSON object")
    }
    var copied = 0
    guard shiftSeconds != 0 else {
      output += event
      return
    }
    while let member = scanner.next() {
      if scanner.holds(member.key, "meta") {
        appendMeta(event, member.value, &copied, &output)
      } else if scanner.holds(member.key, "timestamp") {
        appendTimestamp(event, member.value, &copied, &output)
      }
    }
    output += event[copied...]
  }

  private func appendMeta(
    _ event: UnsafeRawBufferPointer, _ meta: Range<Int>, _ copied: inout Int, _ output: inout [UInt8]
  ) {
    guard var scanner = JSONScanner(event, in: meta) else { return }
    while let member = scanner.next() {
      guard member.value.count >= 2, event[member.value.lowerBound] == UInt8(ascii: "\"") else { continue }
      let text = (member.value.lowerBound + 1)..<(member.value.upperBound - 1)
      if scanner.holds(member.key, "dt") {
        appendTime(event, text, &copied, &output)
      } else if scanner.holds(member.key, "id") {
        output += event[copied..<text.lowerBound]
        output += Array(derivedID(event[text]).description.utf8)
        copied = text.upperBound
      }
    }
  }

  /// The identifier of a shifted event. The id's text is the name, so that any text is one.
  private func derivedID(_ id: Slice<UnsafeRawBufferPointer>) -> UUID {
    UUID(name: Array("wikiguard retime \(shiftSeconds) ".utf8) + Array(id))
  }

  /// Only `YYYY-MM-DDThh:mm:ss` changes when a time moves by whole seconds.
  private func appendTime(
    _ event: UnsafeRawBufferPointer, _ text: Range<Int>, _ copied: inout Int, _ output: inout [UInt8]
  ) {
    guard EventTime.microseconds(UnsafeRawBufferPointer(rebasing: event[text])) != nil else { return }
    var local = Array(event[text].prefix(19))
    local.append(UInt8(ascii: "Z"))
    guard let microseconds = local.withUnsafeBytes({ EventTime.microseconds($0) }) else { return }
    let (shifted, overflow) = (microseconds / 1_000_000).addingReportingOverflow(shiftSeconds)
    guard !overflow else { return }
    output += event[copied..<text.lowerBound]
    EventTime.appendDateTime(seconds: shifted, to: &output)
    copied = text.lowerBound + 19
  }

  private func appendTimestamp(
    _ event: UnsafeRawBufferPointer, _ value: Range<Int>, _ copied: inout Int, _ output: inout [UInt8]
  ) {
    guard let seconds = Int64(String(decoding: event[value], as: UTF8.self)) else { return }
    let (shifted, overflow) = seconds.addingReportingOverflow(shiftSeconds)
    guard !overflow else { return }
    output += event[copied..<value.lowerBound]
    output += Array(String(shifted).utf8)
    copied = value.upperBound
  }
}
