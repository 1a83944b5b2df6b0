import Fixtures
import Failures
import Glibc
import JobState
import Testing

@Suite struct LockTests {
  let directory = TemporaryDirectory()

  /// Starts a program of another process; its id, nil where it cannot be started.
  func start(_ arguments: [String]) -> pid_t? {
    var process: pid_t = 0
    var pointers = arguments.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    return posix_spawnp(&process, arguments[0], nil, nil, &pointers, environ) == 0 ? process : nil
  }

  /// Waits up to five seconds.
  func eventually(_ condition: () throws -> Bool) rethrows -> Bool {
    for _ in 0..<500 {
      if try condition() { return true }
      usleep(10_000)
    }
    return false
  }

  @Test func aLockOfAnotherProcessIsRespectedAndFreedByItsDeath() throws {
    let state = try SQLiteJobState(path: directory.file("state.sqlite"), locksDirectory: directory.path)
    guard let holder = start(["flock", "--exclusive", "--no-fork", directory.file("bronze.lock"), "sleep", "60"]) else {
      return print("skipped: a lock held by another process: flock(1) cannot be started")
    }
    #expect(try eventually { try state.lock(job: "bronze") == nil }, "the other process never took the lock")
    #expect(try state.lock(job: "silver") != nil)
    kill(holder, SIGKILL)
    var status: Int32 = 0
    waitpid(holder, &status, 0)
    let lock = try state.lock(job: "bronze")
    #expect(lock != nil, "a killed process still holds its lock")
  }

  @Test func aLockIsFreedWithItsLastReference() throws {
    let path = directory.file("a.lock")
    do {
      let lock = try FileLock.acquire(path)
      #expect(lock != nil)
      #expect(try FileLock.acquire(path) == nil)
      withExtendedLifetime(lock) {}
    }
    #expect(try FileLock.acquire(path) != nil)
  }

  @Test func aChildDoesNotInheritALock() throws {
    let path = directory.file("b.lock")
    let lock = try FileLock.acquire(path)
    guard let child = start(["sleep", "60"]) else { return print("skipped: sleep(1) cannot be started") }
    lock?.release()
    #expect(try FileLock.acquire(path) != nil)
    kill(child, SIGKILL)
    var status: Int32 = 0
    waitpid(child, &status, 0)
  }

  @Test func aPlaceWithoutADirectoryIsNamed() {
    let failure = #expect(throws: Failure.self) { try FileLock.acquire(directory.file("no/such.lock")) }
    #expect(failure?.kind == .unavailable)
    #expect(failure?.description.contains("no/such.lock") == true)
  }

  @Test func theFileStays() throws {
    let path = directory.file("c.lock")
    try FileLock.acquire(path)?.release()
    #expect(directory.names().contains("c.lock"))
  }
}
