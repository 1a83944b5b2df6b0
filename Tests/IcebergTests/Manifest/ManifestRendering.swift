import Iceberg

/// Manifests as lines of text that a Python script writes the same way, to compare what both have read.
enum ManifestRendering {
  static func line(_ manifest: ManifestFile) -> String {
    let counts = [manifest.addedFilesCount, manifest.existingFilesCount, manifest.deletedFilesCount]
    let rows = [manifest.addedRowsCount, manifest.existingRowsCount, manifest.deletedRowsCount]
    let summaries = manifest.partitions?.map { summary in
      let nan = summary.containsNaN.map { $0 ? "true" : "false" } ?? "null"
      return "(\(summary.containsNull ? "true" : "false") \(nan) \(hex(summary.lowerBound)) \(hex(summary.upperBound)))"
    }
    return [
      "manifest", manifest.path, "\(manifest.length)", "\(manifest.specID)", "\(manifest.content.rawValue)",
      "\(manifest.sequenceNumber)", "\(manifest.minSequenceNumber)", "\(manifest.addedSnapshotID)",
      counts.map { $0.map { "\($0)" } ?? "null" }.joined(separator: ","),
      rows.map { $0.map { "\($0)" } ?? "null" }.joined(separator: ","), summaries?.joined() ?? "null",
    ].joined(separator: " ")
  }

  static func line(_ entry: ManifestEntry) -> String {
    let file = entry.dataFile
    return [
      "entry", "\(entry.status.rawValue)", number(entry.snapshotID), number(entry.sequenceNumber),
      number(entry.fileSequenceNumber), "\(file.content.rawValue)", file.path, file.format.name,
      "[" + file.partition.values.map(value).joined(separator: " ") + "]", "\(file.recordCount)", "\(file.fileSize)",
      counts(file.columnSizes), counts(file.valueCounts), counts(file.nullValueCounts), counts(file.nanValueCounts),
      bounds(file.lowerBounds), bounds(file.upperBounds), list(file.splitOffsets), list(file.equalityIDs),
      file.sortOrderID.map { "\($0)" } ?? "null",
    ].joined(separator: " ")
  }

  private static func number(_ value: Int64?) -> String { value.map { "\($0)" } ?? "null" }

  private static func list(_ values: [some BinaryInteger]?) -> String {
    values.map { "[" + $0.map { "\($0)" }.joined(separator: ",") + "]" } ?? "null"
  }

  private static func counts(_ values: [Int32: Int64]) -> String {
    "{" + values.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }.joined(separator: ",") + "}"
  }

  private static func bounds(_ values: [Int32: [UInt8]]) -> String {
    "{" + values.sorted { $0.key < $1.key }.map { "\($0.key):\(hex($0.value))" }.joined(separator: ",") + "}"
  }

  private static func hex(_ bytes: [UInt8]?) -> String {
    guard let bytes else { return "null" }
    return "x" + bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private static func value(_ literal: Literal?) -> String {
    switch literal {
    case nil: "null"
    case .boolean(let value): "\(value)"
    case .int(let value), .date(let value): "\(value)"
    case .long(let value), .time(let value), .timestamp(let value), .timestamptz(let value): "\(value)"
    case .float(let value): "\(value)"
    case .double(let value): "\(value)"
    case .decimal(let value): "\(value)"
    case .string(let bytes): String(decoding: bytes, as: UTF8.self)
    case .uuid: hex(literal?.singleValue)
    case .fixed(let bytes), .binary(let bytes): hex(bytes)
    }
  }
}
