import Bytes
public import Columns
import Compression
import Failures

/// Writes one file from batches of columns.
///
/// Batches may have any number of rows: values are encoded at once, pages are compressed on other threads while the
/// next batch is encoded, and a row group is laid out when it is full. What is held is the current row group,
/// compressed. The same rows in the same batches give the same bytes.
///
/// Finished bytes wait until `drain` hands them to their sink; the owner calls it after each `write` and after
/// `finish`. A copy of a writer shares its state: have one. After a failure the file is lost.
public struct ParquetWriter {
  /// The fields and columns.
  public let schema: ParquetSchema
  private let options: WriterOptions
  private var rowGroup: RowGroupWriter
  private var layout: FileLayout

  /// A writer of a new file.
  ///
  /// Throws `.invalidArgument` for options out of range or naming columns that are not there, and for codecs that
  /// Parquet does not have.
  public init(schema: ParquetSchema, options: WriterOptions = WriterOptions()) throws {
    try options.check(schema)
    self.schema = schema
    self.options = options
    rowGroup = try RowGroupWriter(schema, options)
    layout = FileLayout(schema, options)
  }

  /// The bytes laid out so far, drained or not: the size of the file if it ended with the last finished row group,
  /// without its footer.
  public var writtenByteCount: Int { layout.position }

  /// The bytes of the current row group before compression.
  public var bufferedByteCount: Int { rowGroup.encodedBytes }

  /// The number of rows written so far.
  public var rowCount: Int { layout.rowCount + rowGroup.rowCount }

  /// Adds rows: one column a field of the schema, all of the same length.
  ///
  /// Throws `.invalidArgument` for columns that do not fit the schema, nulls in a required field included.
  public mutating func write(_ columns: [Column]) throws {
    let count = try check(columns)
    let columns = zip(schema.fields, columns).map { $0.stored($1) }
    var row = 0
    while row < count {
      let end = min(count, row + options.rowGroupRows - rowGroup.rowCount)
      row += try rowGroup.append(columns, rows: row..<end)
      if rowGroup.isFull { try endRowGroup() }
    }
  }

  /// Hands the bytes that are finished to `body`, in the order of the file, and forgets them.
  public mutating func drain(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    try layout.drain(body)
  }

  /// Ends the file. Its last bytes come through `drain`. Returns what the footer says, bounds not shortened.
  public mutating func finish() throws -> FileMetadata {
    if rowGroup.rowCount > 0 { try endRowGroup() }
    return layout.finish()
  }

  private mutating func endRowGroup() throws {
    let (chunks, rowCount) = try rowGroup.finish()
    layout.append(chunks, rowCount: rowCount)
  }

  private func check(_ columns: [Column]) throws(Failure) -> Int {
    guard columns.count == schema.fields.count else {
      throw .invalidArgument("\(columns.count) columns for \(schema.fields.count) fields")
    }
    let count = columns.first?.count ?? 0
    for (column, field) in zip(columns, schema.fields) {
      guard column.count == count else {
        throw .invalidArgument("column \(field.name) has \(column.count) rows, others have \(count)")
      }
      try field.check(column)
    }
    return count
  }
}
