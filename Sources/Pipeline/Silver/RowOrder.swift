import Columns

/// The order of log coordinates: topic, partition, offset.
struct RowOrder {
  private let topicRanks: [Int32]
  private let partitions: [Int32]
  private let offsets: [Int64]

  /// The order of the rows of a batch with the columns kafka_topic, kafka_partition and kafka_offset.
  init(_ batch: ColumnBatch) throws {
    topicRanks = Self.ranks(try batch.binaries("kafka_topic"))
    partitions = try batch.int32s("kafka_partition").values
    offsets = try batch.int64s("kafka_offset").values
  }

  func precedes(_ first: Int, _ second: Int) -> Bool {
    if topicRanks[first] != topicRanks[second] { return topicRanks[first] < topicRanks[second] }
    if partitions[first] != partitions[second] { return partitions[first] < partitions[second] }
    if offsets[first] != offsets[second] { return offsets[first] < offsets[second] }
    return first < second
  }

  /// `rows` by coordinates; free where they are in order, as a log gives them.
  func sorted(_ rows: [Int]) -> [Int] {
    for (first, second) in zip(rows, rows.dropFirst()) where !precedes(first, second) {
      return rows.sorted(by: precedes)
    }
    return rows
  }

  /// `rows`, which are in order, by `times` and then as they are.
  static func sorted(_ rows: [Int], by times: [Int64]) -> [Int] {
    struct Key {
      let time: Int64
      let position: Int
    }
    var keys = rows.enumerated().map { Key(time: times[$1], position: $0) }
    keys.sort { $0.time != $1.time ? $0.time < $1.time : $0.position < $1.position }
    return keys.map { rows[$0.position] }
  }

  /// For each row the rank of its topic among the topics in the column. Neighbours mostly share one.
  private static func ranks(_ topics: BinaryColumn) -> [Int32] {
    var distinct: [[UInt8]: Int32] = [:]
    var codes: [Int32] = []
    codes.reserveCapacity(topics.count)
    var last: [UInt8] = []
    var lastCode: Int32 = -1
    topics.forEachRow { _, topic in
      if lastCode < 0 || !(topic?.elementsEqual(last) ?? last.isEmpty) {
        last = topic.map { Array($0) } ?? []
        lastCode = distinct[last] ?? Int32(truncatingIfNeeded: distinct.count)
        distinct[last] = lastCode
      }
      codes.append(lastCode)
    }
    let ordered = distinct.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    var ranks = [Int32](repeating: 0, count: ordered.count)
    for (rank, entry) in ordered.enumerated() { ranks[Int(entry.value)] = Int32(truncatingIfNeeded: rank) }
    return codes.map { ranks[Int($0)] }
  }
}
