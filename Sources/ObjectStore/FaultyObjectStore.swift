package import Bytes
package import Failures
internal import Synchronization

/// A store whose nth call fails: before it has an effect, or after it, as when an answer is lost.
package final class FaultyObjectStore: ObjectStore {
  /// When the call fails.
  package enum Moment: Sendable, CaseIterable {
    /// Nothing has happened.
    case before
    /// It has happened, but the caller is told otherwise.
    case after
  }

  private let base: any ObjectStore
  private let failing: Int
  private let moment: Moment
  private let failure: Failure
  private let calls = Atomic<Int>(0)

  /// Fails call number `failing`, counted from 1 over all calls of the store and its writers.
  package init(
    _ base: any ObjectStore, failing: Int, moment: Moment = .before,
    failure: Failure = Failure(.unavailable, "injected fault")
  ) {
    self.base = base
    self.failing = failing
    self.moment = moment
    self.failure = failure
  }

  /// How many calls were made: run once with a call number never reached to learn how many there are to fail.
  package var callCount: Int { calls.load(ordering: .sequentiallyConsistent) }

  fileprivate func call<Result>(_ body: () throws -> Result) throws -> Result {
    let number = calls.add(1, ordering: .sequentiallyConsistent).newValue
    if number == failing && moment == .before { throw failure }
    let result = try body()
    if number == failing { throw failure }
    return result
  }

  package func read(_ location: String) throws -> [UInt8] { try call { try base.read(location) } }

  package func open(_ location: String, length: Int?) throws -> any ByteSource {
    try call { try base.open(location, length: length) }
  }

  package func exists(_ location: String) throws -> Bool { try call { try base.exists(location) } }

  package func write(_ bytes: [UInt8], to location: String, mode: WriteMode) throws {
    try call { try base.write(bytes, to: location, mode: mode) }
  }

  package func create(_ location: String) throws -> any ObjectWriter {
    FaultyWriter(store: self, base: try call { try base.create(location) })
  }

  package func list(prefix: String) throws -> [ObjectInfo] { try call { try base.list(prefix: prefix) } }

  package func delete(_ locations: [String]) throws { try call { try base.delete(locations) } }
}

private final class FaultyWriter: ObjectWriter {
  private let store: FaultyObjectStore
  private let base: any ObjectWriter

  init(store: FaultyObjectStore, base: any ObjectWriter) {
    self.store = store
    self.base = base
  }

  func append(_ bytes: UnsafeRawBufferPointer) throws { try store.call { try base.append(bytes) } }

  func finish() throws -> Int { try store.call { try base.finish() } }

  func abort() { base.abort() }
}
