import Glibc

/// The Python interpreter that the tests were given, for other engines' readings.
enum Python {
  /// The interpreter of `WIKIGUARD_PYTHON`; nil, said on standard output, where it is not set.
  static func find(for test: String) -> String? {
    guard let path = getenv("WIKIGUARD_PYTHON") else {
      print("skipped: \(test): WIKIGUARD_PYTHON names no interpreter with pyarrow, duckdb and polars")
      return nil
    }
    return String(cString: path)
  }

  /// Runs the script with arguments and returns what it printed and whether it succeeded.
  static func run(_ interpreter: String, in directory: String, _ arguments: [String]) throws -> (String, Bool) {
    let script = directory + "/script.py"
    try write([UInt8](PythonScript.text.utf8), to: script)
    let command = ([interpreter, script] + arguments).map { "'\($0)'" }.joined(separator: " ")
    guard let pipe = popen(command + " 2>&1", "r") else { return ("cannot start \(interpreter)", false) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while case let count = fread(&chunk, 1, chunk.count, pipe), count > 0 { bytes += chunk[..<count] }
    let status = pclose(pipe)
    return (String(decoding: bytes, as: UTF8.self), status == 0)
  }

  /// Calls `body` with a new directory that is removed afterwards.
  static func withDirectory(_ body: (String) throws -> Void) throws {
    var template = Array("/tmp/parquet-tests-XXXXXX\0".utf8)
    let made = template.withUnsafeMutableBytes { bytes in
      bytes.bindMemory(to: CChar.self).baseAddress.flatMap { mkdtemp($0) } != nil
    }
    guard made else { throw TestFailure("no temporary directory") }
    let directory = String(decoding: template.dropLast(), as: UTF8.self)
    defer { _ = system("rm -rf '\(directory)'") }
    try body(directory)
  }

  /// Writes a file.
  static func write(_ bytes: [UInt8], to path: String) throws {
    guard let file = fopen(path, "w") else { throw TestFailure("cannot write \(path)") }
    defer { fclose(file) }
    guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw TestFailure("cannot write \(path)") }
  }

  /// Reads a file.
  static func read(_ path: String) throws -> [UInt8] {
    guard let file = fopen(path, "r") else { throw TestFailure("cannot read \(path)") }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
    return bytes
  }
}

/// What a test could not do.
struct TestFailure: Error {
  let message: String
  init(_ message: String) { self.message = message }
}
