import Glibc

/// What kind of event a row is, as far as Gold tells them apart.
enum EventKind: UInt8 {
  case edit, new, categorize, log, other

  /// The kind of an event type's bytes.
  init(_ type: UnsafeRawBufferPointer) {
    self =
      if type.isText("edit") { .edit } else if type.isText("categorize") { .categorize } else if type.isText("log") {
        .log
      } else if type.isText("new") { .new } else { .other }
  }
}

extension UnsafeRawBufferPointer {
  /// Whether the bytes are those of `text`.
  func isText(_ text: StaticString) -> Bool {
    guard let start = baseAddress, count == text.utf8CodeUnitCount else { return false }
    return memcmp(start, text.utf8Start, count) == 0
  }
}

/// A Silver row but for its keys. A missing flag is false; missing measures count nowhere.
struct SilverRow {
  var kind: EventKind
  var isBot: Bool
  var isAnonymous: Bool
  var isTemporary: Bool
  var isRevert: Bool
  var isLarge: Bool
  var hasComment: Bool
  var bytesChanged: Int32?
  var lag: Int64?
  var timestamp: Int64?

  /// Whether the row is an edit: a categorize row repeats the edit that caused it.
  var isEdit: Bool { kind == .edit || kind == .new }
}
