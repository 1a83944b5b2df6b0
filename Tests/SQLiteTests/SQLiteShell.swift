import Fixtures
import Glibc

/// Another SQLite than ours: the shell, or Python's module where there is no shell.
enum SQLiteShell {
  /// Runs the script's statements, one a line, in a database in memory and returns the lines that it printed. A statement that fails prints
  /// nothing and does not stop the others. Nil, said on standard output, where there is no SQLite.
  static func run(_ script: String, for test: String) -> [Substring]? {
    let directory = TemporaryDirectory()
    writeFile(directory.file("script.sql"), Array(script.utf8))
    writeFile(directory.file("run.py"), Array(python.utf8))
    let interpreter = getenv("WIKIGUARD_PYTHON").map { String(cString: $0) } ?? "python3"
    for command in ["sqlite3 -batch -init /dev/null :memory:", "'\(interpreter)' '\(directory.file("run.py"))'"] {
      let output = output(of: "\(command) < '\(directory.file("script.sql"))' 2> /dev/null")
      // What the last line of every script prints.
      if output.last == "end" { return output.dropLast() }
    }
    print("skipped: \(test): neither a sqlite3 shell nor Python with its sqlite3 module")
    return nil
  }

  private static func output(of command: String) -> [Substring] {
    guard let pipe = popen(command, "r") else { return [] }
    defer { pclose(pipe) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while case let count = fread(&chunk, 1, chunk.count, pipe), count > 0 { bytes += chunk[..<count] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
  }

  private static let python = """
    import sqlite3, sys
    database = sqlite3.connect(":memory:")
    for statement in sys.stdin:
        try:
            for row in database.execute(statement):
                print(row[0])
        except sqlite3.Error:
            pass
    """
}
