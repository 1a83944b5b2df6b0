import Bytes
import Failures
import ObjectStore

/// Reads files under the locations that tables name from where they really are. Accepts `file:/x` for `file:///x`, as Java writes it.
struct MovedStore: ObjectStore {
  let base = LocalObjectStore()
  let prefix: String
  let directory: String

  private func moved(_ location: String) -> String {
    for scheme in ["file://", "file:"] where location.hasPrefix(scheme + prefix + "/") {
      return directory + location.dropFirst(scheme.count + prefix.count)
    }
    return location
  }

  func read(_ location: String) throws -> [UInt8] { try base.read(moved(location)) }
  func open(_ location: String, length: Int?) throws -> any ByteSource {
    try base.open(moved(location), length: length)
  }
  func exists(_ location: String) throws -> Bool { try base.exists(moved(location)) }
  func write(_ bytes: [UInt8], to location: String, mode: WriteMode) throws { throw Self.refusal }
  func create(_ location: String) throws -> any ObjectWriter { throw Self.refusal }
  func list(prefix: String) throws -> [ObjectInfo] { try base.list(prefix: moved(prefix)) }
  func delete(_ locations: [String]) throws { throw Self.refusal }

  private static var refusal: Failure { .unsupported("fixtures are read only") }
}
