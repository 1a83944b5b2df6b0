import Glibc

/// Fixtures made by others, which lie beside the package and are not part of it.
enum SharedKit {
  /// `WIKIGUARD_SHARED`, else the directory `shared` beside the package; nil, said so, where `path` is not below it.
  static func directory(_ path: String, for test: String) -> String? {
    var root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/")
    root += "/../shared"
    if let value = getenv("WIKIGUARD_SHARED") { root = String(cString: value) }
    guard access(root + "/" + path, R_OK) == 0 else {
      print("skipped: \(test): \(root)/\(path) is not there")
      return nil
    }
    return root + "/" + path
  }
}
