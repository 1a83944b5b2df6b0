import Compression
import Failures
import Hashing
import JSON
import ObjectStore

extension TableMetadata {
  /// The longest metadata file that is read, after decompression.
  package static let maximumBytes = 512 << 20

  /// Parses a metadata file; gzip is recognised by its first bytes. `location` is only named in errors.
  ///
  /// Throws `.unsupported` for format version 3, `.malformedInput` naming what does not follow the specification.
  public init(parsing bytes: [UInt8], location: String) throws {
    self = try within("table metadata \(location)") {
      let plain = bytes.starts(with: [0x1f, 0x8b]) ? try Self.decompress(bytes) : bytes
      let document = try JSONDocument(parsing: plain, limits: JSONLimits(bytes: Self.maximumBytes))
      return TableMetadata(document: document, parts: try MetadataParts(document.root))
    }
  }

  private static func decompress(_ bytes: [UInt8]) throws -> [UInt8] {
    let stream = try StreamDecompressor(.gzip)
    var plain: [UInt8] = []
    try bytes.withUnsafeBytes { input in
      try stream.feed(input) { (chunk) throws(Failure) in
        guard plain.count + chunk.count <= maximumBytes else {
          throw Failure.limitExceeded("more than \(maximumBytes) bytes of metadata")
        }
        plain.append(contentsOf: chunk)
      }
    }
    try stream.finish()
    return plain
  }
}

/// Where a table's files lie, and how they are called.
///
/// Catalog-less readers go by these names: DuckDB and ClickHouse look under `metadata/`, ClickHouse takes the file with the highest
/// number, and Trino 406 reads no `v2.metadata.json`.
enum TableLayout {
  /// `…/metadata/00001-<uuid>.metadata.json`
  static func metadataFile(of location: String, version: Int, uuid: String) -> String {
    "\(location)/metadata/\(padded(version))-\(uuid).metadata.json"
  }

  /// `…/metadata/snap-<snapshot>-<attempt>-<commit>.avro`
  static func manifestList(of location: String, snapshot: Int64, attempt: Int, commit: String) -> String {
    "\(location)/metadata/snap-\(snapshot)-\(attempt)-\(commit).avro"
  }

  /// `…/metadata/<commit>-m<number>.avro`
  static func manifest(of location: String, commit: String, number: Int) -> String {
    "\(location)/metadata/\(commit)-m\(number).avro"
  }

  /// `…/metadata/version-hint.text`
  static func versionHint(of location: String) -> String { "\(location)/metadata/version-hint.text" }

  /// The number in front of a metadata file's name (`00001-…`, `v1.…`), -1 where there is none.
  static func version(ofMetadataFile path: String) -> Int {
    guard let name = path.split(separator: "/").last else { return -1 }
    let digits = (name.hasPrefix("v") ? name.dropFirst() : name).prefix { $0.isASCII && $0.isNumber }
    return Int32(digits).map { Int($0) } ?? -1
  }

  private static func padded(_ version: Int) -> String {
    let digits = String(version)
    return String(repeating: "0", count: max(0, 5 - digits.utf8.count)) + digits
  }
}

/// A random UUID in lower case.
func randomUUID(_ random: () -> UInt64) -> String {
  UUID(randomHigh: random(), randomLow: random()).description
}
