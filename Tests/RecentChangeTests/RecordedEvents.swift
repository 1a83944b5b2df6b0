import CZlib
import Columns

/// Recorded events beside the checkout (`../shared/data`); tests that need them say so and skip where they are not there.
enum RecordedEvents {
  private static let packageRoot = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }

  /// Where the file is, or would be.
  static func path(_ name: String) -> String { packageRoot + "/../shared/data/" + name }

  /// The bytes of a recorded file, unpacked; nil (and a line on stdout) where it is missing.
  static func bytes(_ name: String) -> [UInt8]? {
    guard let file = gzopen(path(name), "rb") else {
      print("skipped: no recorded file \(name)")
      return nil
    }
    defer { gzclose(file) }
    var result: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = gzread(file, &chunk, UInt32(chunk.count))
      if count <= 0 { return result }
      result += chunk[..<Int(count)]
    }
  }

  /// The lines of a recorded file, a row each.
  static func lines(_ name: String) -> BinaryColumn? {
    guard let bytes = bytes(name) else { return nil }
    var column = BinaryColumn()
    for line in bytes.split(separator: UInt8(ascii: "\n")) { column.append(line) }
    return column
  }

  /// The files of whole events a line.
  static let files = [
    "recentchange-2023-01-25-11987.jsonl.gz", "recentchange-2024-08-22-2387-raw.jsonl.gz",
    "recentchange-2026-01-28-217-raw.jsonl", "day-2015-09-12-39244-converted.jsonl.gz",
  ]
}
