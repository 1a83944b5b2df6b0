import Glibc
import Testing

/// Python with PyIceberg and fastavro, where the tests are told of one.
enum ManifestPython {
  /// Runs a script and gives what it printed; nil, after saying so, where there is no Python.
  static func run(_ script: String, _ arguments: [String], without consequence: String) throws -> String? {
    guard let python = getenv("WIKIGUARD_PYTHON").map({ String(cString: $0) }) else {
      print("skipped: WIKIGUARD_PYTHON is not set, so \(consequence)")
      return nil
    }
    let quoted = ([python, "-"] + arguments).map { "'\($0)'" }.joined(separator: " ")
    let pipe = try #require(popen("\(quoted) <<'END'\n\(script)\nEND\n", "r"))
    let output = String(decoding: drain(pipe), as: UTF8.self)
    #expect(pclose(pipe) == 0)
    return output
  }

  static func write(_ bytes: [UInt8], to path: String) throws {
    let file = try #require(fopen(path, "wb"))
    defer { fclose(file) }
    #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
  }

  static func read(_ path: String) throws -> [UInt8] {
    let file = try #require(fopen(path, "rb"), "\(path)")
    defer { fclose(file) }
    return drain(file)
  }

  private static func drain(_ file: UnsafeMutablePointer<FILE>) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }
}
