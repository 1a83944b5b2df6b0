import Fixtures
import Failures
import ObjectStore
import Testing

@Suite struct AdapterTests {
  @Test(arguments: ObjectStoreConformance.all.indices)
  func localFilesConform(index: Int) throws {
    let directory = TemporaryDirectory()
    let root = "file://" + directory.path + "/warehouse/"
    try ObjectStoreConformance.all[index].check(ObjectStoreConformance(store: LocalObjectStore(), root: root))
    #expect(try LocalObjectStore().leftovers(prefix: root).isEmpty)
  }

  @Test(arguments: ObjectStoreConformance.all.indices)
  func memoryConforms(index: Int) throws {
    try ObjectStoreConformance.all[index].check(ObjectStoreConformance(store: MemoryObjectStore(), root: "memory:/w/"))
  }

  @Test(arguments: ObjectStoreConformance.all.indices)
  func anUntroubledFaultyStoreConforms(index: Int) throws {
    let store = FaultyObjectStore(MemoryObjectStore(), failing: 0)
    try ObjectStoreConformance.all[index].check(ObjectStoreConformance(store: store, root: "s3://b/"))
    #expect(store.callCount > 0)
  }

  @Test func memoryKeepsTheTimeOfTheClock() throws {
    let store = MemoryObjectStore(clock: { 1234 })
    try store.write([1], to: "memory:/a", mode: .createNew)
    #expect(try store.list(prefix: "memory:/").first?.modifiedMilliseconds == 1234)
  }

  @Test(arguments: FaultyObjectStore.Moment.allCases)
  func theNthCallFails(moment: FaultyObjectStore.Moment) throws {
    let base = MemoryObjectStore()
    let store = FaultyObjectStore(base, failing: 2, moment: moment, failure: Failure(.commitStateUnknown, "lost"))
    try store.write([1], to: "m:/1", mode: .createNew)
    let failure = #expect(throws: Failure.self) { try store.write([2], to: "m:/2", mode: .createNew) }
    #expect(failure?.kind == .commitStateUnknown)
    try store.write([3], to: "m:/3", mode: .createNew)
    #expect(try base.exists("m:/2") == (moment == .after))
    #expect(store.callCount == 3)
  }

  @Test func aWritersCallsCountAsWell() throws {
    let base = MemoryObjectStore()
    for failing in 1...3 {
      let store = FaultyObjectStore(base, failing: failing)
      #expect(throws: Failure.self) {
        let writer = try store.create("m:/w")
        try [UInt8]([1]).withUnsafeBytes { try writer.append($0) }
        _ = try writer.finish()
      }
      #expect(try !base.exists("m:/w"))
    }
  }
}
