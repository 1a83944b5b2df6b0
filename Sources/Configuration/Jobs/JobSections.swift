import YAML

/// The most that one batch plans.
public struct BatchLimits: Sendable, Hashable {
  /// Rows or records.
  public let rows: Int
  /// Bytes of input.
  public let bytes: Int
}

/// How data files are written.
public struct FileOptions: Sendable, Hashable {
  /// Compression of Parquet pages.
  public enum Codec: String, Sendable, CaseIterable {
    /// Zstandard, with a level.
    case zstd
    /// Snappy.
    case snappy
    /// gzip, with a level.
    case gzip
    /// No compression.
    case none
  }

  /// Compression of pages.
  public let codec: Codec
  /// The codec's level; those without levels ignore it.
  public let level: Int
  /// A file is finished at about this size.
  public let targetBytes: Int
  /// A row group is finished at about this size, so this bounds a writer's memory.
  public let rowGroupBytes: Int
}

extension BatchLimits {
  init(_ reader: YAMLReader) throws {
    rows = try reader.integer("rows", in: 1...100_000_000)
    bytes = try reader.byteCount("bytes", in: 1...(1 << 40))
  }
}

extension FileOptions {
  init(_ reader: YAMLReader) throws {
    codec = try reader.choice("codec")
    level = try reader.integer("level", in: 1...22)
    targetBytes = try reader.byteCount("target_bytes", in: (1 << 16)...(1 << 40))
    rowGroupBytes = try reader.byteCount("row_group_bytes", in: (1 << 16)...(1 << 34))
  }
}

extension YAMLReader {
  func latencyTarget() throws -> Duration { try duration("latency_target", in: .seconds(1) ... .days(30)) }
  func timeout() throws -> Duration { try duration("timeout", in: .seconds(1) ... .days(7)) }
  func attempts() throws -> Int { try integer("attempts", in: 1...100) }
}
