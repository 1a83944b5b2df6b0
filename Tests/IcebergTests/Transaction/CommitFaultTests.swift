import Failures
import Iceberg
import ObjectStore
import Testing

@Suite struct CommitFaultTests {
  private static func commit(_ table: Table, _ test: TestCatalog, _ files: [DataFile]) throws -> CommitResult {
    try table.commit(retry: .immediate, clock: test.effects.now, random: test.effects.random) { _, _ in
      var change = SnapshotChange(.append)
      change.added = files
      return .proceed(change)
    }
  }

  @Test func aLostAnswerAfterTheCommitIsSuccess() throws {
    let test = try TestCatalog()
    _ = try test.makeTable()
    let catalog = FaultyCatalog(test.catalog, [.lostAfter])
    let table = try #require(try catalog.loadTable(test.identifier("t")))
    let result = try Self.commit(table, test, table.writing(Rows.batch(0..<5), test.effects))
    #expect(try result.table.ids() == [0, 1, 2, 3, 4])
    #expect(result.attempts == 1)
  }

  @Test func aLostAnswerBeforeTheCommitLeavesEverything() throws {
    let test = try TestCatalog()
    _ = try test.makeTable()
    let catalog = FaultyCatalog(test.catalog, [.lostBefore])
    let table = try #require(try catalog.loadTable(test.identifier("t")))
    let files = try table.writing(Rows.batch(0..<5), test.effects)
    let failure = #expect(throws: Failure.self) { try Self.commit(table, test, files) }
    #expect(failure?.kind == .commitStateUnknown)
    let names = try test.metadataFiles(of: table)
    #expect(
      names.contains { $0.hasPrefix("00001-") } && names.contains { $0.hasPrefix("snap-") }
        && names.contains { $0.contains("-m0") })
    // The same files can be committed once it is known that they were not.
    #expect(try Self.commit(table.refreshed(), test, files).table.ids() == [0, 1, 2, 3, 4])
  }

  @Test func aDefiniteFailureLeavesNothing() throws {
    let test = try TestCatalog()
    _ = try test.makeTable()
    let catalog = FaultyCatalog(test.catalog, [.refused])
    let table = try #require(try catalog.loadTable(test.identifier("t")))
    let files = try table.writing(Rows.batch(0..<5), test.effects)
    let failure = #expect(throws: Failure.self) { try Self.commit(table, test, files) }
    #expect(failure?.kind == .unavailable)
    #expect(try test.metadataFiles(of: table).filter { $0 != "version-hint.text" }.count == 1)
    #expect(try test.store.exists(files[0].path))
  }

  /// The store fails at each call of a commit in turn, before or after it took effect: either the commit happened or it did not, never
  /// by half, and the next commit finds a sound table.
  @Test(arguments: FaultyObjectStore.Moment.allCases)
  func everyCallOfTheStoreMayFail(moment: FaultyObjectStore.Moment) throws {
    let test = try TestCatalog()
    var expected: [Int64] = []
    var table = try test.makeTable(properties: ["commit.manifest.min-count-to-merge": "2"])
    var failures = 0
    for call in 1...40 {
      let store = FaultyObjectStore(test.store, failing: call, moment: moment)
      let ids = [Int64(call), Int64(call + 1000)]
      do {
        let faulty = try #require(try test.another(store: store).loadTable(test.identifier("t")))
        let files = try faulty.writing(Rows.batch(ids), test.effects)
        _ = try Self.commit(faulty, test, files)
        expected += ids
      } catch {
        failures += 1
      }
      table = try #require(try test.catalog.loadTable(test.identifier("t")))
      #expect(try table.ids() == expected.sorted(), "call \(call)")
    }
    #expect(failures > 8 && failures < 39, "\(failures) of 40 calls failed")
    #expect(table.metadata.snapshotIDs.count == expected.count / 2)
  }
}
