import Glibc

/// A directory that is removed with its last reference.
package final class TemporaryDirectory: Sendable {
  /// The absolute path.
  package let path: String

  /// Makes an empty directory.
  package init() {
    var template = Array("/tmp/wikiguard-test-XXXXXX".utf8CString)
    path = template.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress, let made = mkdtemp(start) else { return "/nonexistent" }
      return String(cString: made)
    }
  }

  deinit { removeTree(path) }

  /// The path of something in it.
  package func file(_ name: String) -> String { path + "/" + name }

  /// The names in a directory below, sorted; empty when there is none.
  package func names(_ subdirectory: String = "") -> [String] { entries(of: file(subdirectory)) }
}

/// The names in a directory, sorted; empty when there is none.
package func fileNames(in directory: String) -> [String] { entries(of: directory) }

private func entries(of directory: String) -> [String] {
  guard let stream = opendir(directory) else { return [] }
  defer { closedir(stream) }
  var names: [String] = []
  while let entry = readdir(stream) {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    if name != "." && name != ".." { names.append(name) }
  }
  return names.sorted()
}

private func removeTree(_ path: String) {
  for name in entries(of: path) { removeTree(path + "/" + name) }
  remove(path)
}

/// Writes a whole file.
package func writeFile(_ path: String, _ bytes: [UInt8]) {
  guard let file = fopen(path, "wb") else { return }
  fwrite(bytes, 1, bytes.count, file)
  fclose(file)
}

/// Reads a whole file; empty when there is none.
package func readFile(_ path: String) -> [UInt8] {
  guard let file = fopen(path, "rb") else { return [] }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 65536)
  while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
  return bytes
}
