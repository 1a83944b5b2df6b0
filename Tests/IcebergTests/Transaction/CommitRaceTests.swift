import Failures
import Iceberg
import ObjectStore
import Synchronization
import Testing

@Suite struct CommitRaceTests {
  @Test func committersAtTheSameTimeLoseNothing() throws {
    let test = try TestCatalog()
    _ = try test.makeTable()
    let catalogs = try (0..<4).map { _ in try test.another() }
    let attempts = Atomic<Int>(0)
    Threads.run(4) { number in
      var table = try #require(try catalogs[number].loadTable(test.identifier("t")))
      for round in 0..<5 {
        let first = Int64(number * 1000 + round * 10)
        let files = try table.writing(Rows.batch(first..<first + 10), test.effects)
        let policy = RetryPolicy(retries: 100, minimumWaitMilliseconds: 1, maximumWaitMilliseconds: 5)
        let result = try table.commit(retry: policy, clock: test.effects.now, random: test.effects.random) { _, _ in
          var change = SnapshotChange(.append)
          change.added = files
          return .proceed(change)
        }
        attempts.add(result.attempts, ordering: .relaxed)
        table = result.table
      }
    }
    let table = try #require(try test.catalog.loadTable(test.identifier("t")))
    #expect(try table.ids().count == 200)
    #expect(try table.metadata.allSnapshots().map(\.sequenceNumber) == Array(1...20))
    #expect(try table.metadata.currentSnapshot()?.summary["total-records"] == "200")
    #expect(try Set(test.metadataFiles(of: table)) == test.reachable(from: table), "losers' files are gone")
    #expect(attempts.load(ordering: .relaxed) >= 20)
  }

  @Test func aLostRaceIsRunAgainOnFreshMetadata() throws {
    let test = try TestCatalog()
    _ = try test.makeTable()
    let effects = test.effects
    let catalog = FaultyCatalog(test.catalog, [.conflict, .conflict]) { table in
      _ = try table.appending(Rows.batch([Int64(100 + table.metadata.lastSequenceNumber)]), effects)
    }
    let table = try #require(try catalog.loadTable(test.identifier("t")))
    let files = try table.writing(Rows.batch(0..<3), effects)
    var seen: [Int64] = []
    var announced: [String] = []
    let result = try table.commit(
      retry: .immediate, clock: effects.now, random: effects.random, willWriteMetadata: { announced.append($0) }
    ) { base, attempt in
      seen.append(base.lastSequenceNumber)
      #expect(attempt == seen.count)
      var change = SnapshotChange(.append)
      change.added = files
      return .proceed(change)
    }
    #expect(seen == [0, 1, 2])
    #expect(result.attempts == 3 && !result.wasAlreadyDone)
    #expect(try result.table.ids() == [0, 1, 2, 100, 101])
    #expect(announced.count == 3 && announced.last == result.table.metadataLocation)
    #expect(try announced.dropLast().allSatisfy { try !test.store.exists($0) }, "failed metadata is deleted")
    #expect(try Set(test.metadataFiles(of: result.table)) == test.reachable(from: result.table))
    let manifests = try test.metadataFiles(of: result.table).filter { $0.contains("-m") }
    #expect(manifests.count == 3, "the manifest of the first attempt is used by the third")
  }

  @Test func retriesAreUsedUp() throws {
    let test = try TestCatalog()
    _ = try test.makeTable()
    let effects = test.effects
    let catalog = FaultyCatalog(test.catalog, Array(repeating: .conflict, count: 9)) { table in
      _ = try table.appending(Rows.batch([table.metadata.lastSequenceNumber]), effects)
    }
    let table = try #require(try catalog.loadTable(test.identifier("t")))
    let files = try table.writing(Rows.batch([77]), effects)
    let failure = #expect(throws: Failure.self) {
      try table.commit(
        retry: RetryPolicy(retries: 2, wait: { _ in }), clock: effects.now, random: effects.random
      ) { _, _ in
        var change = SnapshotChange(.append)
        change.added = files
        return .proceed(change)
      }
    }
    #expect(failure?.kind == .conflict)
    let after = try table.refreshed()
    #expect(try after.ids() == [0, 1, 2])
    #expect(try Set(test.metadataFiles(of: after)) == test.reachable(from: after))
    #expect(try test.store.exists(files[0].path), "data files are the caller's")
  }

  @Test func pausesGrowAndCanStop() throws {
    let test = try TestCatalog()
    _ = try test.makeTable()
    let catalog = FaultyCatalog(test.catalog, Array(repeating: .conflict, count: 9)) { table in
      _ = try table.commit(clock: test.effects.now, random: test.effects.random) { _, _ in
        .proceed(SnapshotChange(.append))
      }
    }
    let table = try #require(try catalog.loadTable(test.identifier("t")))
    let pauses = Mutex<[Int64]>([])
    let policy = RetryPolicy(
      retries: 9, minimumWaitMilliseconds: 100, maximumWaitMilliseconds: 300,
      wait: { pause in
        let count = pauses.withLock {
          $0.append(pause)
          return $0.count
        }
        if count == 4 { throw Failure.busy("asked to stop") }
      })
    let failure = #expect(throws: Failure.self) {
      try table.commit(retry: policy, clock: test.effects.now, random: test.effects.random) { _, _ in
        .proceed(SnapshotChange(.append))
      }
    }
    #expect(failure?.message == "asked to stop")
    let waited = pauses.withLock { $0 }
    #expect(zip(waited, [50...100, 100...200, 150...300, 150...300]).allSatisfy { $1.contains($0) }, "\(waited)")
  }

  @Test func decisions() throws {
    let test = try TestCatalog()
    let table = try test.makeTable().appending(Rows.batch(0..<2), test.effects)
    let id = try #require(table.metadata.currentSnapshotID)
    let done = try table.commit(clock: test.effects.now, random: test.effects.random) { _, _ in
      .alreadyDone(snapshotID: id)
    }
    #expect(done.wasAlreadyDone && done.snapshot?.id == id && done.table.metadataLocation == table.metadataLocation)
    var calls = 0
    let abandoned = #expect(throws: Failure.self) {
      try table.commit(retry: .immediate, clock: test.effects.now, random: test.effects.random) { _, _ in
        calls += 1
        return .abandon(Failure.conflict("superseded"))
      }
    }
    #expect(abandoned?.message == "superseded" && abandoned?.kind == .conflict && calls == 1)
    let retried = #expect(throws: Failure.self) {
      try table.commit(retry: .immediate, clock: test.effects.now, random: test.effects.random) { _, _ in
        calls += 1
        throw Failure.conflict("not yet")
      }
    }
    #expect(retried?.message == "not yet" && calls == 6, "a conflict that is thrown is retried")
  }

  /// A validation that looks at what others added since: the base of the attempt can be read.
  @Test func theBaseOfAnAttemptCanBeRead() throws {
    let test = try TestCatalog()
    _ = try test.makeTable()
    let effects = test.effects
    let catalog = FaultyCatalog(test.catalog, [.conflict]) { table in
      _ = try table.appending(Rows.batch([5, 6]), effects)
    }
    let table = try #require(try catalog.loadTable(test.identifier("t")))
    var seen: [[Int64]] = []
    _ = try table.commit(retry: .immediate, clock: effects.now, random: effects.random) { base, _ in
      let now = table.viewing(base)
      seen.append(try now.ids())
      let since = try #require(try now.addedFiles(afterSequence: 0, upTo: base.lastSequenceNumber))
      #expect(since.files.count == (seen.count == 1 ? 0 : 1))
      return .proceed(SnapshotChange(.append))
    }
    #expect(seen == [[], [5, 6]])
  }
}
