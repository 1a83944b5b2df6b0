import Bytes
import Iceberg
import JSON

extension LiveFile {
  /// The file by the names of Iceberg's `files` and `entries` tables.
  func line(of metadata: TableMetadata) -> JSONValue {
    [
      "file_path": .string(dataFile.path), "file_format": .string(dataFile.format.name),
      "spec_id": .integer(Int64(dataFile.specID)), "partition": partition(of: metadata),
      "record_count": .integer(dataFile.recordCount), "file_size_in_bytes": .integer(dataFile.fileSize),
      "snapshot_id": .integer(snapshotID), "sequence_number": .integer(sequenceNumber),
      "file_sequence_number": .integer(fileSequenceNumber),
    ]
  }

  private func partition(of metadata: TableMetadata) -> JSONValue {
    guard let spec = metadata.partitionSpec(dataFile.specID) else { return .null }
    let types = metadata.partitionTypes(of: spec)
    return .object(
      JSONObject(
        zip(spec.fields, dataFile.partition.values).enumerated().map { position, field in
          (field.0.name, field.1?.json(types.indices.contains(position) ? types[position] : nil) ?? .null)
        }))
  }
}

extension Literal {
  /// The value as rows have it.
  fileprivate func json(_ type: PrimitiveType?) -> JSONValue {
    switch self {
    case .boolean(let value): .bool(value)
    case .int(let value): .integer(Int64(value))
    case .long(let value): .integer(value)
    case .float(let value): Self.number(value)
    case .double(let value): Self.number(value)
    case .decimal(let value): .string(DecimalText.text(value, scale: type?.scale ?? 0))
    case .date(let days): .string(DateText.date(days: Int64(days)))
    case .time(let value): .string(DateText.time(microseconds: value))
    case .timestamp(let value): .string(DateText.timestamp(microseconds: value))
    case .timestamptz(let value): .string(DateText.timestamp(microseconds: value) + "+00:00")
    case .string(let bytes): .string(String(decoding: bytes, as: UTF8.self))
    case .uuid: Self.text { buffer in singleValue.withUnsafeBytes { buffer.append(uuid: $0) } }
    case .fixed(let bytes), .binary(let bytes):
      Self.text {
        $0.append(utf8: "\"")
        $0.append(hex: bytes)
        $0.append(utf8: "\"")
      }
    }
  }

  private static func number(_ value: some BinaryFloatingPoint & LosslessStringConvertible) -> JSONValue {
    text { $0.append(float: value) }
  }

  private static func text(_ write: (inout ByteBuffer) -> Void) -> JSONValue {
    var buffer = ByteBuffer()
    write(&buffer)
    return (try? JSONValue.parse(buffer.bytes)) ?? .null
  }
}

extension PrimitiveType {
  fileprivate var scale: Int? {
    if case .decimal(_, let scale) = self { scale } else { nil }
  }
}
