import Fixtures
import Failures
import JobState
import SQLite
import Testing

@Suite struct SQLiteJobStateTests {
  let directory = TemporaryDirectory()

  func open() throws -> SQLiteJobState {
    try SQLiteJobState(path: directory.file("state.sqlite"), locksDirectory: directory.path)
  }

  @Test(arguments: JobStateConformance.all.indices) func conforms(index: Int) throws {
    try JobStateConformance.all[index].check(JobStateConformance(state: open()))
  }

  @Test func twoProcessesSeeOneState() throws {
    let one = try open()
    let other = try open()
    let suite = JobStateConformance(state: one)
    try one.record(suite.run("a"))
    #expect(try other.run("a") == suite.run("a"))
    #expect((#expect(throws: Failure.self) { try other.record(suite.run("a")) })?.kind == .conflict)
    try other.setValue("7", job: "bronze", key: "k")
    #expect(try one.value(job: "bronze", key: "k") == "7")
    let lock = try one.lock(job: "bronze")
    #expect(try other.lock(job: "bronze") == nil)
    lock?.release()
  }

  @Test(arguments: ["", "../x", "a/b", "Bronze", "a b", "."])
  func otherJobNamesAreRefused(name: String) throws {
    let failure = #expect(throws: Failure.self) { try open().lock(job: name) }
    #expect(failure?.kind == .invalidArgument)
  }

  @Test func aMissingDirectoryIsNamed() {
    let failure = #expect(throws: Failure.self) {
      try SQLiteJobState(path: directory.file("no/state.sqlite"), locksDirectory: directory.path)
    }
    #expect(failure?.description.contains("no/state.sqlite") == true)
  }

  func expectDamage(_ failure: Failure?) {
    #expect(failure?.kind == .malformedInput)
    #expect(failure?.description.contains("state.sqlite") == true)
    #expect(failure?.description.contains("state rebuild") == true)
  }

  @Test func aFileOfNoiseSaysWhatToDo() {
    writeFile(directory.file("state.sqlite"), (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 7) })
    expectDamage(#expect(throws: Failure.self) { try open() })
  }

  @Test func anotherProgramsFileSaysWhatToDo() throws {
    let theirs = try Database(path: directory.file("state.sqlite"))
    try theirs.execute("CREATE TABLE theirs (v)")
    theirs.close()
    expectDamage(#expect(throws: Failure.self) { try open() })
  }

  @Test func anUnknownStatusSaysWhatToDo() throws {
    let suite = JobStateConformance(state: try open())
    try suite.state.record(suite.run("a"))
    try Database(path: directory.file("state.sqlite")).execute("UPDATE runs SET status = 'odd'")
    expectDamage(#expect(throws: Failure.self) { try suite.state.run("a") })
  }

  @Test func aLostTableSaysWhatToDo() throws {
    let state = try open()
    try Database(path: directory.file("state.sqlite")).execute("DROP TABLE runs")
    expectDamage(#expect(throws: Failure.self) { try state.runs(job: nil, limit: 1) })
  }

  @Test(arguments: [100, 4096, 9000, 20_000])
  func aTruncatedFileSaysWhatToDo(length: Int) throws {
    do {
      let suite = JobStateConformance(state: try open())
      for number in 0..<200 { try suite.state.record(suite.run("run \(number)", created: Int64(number))) }
    }
    writeFile(directory.file("state.sqlite"), Array(readFile(directory.file("state.sqlite")).prefix(length)))
    expectDamage(#expect(throws: Failure.self) { try open().runs(job: nil, limit: 1000) })
  }

  @Test(arguments: [0, 1]) func anEmptyFileIsANewState(length: Int) throws {
    writeFile(directory.file("state.sqlite"), [UInt8](repeating: 0x53, count: length))
    #expect(try open().runs(job: nil, limit: 10).isEmpty)
  }
}
