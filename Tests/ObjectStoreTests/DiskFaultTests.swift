import Fixtures
import Failures
import Glibc
import ObjectStore
import Synchronization
import Testing

/// A `write(2)` that writes a few bytes at a time and then fails.
@Suite struct DiskFaultTests {
  let directory = TemporaryDirectory()

  func at(_ key: String) -> String { "file://" + directory.file(key) }

  func store(room: Int, code: Int32) -> LocalObjectStore {
    let left = Atomic<Int>(room)
    let shared = SharedCounter(left)
    return LocalObjectStore { descriptor, bytes, count in
      let room = min(shared.value.load(ordering: .relaxed), count, 7)
      guard room > 0 else {
        errno = code
        return -1
      }
      shared.value.subtract(room, ordering: .relaxed)
      return write(descriptor, bytes, room)
    }
  }

  @Test func shortWritesAreContinued() throws {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
    try store(room: 1000, code: ENOSPC).write(bytes, to: at("a"), mode: .createNew)
    #expect(try LocalObjectStore().read(at("a")) == bytes)
  }

  @Test func aFullDiskSaysSoAndLeavesNothing() throws {
    let store = store(room: 500, code: ENOSPC)
    let failure = #expect(throws: Failure.self) {
      try store.write([UInt8](repeating: 1, count: 1000), to: at("a"), mode: .createNew)
    }
    #expect(failure?.kind == .unavailable)
    #expect(failure?.isRetryable == false)
    #expect(failure?.description.contains("disk full") == true)
    #expect(failure?.description.contains(directory.file("a")) == true)
    #expect(directory.names() == [])
  }

  @Test func aFullDiskEndsAStreamAndFreesItsRoom() throws {
    let writer = try store(room: 500, code: ENOSPC).create(at("a"))
    let piece = [UInt8](repeating: 1, count: 400)
    try piece.withUnsafeBytes { try writer.append($0) }
    #expect(throws: Failure.self) { try piece.withUnsafeBytes { try writer.append($0) } }
    #expect(directory.names() == [])
    #expect(throws: Failure.self) { try writer.finish() }
  }

  @Test func aReplacementThatFailsLeavesTheOldObject() throws {
    try LocalObjectStore().write([1], to: at("a"), mode: .createNew)
    #expect(throws: Failure.self) { try store(room: 3, code: ENOSPC).write([2, 2, 2, 2], to: at("a"), mode: .replace) }
    #expect(try LocalObjectStore().read(at("a")) == [1])
  }

  @Test func otherErrorsMayBeTriedAgain() throws {
    let failure = #expect(throws: Failure.self) {
      try store(room: 0, code: EIO).write([1], to: at("a"), mode: .replace)
    }
    #expect(failure?.kind == .unavailable)
    #expect(failure?.isRetryable == true)
  }

  @Test func aRealFullDisk() throws {
    guard getuid() == 0, mkdir(directory.file("small"), 0o700) == 0,
      mount("tmpfs", directory.file("small"), "tmpfs", 0, "size=64k") == 0
    else { return print("skipped: a real full disk: a tmpfs cannot be mounted here") }
    defer { umount2(directory.file("small"), 2) }
    let failure = #expect(throws: Failure.self) {
      try LocalObjectStore().write([UInt8](repeating: 1, count: 200_000), to: at("small/a"), mode: .createNew)
    }
    #expect(failure?.description.contains("disk full") == true)
    #expect(directory.names("small") == [])
    try LocalObjectStore().write([UInt8](repeating: 1, count: 20_000), to: at("small/a"), mode: .createNew)
  }
}

private final class SharedCounter: Sendable {
  let value: Atomic<Int>
  init(_ value: consuming Atomic<Int>) { self.value = value }
}
