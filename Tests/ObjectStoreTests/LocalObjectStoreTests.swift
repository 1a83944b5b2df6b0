import Fixtures
import Bytes
import Dispatch
import Failures
import Glibc
import ObjectStore
import Synchronization
import Testing

@Suite struct LocalObjectStoreTests {
  let directory = TemporaryDirectory()
  let store = LocalObjectStore()

  func at(_ key: String) -> String { "file://" + directory.file(key) }

  @Test func everySpellingReadsAndListingsUseOne() throws {
    try store.write([5], to: "file:" + directory.file("a/b"), mode: .createNew)
    #expect(try store.read(directory.file("a/b")) == [5])
    #expect(try store.read(at("a/b")) == [5])
    for prefix in [directory.path + "/", "file:" + directory.path + "/", "file://" + directory.path + "/"] {
      #expect(try store.list(prefix: prefix).map(\.location) == [at("a/b")])
    }
  }

  @Test func whatACrashLeavesIsFoundAndNotListed() throws {
    try store.write([1], to: at("data/whole"), mode: .createNew)
    let before = directory.names("data")
    let writer = try store.create(at("data/part"))
    try [UInt8]([1, 2, 3]).withUnsafeBytes { try writer.append($0) }
    let temporary = directory.names("data").filter { !before.contains($0) }
    #expect(temporary.count == 1)
    #expect(try store.list(prefix: at("")).map(\.location) == [at("data/whole")])
    let leftovers = try store.leftovers(prefix: at(""))
    #expect(leftovers.map(\.location) == temporary.map { at("data/" + $0) })
    #expect(leftovers.first?.size == 3)
    try store.delete(leftovers.map(\.location))
    #expect(directory.names("data") == ["whole"])
  }

  @Test func nameTakenByALeftoverIsPassedOver() throws {
    // Process ids come again: a container's is always 1.
    for number in 0..<2000 { writeFile(directory.file(".wikiguard-tmp-\(getpid())-\(number)"), []) }
    try store.write([1], to: at("x"), mode: .createNew)
    #expect(try store.read(at("x")) == [1])
  }

  @Test func oneOfManyCreators() throws {
    let wins = Atomic<Int>(0)
    let kinds = Mutex<Set<Failure.Kind>>([])
    let location = at("deep/er/one")
    DispatchQueue.concurrentPerform(iterations: 16) { number in
      do {
        try LocalObjectStore().write([UInt8(number)], to: location, mode: .createNew)
        wins.add(1, ordering: .relaxed)
      } catch {
        kinds.withLock { _ = $0.insert((error as? Failure)?.kind ?? .internalError) }
      }
    }
    #expect(wins.load(ordering: .relaxed) == 1)
    #expect(kinds.withLock { $0 } == [.conflict])
    #expect(directory.names("deep/er") == ["one"])
  }

  @Test func modificationTimesAreTheFileSystems() throws {
    try store.write([1], to: at("t"), mode: .createNew)
    let modified = try store.list(prefix: at("t")).first?.modifiedMilliseconds ?? 0
    #expect(abs(modified - Int64(time(nil)) * 1000) < 60_000)
  }

  @Test func directoriesAndLinks() throws {
    try store.write([1], to: at("real/file"), mode: .createNew)
    #expect(symlink(directory.path, directory.file("real/loop")) == 0)
    #expect(symlink(directory.file("real/file"), directory.file("real/link")) == 0)
    #expect(symlink(directory.file("gone"), directory.file("real/dangling")) == 0)
    #expect(try store.list(prefix: at("")).map(\.location) == [at("real/file"), at("real/link")])
    #expect(try !store.exists(at("real")))
    let failure = #expect(throws: Failure.self) { try store.read(at("real")) }
    #expect(failure?.kind == .unavailable)
    #expect(throws: Failure.self) { try store.delete([at("real")]) }
    #expect(throws: Failure.self) { try store.write([1], to: at("real"), mode: .replace) }
    #expect(try store.leftovers(prefix: at("")).isEmpty)
  }

  @Test func directoriesAreMadeOnce() throws {
    for _ in 0..<2 { try store.makeDirectory(at("a/b/c")) }
    #expect(directory.names("a/b") == ["c"])
    try store.write([1], to: at("f"), mode: .createNew)
    #expect(throws: Failure.self) { try store.makeDirectory(at("f/below")) }
  }

  @Test func aFileInPlaceOfADirectory() throws {
    try store.write([1], to: at("f"), mode: .createNew)
    #expect(throws: Failure.self) { try store.write([1], to: at("f/below"), mode: .createNew) }
    #expect(try !store.exists(at("f/below")))
    try store.delete([at("f/below")])
  }

  @Test func anOpenSourceOutlivesItsFile() throws {
    try store.write([1, 2, 3], to: at("s"), mode: .createNew)
    let source = try store.open(at("s"), length: nil)
    try store.write([9], to: at("s"), mode: .replace)
    #expect(try source.read(0..<3) == [1, 2, 3])
    try store.delete([at("s")])
    #expect(try source.read(1..<3) == [2, 3])
  }

  @Test func aFileCutWhileReadIsAnError() throws {
    try store.write([UInt8](repeating: 1, count: 100), to: at("s"), mode: .createNew)
    let source = try store.open(at("s"), length: 100)
    #expect(truncate(directory.file("s"), 10) == 0)
    let failure = #expect(throws: Failure.self) { try source.read(0..<100) }
    #expect(failure?.kind == .malformedInput)
  }
}
