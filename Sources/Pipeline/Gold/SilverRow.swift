/// What kind of event a row is, as far as Gold tells them apart.
enum EventKind: UInt8 {
  case edit, new, categorize, log, other

  /// The kind of an event type's bytes.
  init(_ type: UnsafeRawBufferPointer) {
    self = Self.named.first { type.elementsEqual($0.name) }?.kind ?? .other
  }

  private static let named: [(name: [UInt8], kind: EventKind)] = [
    (Array("edit".utf8), .edit), (Array("categorize".utf8), .categorize), (Array("log".utf8), .log),
    (Array("new".utf8), .new),
  ]
}

/// A Silver row with its keys as numbers. A missing flag is false; missing measures count nowhere.
struct SilverRow {
  var kind: EventKind
  var entity: UInt32
  var wiki: UInt32
  var page: Int
  var user: UInt32
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
