import Bytes
import Columns
import Failures
import Parquet

/// Writes batches into memory.
func writtenFile(
  _ schema: ParquetSchema, _ batches: [[Column]], _ options: WriterOptions = WriterOptions()
) throws -> (bytes: [UInt8], metadata: FileMetadata) {
  var writer = try ParquetWriter(schema: schema, options: options)
  var bytes: [UInt8] = []
  for batch in batches {
    try writer.write(batch)
    try writer.drain { bytes.append(contentsOf: $0) }
  }
  let metadata = try writer.finish()
  try writer.drain { bytes.append(contentsOf: $0) }
  return (bytes, metadata)
}

/// A reader of bytes in memory.
func reader(_ bytes: [UInt8], _ limits: ReaderLimits = ReaderLimits()) throws -> ParquetReader {
  try ParquetReader(source: MemorySource(bytes), limits: limits)
}

/// All columns of all row groups.
func readAll(_ bytes: [UInt8]) throws -> [Column] {
  let file = try reader(bytes)
  return try file.readAll(columns: Array(file.schema.fields.indices))
}

/// Equality by bits, so that NaN equals itself and zeros differ; a validity without nulls equals none.
func isSame(_ first: Column, _ second: Column) -> Bool {
  switch (first, second) {
  case (.float(let a), .float(let b)):
    sameValidity(first, second) && a.values.map(\.bitPattern) == b.values.map(\.bitPattern)
  case (.double(let a), .double(let b)):
    sameValidity(first, second) && a.values.map(\.bitPattern) == b.values.map(\.bitPattern)
  case (.bool(let a), .bool(let b)): sameValidity(first, second) && a.values == b.values
  case (.int32(let a), .int32(let b)): sameValidity(first, second) && a.values == b.values
  case (.int64(let a), .int64(let b)): sameValidity(first, second) && a.values == b.values
  case (.int128(let a), .int128(let b)): sameValidity(first, second) && a.values == b.values
  case (.binary(let a), .binary(let b)):
    sameValidity(first, second) && a.offsets == b.offsets && a.bytes == b.bytes
  case (.list(let a), .list(let b)):
    sameValidity(first, second) && a.offsets == b.offsets && isSame(a.elements, b.elements)
  case (.structure(let a), .structure(let b)):
    sameValidity(first, second) && a.columns.count == b.columns.count
      && zip(a.columns, b.columns).allSatisfy { isSame($0, $1) }
  case (.map(let a), .map(let b)):
    sameValidity(first, second) && a.offsets == b.offsets && isSame(a.keys, b.keys) && isSame(a.values, b.values)
  default: false
  }
}

private func sameValidity(_ first: Column, _ second: Column) -> Bool {
  let all = [Bool](repeating: true, count: first.count)
  return first.count == second.count && (first.validity ?? all) == (second.validity ?? all)
}

/// The batches of one column joined.
func joined(_ batches: [[Column]], _ column: Int) throws -> Column {
  var result = batches[0][column]
  for batch in batches.dropFirst() { try result.append(contentsOf: batch[column]) }
  return result
}
