/// A way to compress a block of bytes.
///
/// The names are Parquet's (https://parquet.apache.org/docs/file-format/data-pages/compression/) and Avro's
/// (https://avro.apache.org/docs/1.12.0/specification/#required-codecs).
public enum CompressionCodec: String, Sendable, Hashable, CaseIterable {
  /// Stored as it is.
  case uncompressed
  /// Snappy's raw format.
  case snappy
  /// RFC 1952: one member written, any number read. RFC 1950 (zlib) is read too.
  case gzip
  /// RFC 8878: one frame written, any number read.
  case zstd
  /// One LZ4 block without a frame.
  case lz4Raw
  /// Hadoop's framing of LZ4 blocks, Parquet's deprecated codec 5. Files without the framing are read too.
  case lz4Hadoop
  /// RFC 7932.
  case brotli
  /// RFC 1951 without a wrapper, Avro's `deflate`.
  case deflate
}
