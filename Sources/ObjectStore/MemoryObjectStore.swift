public import Bytes
internal import Failures
internal import Synchronization

/// Objects in memory under any location, for tests and dry runs. Passes the same conformance suite as the others.
public final class MemoryObjectStore: ObjectStore {
  private struct Object {
    let location: String
    let bytes: [UInt8]
    let modifiedMilliseconds: Int64
  }

  /// By the location's bytes: strings are equal when they look the same, names of objects are not.
  private let objects = Mutex<[[UInt8]: Object]>([:])
  private let clock: @Sendable () -> Int64

  /// An empty store; `clock` gives the modification times, in milliseconds since 1970-01-01 UTC.
  public init(clock: @escaping @Sendable () -> Int64 = { 0 }) { self.clock = clock }

  /// The whole object.
  public func read(_ location: String) throws -> [UInt8] {
    guard let object = objects.withLock({ $0[Array(location.utf8)] }) else {
      throw Failure.notFound("\(location): no such object")
    }
    return object.bytes
  }

  /// The object as it is now.
  public func open(_ location: String, length: Int?) throws -> any ByteSource {
    CheckedSource(location: location, bytes: try read(location))
  }

  /// Whether the object exists.
  public func exists(_ location: String) throws -> Bool { objects.withLock { $0[Array(location.utf8)] != nil } }

  /// Stores an object.
  public func write(_ bytes: [UInt8], to location: String, mode: WriteMode) throws {
    let key = Array(location.utf8)
    let object = Object(location: location, bytes: bytes, modifiedMilliseconds: clock())
    try objects.withLock { objects in
      if mode == .createNew && objects[key] != nil { throw Failure.conflict("\(location): the object exists") }
      objects[key] = object
    }
  }

  /// Begins an object.
  public func create(_ location: String) throws -> any ObjectWriter { MemoryWriter(store: self, location: location) }

  /// The objects whose location begins with `prefix`, in order of their bytes.
  public func list(prefix: String) throws -> [ObjectInfo] {
    let found = objects.withLock { objects in
      objects.values.filter { $0.location.utf8.starts(with: prefix.utf8) }
        .map { ObjectInfo(location: $0.location, size: $0.bytes.count, modifiedMilliseconds: $0.modifiedMilliseconds) }
    }
    return found.inOrderOfBytes()
  }

  /// Deletes objects.
  public func delete(_ locations: [String]) throws {
    objects.withLock { objects in
      for location in locations { objects[Array(location.utf8)] = nil }
    }
  }
}

/// Bytes in memory whose ranges are checked as a store checks them.
private struct CheckedSource: ByteSource {
  let location: String
  let bytes: [UInt8]

  var count: Int { bytes.count }

  func read(_ ranges: [Range<Int>]) throws -> [[UInt8]] {
    try ranges.map { range in
      guard range.lowerBound >= 0, range.upperBound <= count else {
        throw Failure.malformedInput("\(location): bytes \(range) lie outside its \(count) bytes")
      }
      return Array(bytes[range])
    }
  }
}

private final class MemoryWriter: ObjectWriter {
  private let store: MemoryObjectStore
  private let location: String
  private var bytes: [UInt8]? = []

  init(store: MemoryObjectStore, location: String) {
    self.store = store
    self.location = location
  }

  func append(_ added: UnsafeRawBufferPointer) throws {
    guard bytes != nil else { throw Self.ended }
    bytes?.append(contentsOf: added)
  }

  func finish() throws -> Int {
    guard let whole = bytes.take() else { throw Self.ended }
    try store.write(whole, to: location, mode: .replace)
    return whole.count
  }

  func abort() { bytes = nil }

  private static var ended: Failure { .internalError("the object is finished or aborted") }
}
