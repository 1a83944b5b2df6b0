import Fixtures
import FuzzTargets
import Glibc
import Testing

/// What libFuzzer does for minutes in `make fuzz`, here in short and without it: the stored corpus, and mutations of it from a seed.
@Suite struct ReplayTests {
  /// In a process of its own, since a trap ends the process; its last line of standard error is then the input that did it.
  @Test(arguments: FuzzTarget.allCases)
  func survivesTheCorpusAndMutationsOfIt(target: FuzzTarget) async throws {
    let name = target.rawValue
    let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
      [name = name as String] in
      guard let target = FuzzTarget(rawValue: name) else { return }
      alarm(120)  // a hang is a failure
      Replay(target).run(mutations: 3000)
    }
    guard let result, result.exitStatus != .exitCode(0) else { return }
    let lines = String(decoding: result.standardErrorContent, as: UTF8.self).split(separator: "\n")
    Issue.record("\(name): \(lines.suffix(12).joined(separator: "\n"))")
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
