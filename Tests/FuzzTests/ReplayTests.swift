import Fixtures
import FuzzTargets
import Glibc
import Testing

/// What libFuzzer does for minutes in `make fuzz`, here in short and without it: the stored corpus, and mutations of it from a seed.
@Suite struct ReplayTests {
  /// In a process of its own, since a trap ends the process; a file then holds the name of the input that did it.
  @Test(arguments: FuzzTarget.allCases)
  func survivesTheCorpusAndMutationsOfIt(target: FuzzTarget) async throws {
    let directory = TemporaryDirectory()
    let (name, trace) = (target.rawValue, directory.file("input"))
    await #expect(processExitsWith: .success) { [name = name as String, trace = trace as String] in
      guard let target = FuzzTarget(rawValue: name) else { return }
      alarm(120)  // a hang is a failure
      Replay(target, trace: trace).run(mutations: 3000)
    }
    let last = String(decoding: readFile(trace), as: UTF8.self)
    #expect(last.hasPrefix(Replay.end), "\(name): ended at \(last)")
  }

  @Test(arguments: FuzzTarget.allCases)
  func everyTargetHasACorpus(target: FuzzTarget) {
    let inputs = Corpus.inputs(of: target)
    #expect(!inputs.isEmpty)
    #expect(inputs.map(\.bytes.count).reduce(0, +) < 100_000)
  }

  /// `WIKIGUARD_WRITE_CORPUS=1 swift test --filter writesTheCorpus`, when a format or a writer has changed.
  @Test(.enabled(if: getenv("WIKIGUARD_WRITE_CORPUS") != nil, "WIKIGUARD_WRITE_CORPUS is not set"))
  func writesTheCorpus() throws {
    Corpus.write(try Seed.all())
  }
}
