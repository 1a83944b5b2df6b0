import Failures

/// The shifts of recordings by their content hash, kept with the log: a second replay shifts as the first did, so that all its events are
/// duplicates.
public struct RetimeShifts {
  private let read: (String) throws -> String?
  private let write: (String, String) throws -> Void

  /// Shifts that are kept by a log's key-value store.
  public init(read: @escaping (String) throws -> String?, write: @escaping (String, String) throws -> Void) {
    self.read = read
    self.write = write
  }

  /// The shift in seconds, nil for a recording that was not replayed before.
  package func shift(of contentHash: String) throws -> Int64? {
    guard let text = try read(Self.key(contentHash)) else { return nil }
    guard let shift = Int64(text) else {
      throw Failure.malformedInput("the log's shift of recording \(contentHash) is \"\(text)\"")
    }
    return shift
  }

  /// Keeps a shift.
  package func store(_ shift: Int64, of contentHash: String) throws { try write(Self.key(contentHash), String(shift)) }

  private static func key(_ contentHash: String) -> String { "retime:\(contentHash)" }
}
