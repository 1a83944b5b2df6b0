internal import CSimdjson
public import Columns
internal import Dispatch
internal import Failures

/// Parses recentchange events (bytes of JSON, one a row) into columns: one call into C++ a slice of the batch.
///
/// What an event lacks, or has as JSON null, is null. What is there and cannot be read is null too *and* named in the failures: wrong
/// types (no number is taken out of a string, no integer out of `1.0`), integers out of range, times that are none, U+0000 in a
/// string, repeated keys (the first counts). Bytes that are no JSON object (ill-formed UTF-8, lone surrogates and numbers beyond 64
/// bits and double included), nest too deep or are too long make a row of nulls with a failure. No input traps.
///
/// Source: https://schema.wikimedia.org/repositories/primary/jsonschema/mediawiki/recentchange/1.0.1
public struct RecentChangeParser: Sendable {
  /// What is refused, and how much of the machine is used.
  public struct Options: Sendable {
    /// The longest event, in bytes; longer ones are not looked at.
    public var maximumRecordBytes: Int
    /// How deep objects and lists may nest.
    public var maximumDepth: Int
    /// The prefixes of `$schema` that are accepted. An event without `$schema` is: those of 2019 and before have none.
    public var acceptedSchemas: [String]
    /// Batches of more than a few hundred events are cut into so many slices that are parsed at once.
    public var threads: Int

    /// Options.
    public init(
      maximumRecordBytes: Int = 1 << 20, maximumDepth: Int = 128,
      acceptedSchemas: [String] = ["/mediawiki/recentchange/1."], threads: Int = 1
    ) {
      self.maximumRecordBytes = maximumRecordBytes
      self.maximumDepth = maximumDepth
      self.acceptedSchemas = acceptedSchemas
      self.threads = threads
    }
  }

  private let options: Options

  /// A parser.
  public init(_ options: Options = Options()) { self.options = options }

  /// Parses the events `rows` of `values` (all by default). Throws `.invalidArgument` when the range is not in `values`, and
  /// `.unavailable` when memory runs out.
  public func parse(_ values: BinaryColumn, rows: Range<Int>? = nil) throws -> RecentChangeBatch {
    let slices = try parse(values, rows: rows, fields: Array(RecentChangeSchema.fields.indices))
    let columns = RecentChangeSchema.fields.indices.map { ParsedSlice.column($0, of: slices) }
    return RecentChangeBatch(
      columns: try ColumnBatch(schema: RecentChangeSchema.columns, columns: columns), failures: failures(slices))
  }

  func parse(_ values: BinaryColumn, rows: Range<Int>?, fields: [Int]) throws -> [ParsedSlice] {
    let rows = rows ?? 0..<values.count
    guard rows.lowerBound >= 0, rows.upperBound <= values.count else {
      throw Failure.invalidArgument("rows \(rows) of a column of \(values.count)")
    }
    let ranges = slices(of: rows)
    var parsed = [ParsedSlice?](repeating: nil, count: ranges.count)
    parsed.withUnsafeMutableBufferPointer { target in
      // Each iteration writes its own element.
      nonisolated(unsafe) let target = target
      if ranges.count == 1 {
        target[0] = parse(values, ranges[0], fields)
      } else {
        DispatchQueue.concurrentPerform(iterations: ranges.count) { target[$0] = parse(values, ranges[$0], fields) }
      }
    }
    return try parsed.map { slice in
      guard let slice else { throw Failure.unavailable("no memory to parse \(rows.count) events") }
      return slice
    }
  }

  func failures(_ slices: [ParsedSlice]) -> [RecentChangeFailure] {
    var base = 0
    var result: [RecentChangeFailure] = []
    for slice in slices {
      let failures = slice.failures()
      result += base == 0 ? failures : failures.map { $0.moved(by: base) }
      base += slice.rowCount
    }
    return result
  }

  /// Slices that are worth a thread.
  private func slices(of rows: Range<Int>) -> [Range<Int>] {
    let count = max(1, min(options.threads, rows.count / 256))
    return (0..<count).map { index in
      (rows.lowerBound + rows.count * index / count)..<(rows.lowerBound + rows.count * (index + 1) / count)
    }
  }

  private func parse(_ values: BinaryColumn, _ rows: Range<Int>, _ fields: [Int]) -> ParsedSlice? {
    let batch = values.bytes.withUnsafeBufferPointer { bytes in
      values.offsets.withUnsafeBufferPointer { offsets in
        withValidity(values.validity) { valid in
          withOptions(fields) { options in
            offsets.withMemoryRebound(to: Int64.self) { offsets in
              rc_parse(
                bytes.baseAddress, bytes.count, offsets.baseAddress, valid, rows.lowerBound, rows.upperBound, &options)
            }
          }
        }
      }
    }
    return batch.map { ParsedSlice(owning: $0, rowCount: rows.count) }
  }

  private func withValidity<Result>(_ validity: [Bool]?, _ body: (UnsafePointer<UInt8>?) -> Result) -> Result {
    guard let validity else { return body(nil) }
    return validity.withUnsafeBytes { body($0.assumingMemoryBound(to: UInt8.self).baseAddress) }
  }

  private func withOptions<Result>(_ fields: [Int], _ body: (inout rc_options) -> Result) -> Result {
    // The prefixes one after the other, each ended by NUL.
    let text = options.acceptedSchemas.flatMap { Array($0.utf8CString) }
    return text.withUnsafeBufferPointer { text in
      var position = 0
      let prefixes = options.acceptedSchemas.map { prefix -> UnsafePointer<CChar>? in
        defer { position += prefix.utf8.count + 1 }
        return text.baseAddress.map { $0 + position }
      }
      return prefixes.withUnsafeBufferPointer { prefixes in
        var options = rc_options(
          maximum_record_bytes: max(0, self.options.maximumRecordBytes),
          maximum_depth: max(1, self.options.maximumDepth),
          columns: fields.reduce(0) { $0 | 1 << UInt64($1) },
          schemas: prefixes.baseAddress, schema_count: prefixes.count)
        return body(&options)
      }
    }
  }
}
