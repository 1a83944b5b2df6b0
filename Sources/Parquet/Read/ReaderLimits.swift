/// How much a file may make its reader allocate.
public struct ReaderLimits: Sendable {
  /// The footer.
  public var footerBytes = 128 << 20
  /// The elements of all lists in the footer together: of the schema, of row groups, column chunks, encodings.
  public var footerElements = 1 << 22
  /// The elements of the schema.
  public var schemaElements = 100_000
  /// The nesting of the schema.
  public var schemaDepth = 64
  /// The header of one page, with its statistics.
  public var pageHeaderBytes = 16 << 20
  /// One page after decompression.
  public var pageBytes = 1 << 30
  /// The values and nulls of one column in one call; of one in more than two nested lists accordingly fewer.
  public var columnValues = 1 << 26
  /// The bytes of one column of strings or binaries in one call.
  public var columnBytes = 4 << 30
  /// Whether checksums are compared where pages have them.
  public var checksCRC = true

  /// The defaults: generous for real files.
  public init() {}
}
