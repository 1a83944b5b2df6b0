public import Failures

/// A parsed document whose values are made only when asked for, and whose parts can be copied as bytes.
///
/// A writer that changes one member of a large document parses it once, splices the source of everything else, and
/// never materialises what it does not look at.
public struct JSONDocument: Sendable {
  let tape: JSONTape

  /// Parses one whole document.
  ///
  /// - Throws: `.malformedInput` with the offset of the fault, or `.limitExceeded`.
  public init(parsing bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(Failure) {
    tape = try JSONTape(parsing: bytes, limits: limits)
  }

  /// The source.
  public var bytes: [UInt8] { tape.bytes }

  /// The document's value.
  public var root: JSONNode { JSONNode(tape: tape, index: 0) }
}

extension JSONValue {
  /// Parses one whole document into memory.
  ///
  /// - Throws: `.malformedInput` with the offset of the fault, or `.limitExceeded`.
  public static func parse(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(Failure) -> JSONValue {
    try JSONDocument(parsing: bytes, limits: limits).root.value
  }

  /// Parses the UTF-8 of a string.
  ///
  /// - Throws: as `parse(_:limits:)` of bytes.
  public static func parse(_ text: String, limits: JSONLimits = JSONLimits()) throws(Failure) -> JSONValue {
    try parse(Array(text.utf8), limits: limits)
  }
}
