public import Bytes

/// Immutable objects under URIs (`file:///…`, `s3://…`): where tables live.
///
/// Every adapter passes the same conformance suite. All calls block; all throw `Failure` naming the location: `.notFound`,
/// `.conflict` (an object that must not exist does), `.unavailable` (I/O error, disk full; `isRetryable` false when retrying cannot help).
public protocol ObjectStore: Sendable {
  /// The whole object.
  func read(_ location: String) throws -> [UInt8]
  /// A source that reads ranges of an object of known or unknown length, many at once.
  func open(_ location: String, length: Int?) throws -> any ByteSource
  /// Whether the object exists.
  func exists(_ location: String) throws -> Bool
  /// Stores an object, durable and whole when it returns and never visible by half.
  func write(_ bytes: [UInt8], to location: String, mode: WriteMode) throws
  /// Begins an object that is written piece by piece. Nothing is visible before `finish`.
  func create(_ location: String) throws -> any ObjectWriter
  /// The objects whose location begins with `prefix`, in order of location.
  func list(prefix: String) throws -> [ObjectInfo]
  /// Deletes objects; those that do not exist are no error.
  func delete(_ locations: [String]) throws
}

/// What happens when the object exists.
public enum WriteMode: Sendable {
  /// It is an error (`.conflict`).
  case createNew
  /// It is replaced in one step.
  case replace
}

/// An object being written. One owner; either `finish` or `abort` is called, once.
public protocol ObjectWriter: AnyObject {
  /// Adds bytes.
  func append(_ bytes: UnsafeRawBufferPointer) throws
  /// Makes the object durable and visible; returns its length in bytes.
  func finish() throws -> Int
  /// Drops what was written.
  func abort()
}

/// One listed object.
public struct ObjectInfo: Sendable, Hashable {
  /// The full URI.
  public let location: String
  /// The length in bytes.
  public let size: Int
  /// The last modification, in milliseconds since 1970-01-01 UTC.
  public let modifiedMilliseconds: Int64

  /// An object.
  public init(location: String, size: Int, modifiedMilliseconds: Int64) {
    self.location = location
    self.size = size
    self.modifiedMilliseconds = modifiedMilliseconds
  }
}
