import Avro
import Failures

/// Writes the records of `ManifestSchema`, in the order of its fields.
extension AvroEncoder {
  mutating func write(_ entry: ManifestEntry, partitionTypes: [PrimitiveType]) throws {
    write(int: entry.status.rawValue)
    write(optional: entry.snapshotID)
    write(optional: entry.sequenceNumber)
    write(optional: entry.fileSequenceNumber)
    try write(entry.dataFile, partitionTypes: partitionTypes)
  }

  private mutating func write(_ file: DataFile, partitionTypes: [PrimitiveType]) throws {
    write(int: file.content.rawValue)
    write(string: file.path)
    write(string: file.format.name)
    for (value, type) in zip(file.partition.values, partitionTypes) {
      write(branch: value == nil ? 0 : 1)
      if let value { try write(value, as: type) }
    }
    write(long: file.recordCount)
    write(long: file.fileSize)
    try write(counts: file.columnSizes)
    try write(counts: file.valueCounts)
    try write(counts: file.nullValueCounts)
    try write(counts: file.nanValueCounts)
    try write(bounds: file.lowerBounds)
    try write(bounds: file.upperBounds)
    write(branch: file.keyMetadata == nil ? 0 : 1)
    if let metadata = file.keyMetadata { write(bytes: metadata) }
    try write(list: file.splitOffsets) { $0.write(long: $1) }
    try write(list: file.equalityIDs) { $0.write(int: $1) }
    write(branch: file.sortOrderID == nil ? 0 : 1)
    if let order = file.sortOrderID { write(int: order) }
    write(branch: file.referencedDataFile == nil ? 0 : 1)
    if let path = file.referencedDataFile { write(string: path) }
  }

  private mutating func write(optional value: Int64?) {
    write(branch: value == nil ? 0 : 1)
    if let value { write(long: value) }
  }

  /// A map without entries says nothing and is written as null. Keys go in order, so that equal files give equal bytes.
  private mutating func write(counts: [Int32: Int64]) throws(Failure) {
    write(branch: counts.isEmpty ? 0 : 1)
    guard !counts.isEmpty else { return }
    try writeArray(counts.sorted { $0.key < $1.key }) { (encoder, entry) throws(Failure) in
      encoder.write(int: entry.key)
      encoder.write(long: entry.value)
    }
  }

  private mutating func write(bounds: [Int32: [UInt8]]) throws(Failure) {
    write(branch: bounds.isEmpty ? 0 : 1)
    guard !bounds.isEmpty else { return }
    try writeArray(bounds.sorted { $0.key < $1.key }) { (encoder, entry) throws(Failure) in
      encoder.write(int: entry.key)
      encoder.write(bytes: entry.value)
    }
  }

  private mutating func write<Element>(
    list: [Element]?, _ body: (inout AvroEncoder, Element) throws(Failure) -> Void
  ) throws(Failure) {
    write(branch: list == nil ? 0 : 1)
    if let list { try writeArray(list, body) }
  }
}
