import Fixtures
import Failures
import Glibc

/// The Python with pyiceberg, duckdb and others that `WIKIGUARD_PYTHON` names; nil where it is not set.
struct Python {
  private let interpreter: String

  /// Says that the test is skipped where there is no interpreter.
  init?(for test: String) {
    guard let value = getenv("WIKIGUARD_PYTHON") else {
      print("skipped: \(test): WIKIGUARD_PYTHON is not set")
      return nil
    }
    interpreter = String(cString: value)
  }

  /// Runs a script and returns what it printed. Throws with the end of its output when it failed.
  func run(_ script: String, _ arguments: [String], in directory: TemporaryDirectory) throws -> String {
    let path = directory.file("script-\(script.utf8.count).py")
    guard let file = fopen(path, "w") else { throw Failure.unavailable(path) }
    fputs(script, file)
    fclose(file)
    return try run(file: path, arguments, in: directory)
  }

  /// The same for a script that is there already.
  func run(file path: String, _ arguments: [String], in directory: TemporaryDirectory) throws -> String {
    let quoted = ([interpreter, path] + arguments).map { "'" + $0 + "'" }.joined(separator: " ")
    guard let pipe = popen(quoted + " 2>" + directory.file("stderr"), "r") else { throw Failure.unavailable("popen") }
    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while case let count = fread(&chunk, 1, chunk.count, pipe), count > 0 { output += chunk[..<count] }
    guard pclose(pipe) == 0 else { throw Failure.internalError(Self.tail(of: directory.file("stderr"))) }
    return String(decoding: output, as: UTF8.self)
  }

  private static func tail(of path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count].suffix(2000), as: UTF8.self)
  }
}
