public import Columns

/// Parsed events: one row an event, whatever was wrong with it, and what was wrong.
public struct RecentChangeBatch: Sendable {
  /// The rows, in `RecentChangeSchema.columns`.
  public let columns: ColumnBatch
  /// What is wrong with which rows: ascending by row, at most one entry a row.
  public let failures: [RecentChangeFailure]
}

/// What is wrong with one event.
public struct RecentChangeFailure: Sendable, Equatable {
  /// How bad it is.
  public enum Kind: Sendable {
    /// The bytes are no JSON.
    case notJSON
    /// There are more bytes than a record may have; they were not looked at.
    case tooLong
    /// JSON, but no object.
    case notAnObject
    /// Fields that are not what they should be, or another schema.
    case fields
  }

  /// The row in the batch.
  public let row: Int
  /// Everything that is wrong, in the order found; never empty. A field that could not be read is null in its column and named here:
  /// `field namespace: expected integer, found string`.
  public let reasons: [String]
  /// How bad it is.
  public let kind: Kind

  /// Whether the bytes are no JSON object (or too many), so that every column of the row is null.
  public var isMalformed: Bool { kind != .fields }

  /// The first reason.
  public var reason: String { reasons[0] }

  /// A failure. Precondition: `reasons` is not empty.
  public init(row: Int, reasons: [String], kind: Kind) {
    precondition(!reasons.isEmpty, "a failure without a reason")
    self.row = row
    self.reasons = reasons
    self.kind = kind
  }

  func moved(by rows: Int) -> RecentChangeFailure {
    RecentChangeFailure(row: row + rows, reasons: reasons, kind: kind)
  }
}
