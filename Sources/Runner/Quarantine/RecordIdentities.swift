import Columns

/// The identity of a record of a log as one key: log id, topic, partition, offset.
struct RecordIdentities {
  static let columns = ["kafka_cluster_id", "kafka_topic", "kafka_partition", "kafka_offset"]

  private let logs: BinaryColumn
  private let topics: BinaryColumn
  private let partitions: PrimitiveColumn<Int32>
  private let offsets: PrimitiveColumn<Int64>

  /// The identities of the rows of `batch`, which has the four columns.
  init(_ batch: ColumnBatch) throws {
    logs = try batch.binaries("kafka_cluster_id")
    topics = try batch.binaries("kafka_topic")
    partitions = try batch.int32s("kafka_partition")
    offsets = try batch.int64s("kafka_offset")
  }

  /// A key a row, equal for the same record only; null where a part is missing.
  func keys() -> BinaryColumn {
    var keys = BinaryColumn()
    keys.reserve(rows: logs.count, bytes: logs.count * 64)
    for row in 0..<logs.count {
      guard let log = logs[row], let topic = topics[row], let partition = partitions[row], let offset = offsets[row]
      else {
        keys.appendNull()
        continue
      }
      var key: [UInt8] = []
      for number in [Int64(log.count), Int64(partition), offset] {
        withUnsafeBytes(of: number.littleEndian) { key.append(contentsOf: $0) }
      }
      keys.append((key + log + topic)[...])
    }
    return keys
  }
}
