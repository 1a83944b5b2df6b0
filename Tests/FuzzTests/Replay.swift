import FuzzTargets
import Glibc

/// Runs a target over its corpus and over mutations of it.
struct Replay {
  /// What the trace says after the last input.
  static let end = "all done"

  private let target: FuzzTarget
  private let inputs: [(name: String, bytes: [UInt8])]
  private let trace: Int32

  /// A run that writes what comes next into the file `trace`, which outlives a trap.
  init(_ target: FuzzTarget, trace: String) {
    self.target = target
    inputs = Corpus.inputs(of: target)
    self.trace = open(trace, O_CREAT | O_WRONLY, 0o666)
  }

  /// Runs everything stored, then `mutations` made from it.
  func run(mutations: Int) {
    for input in inputs { run(input.bytes, input.name) }
    for seed in 0..<mutations where !inputs.isEmpty {
      let input = inputs[seed % inputs.count]
      let other = inputs[seed / 7 % inputs.count]
      var mutation = Mutation(seed: UInt64(seed))
      run(mutation.mutated(input.bytes, with: other.bytes), "\(input.name), mutation \(seed)")
    }
    note(Self.end)
  }

  private func run(_ bytes: [UInt8], _ what: String) {
    note(what)
    target.run(bytes)
  }

  private func note(_ what: String) {
    let line = Array((what + String(repeating: " ", count: max(0, 60 - what.utf8.count))).utf8)
    _ = pwrite(trace, line, line.count, 0)
  }
}
