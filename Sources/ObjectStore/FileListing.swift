internal import Failures
internal import Glibc

/// The regular files whose path begins with a prefix.
struct FileListing {
  private let prefix: FileLocation
  private let includes: (String) -> Bool

  /// A listing of the files whose name `includes` accepts.
  init(prefix: String, including includes: @escaping (String) -> Bool) throws {
    self.prefix = try FileLocation(prefix)
    self.includes = includes
  }

  /// The files in order of their locations' bytes.
  func objects() throws -> [ObjectInfo] {
    var found: [ObjectInfo] = []
    // The prefix may end within a name: `…/data/00` lists what begins so.
    let directory = prefix.path.utf8.last == UInt8(ascii: "/") ? String(prefix.path.dropLast()) : prefix.directory
    try walk(directory == "/" ? "" : directory, into: &found)
    return found.inOrderOfBytes()
  }

  private func walk(_ directory: String, into found: inout [ObjectInfo]) throws {
    for name in try names(in: directory) {
      let path = directory + "/" + name
      guard path.utf8.starts(with: prefix.path.utf8) else { continue }
      var status = stat()
      // Gone since it was listed: not there.
      guard lstat(path, &status) == 0 else { continue }
      let isLink = status.st_mode & S_IFMT == S_IFLNK
      if isLink && stat(path, &status) != 0 { continue }
      switch status.st_mode & S_IFMT {
      case S_IFDIR where !isLink: try walk(path, into: &found)
      case S_IFREG where includes(name): found.append(ObjectInfo(path, status))
      default: continue
      }
    }
  }

  private func names(in directory: String) throws -> [String] {
    guard let stream = opendir(directory.isEmpty ? "/" : directory) else {
      guard errno == ENOENT || errno == ENOTDIR else { throw SystemCall.failure(errno, directory) }
      return []
    }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else { break }
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != "." && name != ".." { names.append(name) }
    }
    guard errno == 0 else { throw SystemCall.failure(errno, directory) }
    return names
  }
}

extension [ObjectInfo] {
  /// In order of the locations' bytes, which is not the order of strings that look the same.
  func inOrderOfBytes() -> [ObjectInfo] {
    let keys = map { [UInt8]($0.location.utf8) }
    return indices.sorted { precedes(keys[$0], keys[$1]) }.map { self[$0] }
  }

  private func precedes(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    let order = memcmp(one, other, Swift.min(one.count, other.count))
    return order != 0 ? order < 0 : one.count < other.count
  }
}

extension ObjectInfo {
  fileprivate init(_ path: String, _ status: stat) {
    let modified = Int64(status.st_mtim.tv_sec) * 1000 + Int64(status.st_mtim.tv_nsec) / 1_000_000
    self.init(location: FileLocation.uri(path), size: Int(status.st_size), modifiedMilliseconds: modified)
  }
}
