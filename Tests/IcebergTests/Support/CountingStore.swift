import Bytes
import ObjectStore
import Synchronization

/// Counts the bytes that are read by range.
final class CountingStore: ObjectStore {
  private let base = LocalObjectStore()
  private let count = Atomic<Int>(0)

  var bytesRead: Int { count.load(ordering: .relaxed) }

  func reset() { count.store(0, ordering: .relaxed) }

  private struct Source: ByteSource {
    let base: any ByteSource
    let owner: CountingStore

    var count: Int { base.count }

    func read(_ ranges: [Range<Int>]) throws -> [[UInt8]] {
      owner.count.add(ranges.reduce(0) { $0 + $1.count }, ordering: .relaxed)
      return try base.read(ranges)
    }
  }

  func read(_ location: String) throws -> [UInt8] { try base.read(location) }
  func open(_ location: String, length: Int?) throws -> any ByteSource {
    Source(base: try base.open(location, length: length), owner: self)
  }
  func exists(_ location: String) throws -> Bool { try base.exists(location) }
  func write(_ bytes: [UInt8], to location: String, mode: WriteMode) throws {
    try base.write(bytes, to: location, mode: mode)
  }
  func create(_ location: String) throws -> any ObjectWriter { try base.create(location) }
  func list(prefix: String) throws -> [ObjectInfo] { try base.list(prefix: prefix) }
  func delete(_ locations: [String]) throws { try base.delete(locations) }
}
