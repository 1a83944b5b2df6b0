import Columns
import Failures

/// Cuts a JSON array into its elements without parsing them: only depth and strings are followed.
struct ArrayElements: Sendable {
  private var element: [UInt8] = []
  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  private var isClosed = false
  private let limit: Int

  /// Elements of at most `limit` bytes.
  init(limit: Int) { self.limit = limit }

  /// Adds the elements that end in `bytes`. Throws `.malformedInput` for text behind the array and for an element that does not end.
  mutating func feed(_ bytes: UnsafeRawBufferPointer, into events: inout BinaryColumn) throws(Failure) {
    for byte in bytes {
      if isInString {
        element.append(byte)
        followString(byte)
        continue
      }
      switch byte {
      case UInt8(ascii: "[") where depth == 0:
        isClosed = false
        depth = 1
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        if depth == 0 { throw .malformedInput("text behind the end of the array") }
        element.append(byte)
        depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        guard depth > 0 else { throw .malformedInput("a bracket closes what was not opened") }
        depth -= 1
        if depth > 0 { element.append(byte) } else { close(into: &events) }
      case UInt8(ascii: ",") where depth == 1: end(into: &events)
      default:
        if isClosed && !byte.isWhiteSpace { throw .malformedInput("text behind the end of the array") }
        if byte == UInt8(ascii: "\"") { isInString = true }
        if !byte.isWhiteSpace || !element.isEmpty { element.append(byte) }
      }
    }
    guard element.count <= limit else { throw .malformedInput("an element of more than \(limit) bytes") }
  }

  /// Ends the recording. What came of an element that was cut off is an event of its own, which will be found malformed. Throws
  /// `.malformedInput` for an array without its end.
  mutating func finish(into events: inout BinaryColumn) throws(Failure) {
    guard !isClosed else { return }
    end(into: &events)
    throw .malformedInput("the array ends early")
  }

  private mutating func followString(_ byte: UInt8) {
    if isEscaped {
      isEscaped = false
    } else if byte == UInt8(ascii: "\\") {
      isEscaped = true
    } else if byte == UInt8(ascii: "\"") {
      isInString = false
    }
  }

  private mutating func close(into events: inout BinaryColumn) {
    isClosed = true
    end(into: &events)
  }

  private mutating func end(into events: inout BinaryColumn) {
    while let last = element.last, last.isWhiteSpace { element.removeLast() }
    if !element.isEmpty { events.append(element[...]) }
    element.removeAll(keepingCapacity: true)
  }
}
