import Fixtures
import FuzzTargets
import Glibc

/// The stored inputs: seeds, and what a fuzzer has found (`found-…`), which stays so that it is never found again.
enum Corpus {
  /// `Tests/Fuzz/Corpus`
  static let directory = #filePath.split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 } + "/Fuzz/Corpus"

  /// The inputs of a target in the order of their names.
  static func inputs(of target: FuzzTarget) -> [(name: String, bytes: [UInt8])] {
    let folder = directory + "/" + target.rawValue
    return fileNames(in: folder).map { (name: $0, bytes: readFile(folder + "/" + $0)) }
  }

  /// Writes the seeds anew; what was found stays.
  static func write(_ seeds: [Seed]) {
    mkdir(directory, 0o777)
    for seed in seeds {
      let folder = directory + "/" + seed.target.rawValue
      mkdir(folder, 0o777)
      writeFile(folder + "/" + seed.name, seed.bytes)
    }
  }
}
