import FuzzTargets
import Glibc

/// Runs a target over its corpus and over mutations, saying on standard error what comes next.
struct Replay {
  private let target: FuzzTarget
  private let inputs: [(name: String, bytes: [UInt8])]

  init(_ target: FuzzTarget) {
    self.target = target
    inputs = Corpus.inputs(of: target)
  }

  func run(mutations: Int) {
    for input in inputs { run(input.bytes, "\(input.name)") }
    for seed in 0..<mutations where !inputs.isEmpty {
      let input = inputs[seed % inputs.count]
      let other = inputs[seed / 7 % inputs.count]
      var mutation = Mutation(seed: UInt64(seed))
      run(mutation.mutated(input.bytes, with: other.bytes), "\(input.name), mutation \(seed)")
    }
  }

  private func run(_ bytes: [UInt8], _ what: String) {
    let line = Array("next: \(target.rawValue)/\(what)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
    target.run(bytes)
  }
}
