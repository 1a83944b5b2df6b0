import Failures
import Glibc

/// Reads small files and folders.
enum FileReading {
  /// The largest file that is read, in bytes.
  static let limit = 16 << 20

  /// The file's bytes, nil when there is none. Throws `.configuration` when it cannot be read.
  static func contents(of path: String) throws -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return try absent(path) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw failure(path) }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
      guard bytes.count <= limit else { throw Failure.configuration("\(path) is longer than \(limit) bytes") }
    }
  }

  /// The names in a folder, sorted; nil when there is none.
  static func names(in path: String) throws -> [String]? {
    guard let folder = opendir(path) else { return try absent(path) }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  private static func absent<Value>(_ path: String) throws -> Value? {
    if errno == ENOENT || errno == ENOTDIR { return nil }
    throw failure(path)
  }

  private static func failure(_ path: String) -> Failure {
    .configuration("\(path) cannot be read: \(String(cString: strerror(errno)))")
  }
}
