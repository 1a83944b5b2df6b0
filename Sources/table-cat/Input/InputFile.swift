import Bytes
import Failures
import Glibc
import ObjectStore

/// The file that is looked at.
struct InputFile {
  /// A `file:` URI or an absolute path.
  let location: String
  let store = LocalObjectStore()

  /// A path relative to the working directory, an absolute one, or a URI.
  init(_ word: String) throws {
    let isURI = word.prefix { $0 != "/" }.hasSuffix(":")
    location = isURI || word.hasPrefix("/") ? word : try Self.workingDirectory() + "/" + word
  }

  /// Whether it is an Iceberg metadata file: by its name, else by its first bytes (an object, or gzip).
  var isTableMetadata: Bool {
    get throws {
      if location.hasSuffix(".json") { return true }
      if location.hasSuffix(".parquet") { return false }
      let source = try store.open(location, length: nil)
      let start = try source.read([0..<min(2, source.count)])[0]
      return start.first == UInt8(ascii: "{") || start == [0x1f, 0x8b]
    }
  }

  private static func workingDirectory() throws -> String {
    guard let path = getcwd(nil, 0) else { throw Failure.notFound("the working directory is gone") }
    defer { free(path) }
    return String(cString: path)
  }
}
