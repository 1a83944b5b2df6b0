import Bytes

/// Writes JSON text: the caller opens and closes, the writer sets commas, colons, indentation and escapes.
///
/// The same calls give the same bytes on every machine. Escaped is what RFC 8259 §7 demands and nothing else: `"`, `\`
/// and the controls below U+0020, by their short form where there is one.
public struct JSONWriter: ~Copyable {
  /// How the text is laid out.
  public enum Style: Sendable {
    /// No white space.
    case compact
    /// Two spaces a level, one member or element a line.
    case pretty
  }

  private var buffer: ByteBuffer
  private let style: Style
  /// For each open container, whether it has something already.
  private var hasContent: [Bool] = []
  private var isAfterKey = false

  /// An empty writer.
  public init(style: Style = .compact, capacity: Int = 256) {
    self.style = style
    buffer = ByteBuffer(capacity: capacity)
  }

  /// Begins an object; members follow as `key` and a value each.
  public mutating func beginObject() { open(UInt8(ascii: "{")) }

  /// Ends the innermost object.
  public mutating func endObject() { close(UInt8(ascii: "}")) }

  /// Begins an array; elements follow.
  public mutating func beginArray() { open(UInt8(ascii: "[")) }

  /// Ends the innermost array.
  public mutating func endArray() { close(UInt8(ascii: "]")) }

  /// Writes a member's name; its value must come next.
  public mutating func key(_ name: String) {
    separate()
    quote(name)
    buffer.append(UInt8(ascii: ":"))
    if style == .pretty { buffer.append(UInt8(ascii: " ")) }
    isAfterKey = true
  }

  /// Writes a string.
  public mutating func string(_ value: String) {
    separate()
    quote(value)
  }

  /// Writes an integer.
  public mutating func integer(_ value: Int64) {
    separate()
    buffer.append(utf8: String(value))
  }

  /// Writes `true` or `false`.
  public mutating func bool(_ value: Bool) {
    separate()
    buffer.append(utf8: value ? "true" : "false")
  }

  /// Writes `null`.
  public mutating func null() {
    separate()
    buffer.append(utf8: "null")
  }

  /// Writes a number as it was read.
  public mutating func number(_ value: JSONNumber) {
    separate()
    buffer.append(utf8: value.text)
  }

  /// Writes bytes that are one JSON value already, such as `JSONNode.bytes`, as they are.
  public mutating func splice(_ bytes: ArraySlice<UInt8>) {
    separate()
    buffer.append(bytes)
  }

  /// Writes a value with all that is inside it.
  public mutating func value(_ value: JSONValue) {
    switch value {
    case .null: null()
    case .bool(let value): bool(value)
    case .integer(let value): integer(value)
    case .number(let value): number(value)
    case .string(let value): string(value)
    case .array(let elements):
      beginArray()
      for element in elements { self.value(element) }
      endArray()
    case .object(let object):
      beginObject()
      for member in object.members {
        key(member.key)
        self.value(member.value)
      }
      endObject()
    }
  }

  /// The text written.
  public consuming func finish() -> [UInt8] { buffer.bytes }

  // MARK: - Layout

  private mutating func open(_ bracket: UInt8) {
    separate()
    buffer.append(bracket)
    hasContent.append(false)
  }

  private mutating func close(_ bracket: UInt8) {
    let hadContent = hasContent.popLast() ?? false
    if hadContent { breakLine() }
    buffer.append(bracket)
  }

  /// What has to stand in front of the next name or value.
  private mutating func separate() {
    if isAfterKey {
      isAfterKey = false
      return
    }
    guard let last = hasContent.indices.last else { return }
    if hasContent[last] { buffer.append(UInt8(ascii: ",")) }
    hasContent[last] = true
    breakLine()
  }

  private mutating func breakLine() {
    guard style == .pretty else { return }
    buffer.append(UInt8(ascii: "\n"))
    for _ in hasContent { buffer.append(utf8: "  ") }
  }

  private mutating func quote(_ string: String) {
    var string = string
    string.withUTF8 { buffer.append(jsonString: UnsafeRawBufferPointer($0)) }
  }
}

extension JSONValue {
  /// The value as JSON text.
  public func serialized(_ style: JSONWriter.Style = .compact) -> [UInt8] {
    var writer = JSONWriter(style: style)
    writer.value(self)
    return writer.finish()
  }
}

extension JSONValue: CustomStringConvertible {
  /// The value as compact JSON text.
  public var description: String { String(decoding: serialized(), as: UTF8.self) }
}
